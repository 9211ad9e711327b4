"""Names of features → hash buckets, many at once.

A feature's name says where a turn stands and who speaks, what kind of thing is named, and what: `a-1` `w:` `rechnung`.
Its bucket is the CRC-32 of the whole name. CRC-32 is linear: a beginning changes the hash of what follows by a number
that hangs on the beginning and on the length of what follows, and on nothing else. So letters and words are hashed once,
the hashes of n-grams and of runs of words are made of theirs, and a table turns a *code* of hash, kind and length into the
bucket for any place and speaker.
"""

import zlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Codes = NDArray[np.int64]
SIZE = 1 << 20
"""Number of hash buckets."""
LONG = 128
"""Bytes from which on a name is looked after by itself, not by the table."""
_LONGEST = (1 << 15) - 1
KINDS = ("w", "s", "l", "b", "t", "f", "f2", "e", "a", "F", "F2", "FF", "K", "KK", "len")
"""Word, stem, letters, two words, three words, first word, first two, last word, act, word field, field more than once,
two fields, word class, two word classes, length."""
_NUMBER = {kind: at for at, kind in enumerate(KINDS)}


def bucket(feature: str) -> int:
    """The hash bucket of a feature's whole name; the same on every machine."""
    return zlib.crc32(feature.encode()) & (SIZE - 1)


class Names(NamedTuple):
    """Names of things, as far as codes are made of them."""

    hashes: Integers
    lengths: Integers
    """In bytes."""

    def take(self, places: Integers) -> "Names":
        """The names at these places."""
        return Names(self.hashes.take(places), self.lengths.take(places))

    def then(self, after: "Names") -> "Names":
        """Each name with the other behind it; one name alone goes with all of the others."""
        hashes, others, lengths = np.broadcast_arrays(self.hashes, after.hashes, after.lengths)
        return Names(_pushed(hashes, lengths) ^ others, self.lengths + after.lengths)

    def codes(self, kind: str) -> Codes:
        """Hash in the lowest 32 bits, then kind and length, or for a long name kind and, above, length."""
        place = _NUMBER[kind] * LONG
        long = place | np.minimum(self.lengths, _LONGEST) << 16
        coded: Codes = self.hashes | np.where(self.lengths < LONG, place + self.lengths, long) << 32
        return coded


def names(of: Iterable[str]) -> Names:
    """Names as such."""
    found = [name.encode() for name in of]
    hashes = np.fromiter(map(zlib.crc32, found), dtype=np.int64, count=len(found))
    return Names(hashes, np.fromiter(map(len, found), dtype=np.int64, count=len(found)))


def _pushed(hashes: Integers, lengths: Integers) -> Integers:
    """What hashes become when so many zero bytes follow, but for the hash of these."""
    most = LONG - 1
    pushed = _pushed_briefly(hashes, np.minimum(lengths, most))
    far = np.flatnonzero(lengths > most)
    while len(far):
        lengths = lengths - most
        pushed[far] = _pushed_briefly(pushed.take(far), np.minimum(lengths.take(far), most))
        far = far.compress(lengths.take(far) > most)
    return pushed


def _pushed_briefly(hashes: Integers, lengths: Integers) -> Integers:
    table, place = _pushes(), lengths << 10
    pushed = table.take(place + (hashes & 255))
    for octet in (1, 2, 3):
        pushed ^= table.take(place + (octet << 8) + (hashes >> 8 * octet & 255))
    return pushed


@lru_cache(maxsize=1)
def _pushes() -> Integers:
    """For each length below LONG, each octet of a hash and each of its values: what becomes of it, byte by byte."""
    return np.concatenate(_byte_by_byte((np.arange(256, dtype=np.int64) << np.array([[0], [8], [16], [24]])).ravel()))


def _byte_by_byte(hashes: Integers) -> list[Integers]:
    """What hashes become when 0, 1, … LONG - 1 zero bytes follow, but for the hash of these."""
    step = np.array([zlib.crc32(b"\0", start) ^ zlib.crc32(b"\0") for start in range(256)], dtype=np.int64)
    found = [hashes]
    for _ in range(LONG - 1):
        found.append((found[-1] >> 8) ^ step[found[-1] & 255])
    return found


def buckets(found: Codes, spaces: Sequence[str], which: Integers) -> Integers:
    """The bucket of each code in the space of that number: who speaks where."""
    table = np.concatenate([_shifts(space) for space in spaces])
    place = found >> 32
    far = np.flatnonzero(place >> 16)
    shifts = table.take((place & 0xFFFF) + which * (len(KINDS) * LONG))
    for at in far.tolist():
        length, kind = divmod(int(place[at]), 1 << 16)
        shifts[at] = _shift(f"{spaces[which[at]]}{KINDS[kind // LONG]}:", length)
    hashed: Integers = (found ^ shifts) & (SIZE - 1)
    return hashed


@lru_cache(maxsize=1000)
def _shift(beginning: str, length: int) -> int:
    """By what a beginning changes the hash of so many bytes."""
    nothing = bytes(length)
    return zlib.crc32(nothing, zlib.crc32(beginning.encode())) ^ zlib.crc32(nothing)


@lru_cache(maxsize=64)
def _shifts(space: str) -> Integers:
    """The same for each kind and each length below LONG."""
    beginnings = np.array([zlib.crc32(f"{space}{kind}:".encode()) for kind in KINDS], dtype=np.int64)
    return np.stack(_byte_by_byte(beginnings), axis=1).ravel()
