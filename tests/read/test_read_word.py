"""Word documents are read in both layouts of Teams, as text and as tables; hostile ones are refused."""

import io
import zipfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import docx
import pytest

from coach.errors import UnreadableTranscriptError
from coach.model import Transcript
from coach.read import archive, read, read_path

TODAY = date(2026, 3, 1)
TALK = [
    ("Müller, Jana (Service)", "Guten Tag, was kann ich tun?"),
    ("Groß, Peter", "Meine Rechnung stimmt nicht."),
    ("Müller, Jana (Service)", "Das tut mir leid."),
]


def document(paragraphs: Iterable[str]) -> bytes:
    """A Word document with these paragraphs; line ends inside them are breaks."""
    made = docx.Document()
    for paragraph in paragraphs:
        made.add_paragraph(paragraph)
    return saved(made)


def saved(made: docx.document.Document) -> bytes:
    """The document's bytes."""
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def reading(data: bytes) -> Transcript:
    """The transcript of a document."""
    return read(data, path="call.docx", today=TODAY)


def talk(transcript: Transcript) -> list[tuple[str, str]]:
    """Speaker and words of each turn."""
    return [(turn.speaker, turn.text) for turn in transcript.turns]


@pytest.mark.parametrize(
    "paragraphs",
    [
        ["0:0:2.100 --> 0:0:5.530\n{0}\n{1}", "0:0:7.0 --> 0:0:9.10\n{2}\n{3}", "0:0:12.0 --> 0:0:13.5\n{4}\n{5}"],
        """00:00:02.100 --> 00:00:05.530|{0}|{1}|00:00:07.000 --> 00:00:09.100|{2}|{3}
        |00:00:12.000 --> 00:00:13.500|{4}|{5}""".split("|"),
    ],
)
def test_older_layout_of_teams(paragraphs: list[str]) -> None:
    """Times with an arrow, the name below them, the words below it."""
    parts = [part for turn in TALK for part in turn]

    transcript = reading(document(paragraph.format(*parts) for paragraph in paragraphs))

    assert (transcript.format, talk(transcript)) == ("docx", TALK)
    assert [(turn.start, turn.end, turn.line) for turn in transcript.turns] == [
        (2.1, 5.53, None),
        (7.0, 9.1, None),
        (12.0, 13.5, None),
    ]


def test_newer_layout_of_teams() -> None:
    """Name and time in one line, the words below; title, date and notices are not talk."""
    head = ["Beratung-20260227_101500-Besprechungsaufzeichnung", "27. Februar 2026, 09:15", "0 Std. 12 Min."]
    turns = [f"{name}   0:{second:02}\n{words}" for second, (name, words) in zip((2, 7, 12), TALK, strict=True)]
    notices = ["Jana Müller hat die Transkription gestartet", "Jana Müller hat die Transkription beendet"]

    transcript = reading(document([*head, notices[0], *turns, notices[1]]))

    assert (transcript.format, talk(transcript)) == ("docx", TALK)
    assert [turn.start for turn in transcript.turns] == [2.0, 7.0, 12.0]
    assert transcript.meta.call_date == date(2026, 2, 27)


def test_typed_by_hand() -> None:
    """Paragraphs with a label before the words, whatever their formatting."""
    made = docx.Document()
    for name, words in [("Agent", "Good morning."), ("Customer", "Hello."), ("Agent", "Well?")]:
        paragraph = made.add_paragraph()
        paragraph.add_run(f"{name}: ").bold = True
        paragraph.add_run(words)

    assert talk(reading(saved(made))) == [("Agent", "Good morning."), ("Customer", "Hello."), ("Agent", "Well?")]


def test_table_in_a_document() -> None:
    """A table with headings is read as a table."""
    made = docx.Document()
    table = made.add_table(0, 3)
    for row in [
        ("Zeit", "Sprecher", "Text"),
        ("00:01", "Jana", "Guten Tag."),
        ("00:04", "Peter", "Tag."),
        ("0:09", "Jana", "Ja?"),
    ]:
        for cell, content in zip(table.add_row().cells, row, strict=True):
            cell.text = content

    transcript = reading(saved(made))

    assert [(turn.speaker, turn.text, turn.start) for turn in transcript.turns] == [
        ("Jana", "Guten Tag.", 1.0),
        ("Peter", "Tag.", 4.0),
        ("Jana", "Ja?", 9.0),
    ]


def test_document_without_a_talk() -> None:
    """A letter is refused with a hint."""
    with pytest.raises(UnreadableTranscriptError) as caught:
        reading(document(["Dear Sir,", "we write to you about the invoice.", "Yours"]))

    assert caught.value.hint


def packed(parts: dict[str, bytes]) -> bytes:
    """A ZIP archive with these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return stream.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    """The parts of an archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        return {name: made.read(name) for name in made.namelist()}


def test_zip_bombs_are_refused_unopened(monkeypatch: pytest.MonkeyPatch) -> None:
    """What would unpack to more than the limit is never unpacked."""
    monkeypatch.setattr(archive, "MAX_PART", 100_000)
    parts = unpacked(document(["Agent: a", "Customer: b", "Agent: c"]))
    parts["word/document.xml"] = parts["word/document.xml"] + b" " * 200_000

    with pytest.raises(UnreadableTranscriptError, match="unpacks to"):
        reading(packed(parts))


def test_entity_bombs_do_not_go_off() -> None:
    """Entities are not resolved, inner or outer ones."""
    lines = "".join(
        f"<w:p><w:r><w:t>{name}: &{'big' if name == 'Agent' else 'file'}; {number}</w:t></w:r></w:p>"
        for number, name in enumerate(["Agent", "Customer", "Agent"])
    )
    entities = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    bomb = (
        f'<!DOCTYPE x [<!ENTITY a "ha">{entities}<!ENTITY big "&j;"><!ENTITY file SYSTEM "file:///etc/passwd">]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:body>{lines}</w:body></w:document>"
    )
    parts = unpacked(document([]))
    parts["word/document.xml"] = bomb.encode()

    try:
        said = " ".join(turn.text for turn in reading(packed(parts)).turns)
    except UnreadableTranscriptError:
        return
    assert len(said) < 100
    assert "root" not in said


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_truncated_documents_are_damaged(share: float) -> None:
    """A part of a document is named as what it is."""
    data = document(["Agent: a", "Customer: b"] * 50)

    with pytest.raises(UnreadableTranscriptError, match="damaged") as caught:
        reading(data[: int(len(data) * share)])

    assert caught.value.hint


def test_other_archives_are_no_documents() -> None:
    """A ZIP archive without Word's or Excel's folder is refused by name."""
    with pytest.raises(UnreadableTranscriptError, match="ZIP archive"):
        reading(packed({"call.txt": b"Agent: a\nCustomer: b\nAgent: c"}))


def test_sample() -> None:
    """A document as Teams writes it today."""
    transcript = read_path(str(Path(__file__).parent / "samples" / "teams.docx"))

    assert transcript.turns[1].speaker == "Groß, Peter"
    assert transcript.meta.call_date == date(2026, 2, 27)
