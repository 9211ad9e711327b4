"""Notes on reading stand in the report's language."""

from datetime import date

import pytest

from coach.read import read
from coach.read.segment import Segment
from coach.read.source import Source
from coach.read.turns import build_transcript
from coach.report.notes import note_in
from coach.understand import swapped


def notes_of(*segments: Segment, alternate: bool = False) -> tuple[str, ...]:
    """The notes on these segments, as a recogniser's."""
    source = Source(path="x", data=b"", text="", today=date(2026, 1, 5), alternate=alternate)
    return build_transcript(source, segments, name="x", recognised=True).notes


def said(speaker: str | None, text: str, start: float | None = None) -> Segment:
    """A segment in short."""
    return Segment(speaker=speaker, text=text, start=start)


A, B = said("A", "Guten Tag."), said("B", "Hallo.")
TWICE = b'[{"speaker": "A", "text": "x", "text": "Ja."}, {"speaker": "B", "text": "Ah."}]'
CHAT = "".join(
    f"[14:0{at}] {who}: Das Paket ist noch immer nicht da, niemand meldet sich, obwohl es versprochen war, was nun?\n"
    for at, who in enumerate("ABABAB", start=2)
)
TEXT = "Notiz\n\nA: Grüße\nB: Tag.\n\nKommentar.\n\nA: Ja.\nB: Nein.\n\nEnde."


@pytest.mark.parametrize(
    ("notes", "german"),
    [
        (notes_of(A, said("B", "Thanks for watching!"), B), "erfunden"),
        (notes_of(A, *[said("B", "Ich weiß es nicht.")] * 9), "Endlosschleifen der Spracherkennung wurden gekürzt"),
        (notes_of(said("A", "This call is recorded for training."), A, B), "Aufzeichnungsansagen"),
        (notes_of(A, said("B", "Haben Sie Kinder? Ja, zwei.")), "zugeordnet: 1 (“Ja, zwei.”)."),
        (notes_of(A, said("B", "Geht das? Nein.")), "blieben unverändert: 1."),
        (read(CHAT.encode(), path="x").notes, "vielleicht sind es Uhrzeiten"),
        (notes_of(A, said("B", "Hallo.", -1)), "Unmögliche Zeitangaben wurden ausgelassen: 1."),
        (notes_of(A, said(None, "Hm."), B), "unter „?“: 1."),
        (notes_of(A, B, alternate=True), "ohne Wirkung"),
        (notes_of(said(None, "Tag."), said(None, "Hallo."), alternate=True), "wie gewünscht abwechselnd"),
        (
            read(b'[{"speaker": "A", "text": "x", "text": "Ja."}, {"speaker": "B", "text": "Ah."}]', path="x").notes,
            "doppelt",
        ),
        (read(TEXT.encode("cp1252"), path="x").notes, "Vor dem Gespräch|Kein UTF-8|Kommentar ausgelassen|Nach dem"),
        ((swapped._STRETCH.format(3, 9),), "Von Beitrag 3 bis 9 sind die Sprecher"),
        ((swapped._WHOLE,), "--swap"),
    ],
)
def test_every_note_has_its_german(notes: tuple[str, ...], german: str) -> None:
    """All notes that reading gives here are translated; in English they stay."""
    assert notes
    translated = [note_in(note, "de") for note in notes]
    assert all(one != other for one, other in zip(notes, translated, strict=True)), translated
    assert all(part in " ".join(translated) for part in german.split("|"))
    assert [note_in(note, "en") for note in notes] == list(notes)


def test_an_unknown_note_stays() -> None:
    """Better in English than lost."""
    assert note_in("Something {0} new.", "de") == "Something {0} new."
