"""Words that stand for digits, as people say numbers that lead to somebody."""

from collections.abc import Mapping

from coach.redact.vocabulary import key

_DE = "null eins zwei drei vier fünf sechs sieben acht neun"
_EN = "zero one two three four five six seven eight nine"
DIGITS: Mapping[str, str] = {
    **{key(word): str(value) for words in (_DE, _EN) for value, word in enumerate(words.split())},
    "zwo": "2",
    "fuenfe": "5",
    "oh": "0",
    "o": "0",
    "nought": "0",
    "nil": "0",
    "naught": "0",
    **{str(value): str(value) for value in range(10)},
}
_TEENS = "zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn"
_TEENS_EN = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig"
_TENS_EN = "twenty thirty forty fifty sixty seventy eighty ninety"
_UNITS = ("ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun")


def _pairs() -> dict[str, str]:
    """Words for 10 to 99: `dreiundzwanzig`, `zwounddreißig`, `twenty`."""
    found = {
        key(word): str(value) for words in (_TEENS, _TEENS_EN) for value, word in enumerate(words.split(), start=10)
    }
    found |= {key(word): str(value * 10) for words in (_TENS, _TENS_EN) for value, word in enumerate(words.split(), 2)}
    for ten, word in enumerate(_TENS.split(), start=2):
        found |= {key(f"{said}und{word}"): str(ten * 10 + unit) for unit, said in enumerate(_UNITS, start=1)}
        found[key(f"zwound{word}")] = str(ten * 10 + 2)
    return found


def _hundreds(pairs: Mapping[str, str]) -> dict[str, str]:
    """Words for 100 to 999 in German, where they are one word: `siebenhundertelf`."""
    behind = {"": 0, **{key(word): int(value) for word, value in pairs.items()}}
    behind |= {key(word): value for value, word in enumerate(_DE.split()[1:], start=1)}
    heads = {"": 1, **{key(said): value for value, said in enumerate(_UNITS, start=1)}, "zwo": 2}
    return {
        f"{head}hundert{glue}{tail}": str(100 * hundred + value)
        for head, hundred in heads.items()
        for tail, value in behind.items()
        for glue in (("", "und") if tail else ("",))
    }


TWO: Mapping[str, str] = _pairs()
TENS_EN = frozenset(_TENS_EN.split())
"""Behind these a digit makes one number: `twenty-three`."""
THREE: Mapping[str, str] = _hundreds(
    {word: value for word, value in TWO.items() if word not in {*_TEENS_EN.split(), *TENS_EN}}
)
TIMES: Mapping[str, int] = {
    "double": 2,
    "doppel": 2,
    "doppelt": 2,
    "doppelte": 2,
    "zweimal": 2,
    "triple": 3,
    "treble": 3,
    "dreifach": 3,
    "dreimal": 3,
    "viermal": 4,
    "fuenfmal": 5,
}


def digits_of(word: str) -> str | None:
    """The digits that the word, given as its key, stands for; of written ones up to two."""
    found = DIGITS.get(word) or TWO.get(word) or THREE.get(word)
    return word if found is None and len(word) <= 2 and word.isdigit() and word.isascii() else found
