"""Bytes become text: UTF-8 first, UTF-16 where it shows, Windows-1252 as the last resort, always with a note."""

import codecs
import re
import unicodedata

import charset_normalizer

SAMPLE = 65_536
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with the one of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive (Word, Excel and OpenDocument files are such archives)"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"RIFF", "a sound or video file"),
    (b"ID3", "a sound file"),
    (b"\xff\xfb", "a sound file"),
    (b"OggS", "a sound file"),
    (b"fLaC", "a sound file"),
    (b"\x1aE\xdf\xa3", "a video file"),
    (b"SQLite format", "a database"),
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_CONTROL_BYTE = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BINARY_SHARE = 0.01
"""More control characters than this in the sample, and the bytes are no text."""
_USUAL = frozenset("„“”‚‘’»«›‹–—…•·€£$§°´`²³½¼¾©®™¿¡ªº×")
_OTHERS = ["cp850", "mac_roman", "cp1250", "cp1251", "cp1253", "cp1254"]


def kind_of_binary(data: bytes) -> str | None:
    """What the bytes are by their first bytes, as an English noun phrase; None where they tell nothing."""
    if data[4:8] == b"ftyp":
        return "a sound or video file"
    kind = next((kind for magic, kind in _MAGIC if data.startswith(magic)), None)
    # A text may begin with `ID3` or `RIFF`; what is binary has control characters right behind.
    return kind if data.startswith(b"%PDF-") or _CONTROL_BYTE.search(data, 0, 64) else None


def decode(data: bytes) -> tuple[str | None, tuple[str, ...]]:
    """The text with Unix line ends in NFC, and what was doubtful; the text is None where the bytes are binary."""
    if kind_of_binary(data):
        return None, ()
    text, notes = _decoded(data)
    if text is None:
        return None, ()
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    controls = len(_CONTROL.findall(text[:SAMPLE]))
    if controls > max(2, _BINARY_SHARE * len(text[:SAMPLE])):
        return None, ()
    text, removed = _CONTROL.subn("", text)
    if removed:
        notes = (*notes, f"{_count(removed, 'control character')} removed.")
    return unicodedata.normalize("NFC", text), notes


def _decoded(data: bytes) -> tuple[str | None, tuple[str, ...]]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly_or_marked(data[len(mark) :], encoding)
    wide = _wide_encoding(data[:SAMPLE])
    if wide:
        return _strictly_or_marked(data, wide)
    if b"\x00" in data[:SAMPLE]:
        return None, ()
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    text, invalid = _replaced(data, "utf-8")
    if invalid <= sum(character > "\x7f" for character in text) - invalid:
        return _marked(text, invalid, "UTF-8")
    return _one_byte(data)


def _wide_encoding(sample: bytes) -> str | None:
    """UTF-16 without a mark: nearly every second byte of Western text is zero, and the others are not."""
    pairs = len(sample) // 2
    if pairs < 2:
        return None
    even, odd = sample[0 : pairs * 2 : 2].count(0), sample[1 : pairs * 2 : 2].count(0)
    few, many = pairs * 0.02, pairs * 0.6
    if odd >= many and even <= few:
        return "utf-16-le"
    return "utf-16-be" if even >= many and odd <= few else None


def _strictly_or_marked(data: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    text, invalid = _replaced(data, encoding)
    return _marked(text, invalid, encoding.removesuffix("-le").removesuffix("-be").upper())


def _replaced(data: bytes, encoding: str) -> tuple[str, int]:
    """The text with U+FFFD for what cannot be decoded, and how many of them are new."""
    try:
        return data.decode(encoding), 0
    except UnicodeDecodeError:
        text = data.decode(encoding, errors="replace")
    return text, text.count("\ufffd")


def _marked(text: str, invalid: int, name: str) -> tuple[str, tuple[str, ...]]:
    if not invalid:
        return text, ()
    line = text.count("\n", 0, text.index("\ufffd")) + 1
    return text, (f"{_count(invalid, 'place')} not valid {name}, the first in line {line}; shown as \ufffd.",)


def _one_byte(data: bytes) -> tuple[str, tuple[str, ...]]:
    text, invalid = _replaced(data, "cp1252")
    if not invalid and _plausible(text):
        return text, ("Not UTF-8; read as Windows-1252.",)
    best = charset_normalizer.from_bytes(data[:SAMPLE], cp_isolation=_OTHERS).best()
    if best is not None:
        other, left = _replaced(data, best.encoding)
        if not left and _plausible(other):
            return other, (f"Not UTF-8; read as {best.encoding}, which is a guess.",)
    text, notes = _marked(text, invalid, "Windows-1252")
    return text, ("Not UTF-8; read as Windows-1252, which is a guess.", *notes)


def _plausible(text: str) -> bool:
    """True where the characters outside ASCII are such as people write."""
    foreign = [character for character in text[:SAMPLE] if character > "\x7f"]
    good = sum(character in _USUAL or _fits(character) for character in foreign)
    return good >= 0.9 * len(foreign)


def _fits(character: str) -> bool:
    return character.isalpha() and character not in "ªºÿŸþÞðÐ"


def _count(number: int, noun: str) -> str:
    return f"1 {noun} was" if number == 1 else f"{number} {noun}s were"
