"""Bytes become text without a silent loss."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.read.decode import decode, kind_of_binary

TEXT = "Kunde: Grüße, „schön“ – für 5 €\nAgent: Äh, gern!\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_read_without_a_word(encoding: str) -> None:
    """UTF-8, UTF-16 and UTF-32 are read, with or without a byte order mark where it shows."""
    assert decode(TEXT.encode(encoding)) == (TEXT, ())


def test_line_ends_and_composition_are_the_same_everywhere() -> None:
    """CR, CRLF and LF are one line end; a letter with a combining mark is one letter."""
    assert decode("a\r\nb\rc\nu\u0308".encode()) == ("a\nb\nc\nü", ())


def test_windows_1252_is_noted() -> None:
    """Old Windows files are read with a note."""
    assert decode(TEXT.encode("cp1252")) == (TEXT, ("Not UTF-8; read as Windows-1252.",))


def test_dos_umlauts_are_guessed_with_a_note() -> None:
    """Where Windows-1252 gives no sense, another encoding is tried."""
    text, notes = decode(("Für größere Räume müssen wir schön früh prüfen, ob es möglich wäre. " * 5).encode("cp850"))

    assert text is not None
    assert "Für größere Räume" in text
    assert "guess" in notes[0]


def test_a_broken_byte_in_utf8_is_shown_and_noted() -> None:
    """One bad byte does not turn the whole file into another encoding."""
    text, notes = decode("Grüße\nschöne ".encode() + b"\xff" + "Grüße".encode())

    assert text == "Grüße\nschöne \ufffdGrüße"
    assert notes == ("1 place was not valid UTF-8, the first in line 2; shown as \ufffd.",)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04\x14\x00", "ZIP"),
        (b"\x00\x00\x00\x20ftypM4A ", "sound"),
        (b"\x89PNG\r\n\x1a\n\x00", "image"),
    ],
)
def test_known_binaries_are_named(data: bytes, kind: str) -> None:
    """A binary file has no text but a kind."""
    assert decode(data) == (None, ())
    assert kind in (kind_of_binary(data) or "")


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs", "Cn"], exclude_characters="\ufeff")))
def test_utf8_text_comes_back(text: str) -> None:
    """What is text in UTF-8 is read as it is, in NFC."""
    assert decode(text.encode()) == (unicodedata.normalize("NFC", text), ())
