"""Whether the agent says du or Sie."""

from collections.abc import Iterable

from coach.model import Address

_DU = frozenset("du dir dich dein deine deinen deinem deiner euch euer eure haste kannste willste darfste".split())
_SIE = frozenset("Sie Ihnen Ihr Ihre Ihren Ihrem Ihrer".split())


def address_of(texts: Iterable[str]) -> Address:
    """`du` where the texts say du more often than Sie; lower-case `ihnen` counts as Sie."""
    du = sie = 0
    for text in texts:
        for position, raw in enumerate(text.split()):
            word = raw.strip(".,!?…:;\"'“”„()–-")
            du += word.lower() in _DU
            sie += (word in _SIE and position > 0) or word in ("ihnen", "eahna")
    return "du" if du > sie else "sie"
