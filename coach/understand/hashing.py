"""Names of features → hash buckets, many at once.

A feature's name says where a turn stands and who speaks, what kind of thing is named, and what: `a-1` `w:` `rechnung`.
Its bucket is the CRC-32 of the whole name. CRC-32 is linear: a beginning changes the hash of what follows by a number
that hangs on the beginning and on the length of what follows, and on nothing else. So a word is hashed once, as a *code*
of hash, kind and length, and a table of those numbers turns codes into buckets for any place and speaker.
"""

import zlib
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

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


def code(kind: str, name: bytes) -> int:
    """The code of one name: hash in the lowest 32 bits, then kind and length, or for a long name kind and, above, length."""
    place = _NUMBER[kind] * LONG
    if len(name) < LONG:
        return zlib.crc32(name) | (place + len(name)) << 32
    return zlib.crc32(name) | place << 32 | min(len(name), _LONGEST) << 48


def codes(kind: str, names: Iterable[bytes]) -> list[int]:
    """The codes of names that are all shorter than LONG."""
    place, crc32 = _NUMBER[kind] * LONG, zlib.crc32
    return [crc32(name) | (place + len(name)) << 32 for name in names]


def buckets(found: Codes, spaces: Sequence[str], which: NDArray[np.int64]) -> NDArray[np.int64]:
    """The bucket of each code in the space of that number: who speaks where."""
    table = np.concatenate([_shifts(space) for space in spaces])
    place = found >> 32
    far = np.flatnonzero(place >> 16)
    shifts = table.take((place & 0xFFFF) + which * (len(KINDS) * LONG))
    for at in far.tolist():
        length, kind = divmod(int(place[at]), 1 << 16)
        shifts[at] = _shift(f"{spaces[which[at]]}{KINDS[kind // LONG]}:", length)
    hashed: NDArray[np.int64] = (found ^ shifts) & (SIZE - 1)
    return hashed


@lru_cache(maxsize=1000)
def _shift(beginning: str, length: int) -> int:
    """By what a beginning changes the hash of so many bytes."""
    nothing = bytes(length)
    return zlib.crc32(nothing, zlib.crc32(beginning.encode())) ^ zlib.crc32(nothing)


@lru_cache(maxsize=64)
def _shifts(space: str) -> NDArray[np.int64]:
    """The same for each kind and each length below LONG, byte by byte."""
    step = np.array([zlib.crc32(b"\0", start) ^ zlib.crc32(b"\0") for start in range(256)], dtype=np.int64)
    now = np.array([zlib.crc32(f"{space}{kind}:".encode()) for kind in KINDS], dtype=np.int64)
    found = [now]
    for _ in range(LONG - 1):
        now = (now >> 8) ^ step[now & 255]
        found.append(now)
    return np.stack(found, axis=1).ravel()
