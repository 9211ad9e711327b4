"""How alike two texts are, told from sketches that hold none of their words.

A one-permutation MinHash of the characters, four bits a bucket, by a keyed hash (P. Li, A. B. Owen, C.-H. Zhang, “One
Permutation Hashing”, NIPS 2012; P. Li, A. C. König, “b-Bit Minwise Hashing”, WWW 2010). Words cannot be read back from
it; that somebody guesses a whole sentence and compares cannot be helped, here as with any fingerprint.
"""

import hashlib
import re
import unicodedata

BUCKETS = 64
"""Of the sketch of a quote; hexadecimal digits, a dot where no shingle fell."""
_SHINGLE = 4
"""Characters; words of two or three letters count with the blanks around them."""
_KEY = b"coach-baseline/1"
_EMPTY = "."
_FILLERS = frozenset("äh ähm ähem hm hmm mhm uh uhm um er erm".split())
_WORDS = re.compile(r"[^\W_]+")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


def sketch(text: str, buckets: int = BUCKETS) -> str:
    """The text's sketch: as many hexadecimal digits or dots as there are buckets."""
    said = unicodedata.normalize("NFC", text).casefold()
    words = [word.translate(_UMLAUTS) for word in _WORDS.findall(said) if word not in _FILLERS]
    line = f" {' '.join(words)} "
    least: dict[int, int] = {}
    for shingle in {line[at : at + _SHINGLE] for at in range(len(line) - _SHINGLE + 1)}:
        digest = hashlib.blake2b(shingle.encode("utf-8", "replace"), digest_size=8, key=_KEY).digest()
        value, bucket = divmod(int.from_bytes(digest), buckets)
        if bucket not in least or value < least[bucket]:
            least[bucket] = value
    return "".join(f"{least[bucket] & 15:x}" if bucket in least else _EMPTY for bucket in range(buckets))


def likeness(one: str, other: str) -> float:
    """How alike two texts are by their sketches: an estimate of the share of shingles they have in common, 0 to 1."""
    if one == other:
        return 0.0 if not one.strip(_EMPTY) else 1.0
    both = same = filled = 0
    for mine, yours in zip(one, other, strict=True):
        if mine == yours == _EMPTY:
            continue
        filled += 1
        if _EMPTY not in (mine, yours):
            both += 1
            same += mine == yours
    by_chance = both / 16
    return max(0.0, (same - by_chance) * 16 / 15 / filled)
