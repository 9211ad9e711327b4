"""Whether the agent says du or Sie."""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import chain

from coach.model import Address

_DU = frozenset("du dir dich dein deine deinen deinem deiner euch euer eure haste kannste willste darfste".split())
_SIE = frozenset("Sie Ihnen Ihr Ihre Ihren Ihrem Ihrer".split())


def address_of(texts: Iterable[str]) -> Address:
    """`du` where the texts say du more often than Sie, which the first word of a text may not mean; lower-case `ihnen` counts as Sie."""
    spoken = [text.split() for text in texts]
    said = _bare(Counter(chain.from_iterable(spoken)))
    first = _bare(Counter([words[0] for words in spoken if words]))
    du = sum(count for word, count in said.items() if word.lower() in _DU)
    sie = sum(said[word] - first[word] for word in _SIE) + said["ihnen"] + said["eahna"]
    return "du" if du > sie else "sie"


def _bare(counts: Mapping[str, int]) -> Counter[str]:
    """How often each word stands there, whatever marks are around it."""
    found = Counter[str]()
    for raw, count in counts.items():
        found[raw.strip(".,!?…:;\"'“”„()–-")] += count
    return found
