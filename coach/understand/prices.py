"""What in a turn is about a price: sums of money, in digits or words, and the words of buying, paying and conceding."""

from collections.abc import Mapping
from functools import lru_cache

from coach.model import Language
from coach.understand.counted import Counted

_STEMS: Mapping[Language, tuple[str, ...]] = {
    "de": tuple(
        "preis listenpreis festpreis tarif rabatt nachlass nachlassen skonto bonus euro franken rappen cent prozent kost zahl "
        "bezahl verlang bieten bietet teuer teurer billig guenstig gratis umsonst geschenk unterbiet drunter darunter "
        "entgegenkomm spielraum draufleg obendrauf honorar gebuehr provision rechnung budget".split()
    ),
    "en": tuple(
        "price pricing discount rebate euro dollar pound quid buck grand cent pence percent per-cent cost charg fee quot "
        "pay paid asking cheap expensive dear afford free half undercut knock throw chuck shave wiggle bonus "
        "commission bill budget tariff".split()
    ),
}
_PARTS = tuple(
    sorted(
        (
            "null eins ein eine zwei zwo drei vier fuenf sechs sech sieben sieb acht neun zehn elf zwoelf zwanzig dreissig zig "
            "hundert tausend million und halb zero oh one two three four five six seven eight nine ten eleven twelve thirteen "
            "fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred "
            "thousand -"
        ).split(),
        key=len,
        reverse=True,
    )
)
_SMALL = frozenset(
    "ein eine eins zwei zwo drei vier fuenf sechs sieben acht neun one two three four five six seven eight nine".split()
)
_NO_NUMBER = frozenset("und oh halb -".split())


def prices(counted: Counted, language: Language) -> list[int]:
    """Sums and words of price in each turn; a number below ten counts only beside another (“seven nine”).

    The words are normalised. A number may mean anything, an hour too: where none is and no such word, nothing in
    the turn tells of a price.
    """
    stems = _STEMS[language]
    sizes = counted.known(_size)
    worth = (sizes == 2) + counted.known(lambda word: word.startswith(stems))
    worth[1:] += counted.within() & (sizes[1:] == 1) & (sizes[:-1] == 1)
    return counted.sums(worth)


@lru_cache(maxsize=20_000)
def _size(word: str) -> int:
    """0 for a word that is no number, 1 for a small number, 2 for one from ten on, or of two digits."""
    if word[:1].isdigit():
        return 2 if sum(char.isdigit() for char in word) > 1 else 1
    if word in _SMALL:
        return 1
    if word in _NO_NUMBER:
        return 0
    rest = word
    while rest.startswith(_PARTS):
        part = next(part for part in _PARTS if rest.startswith(part))
        rest = rest[len(part) :]
    return 0 if rest else 2
