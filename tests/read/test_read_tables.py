"""Tables are read by their headings or their contents: one row a turn, one column a speaker, one row a call."""

import io
import time as time_module
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.errors import UnreadableTranscriptError
from coach.model import Transcript
from coach.read import delimited, read, read_path
from coach.read import workbook as workbook_reader
from coach.report.notes import note_in

SAMPLES = Path(__file__).parent / "samples"
TODAY = date(2026, 3, 1)


def reading(content: str | bytes, *, path: str = "call.csv", part: str | None = None) -> Transcript:
    """The transcript of a table."""
    data = content.encode() if isinstance(content, str) else content
    return read(data, path=path, today=TODAY, part=part)


def talk(transcript: Transcript) -> list[tuple[str, str]]:
    """Speaker and words of each turn."""
    return [(turn.speaker, turn.text) for turn in transcript.turns]


def times(transcript: Transcript) -> list[tuple[float | None, float | None]]:
    """Start and end of each turn."""
    return [(turn.start, turn.end) for turn in transcript.turns]


def workbook(sheets: dict[str, Iterable[Sequence[object]]]) -> bytes:
    """An Excel workbook."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_german_excel() -> None:
    """Semicolons, decimal commas, Windows-1252, doubled quotation marks, a first line `sep=;`, a column of roles."""
    transcript = read_path(str(SAMPLES / "excel-de.csv"))

    assert transcript.format == "csv"
    assert talk(transcript) == [
        ("Jana", "Guten Tag, Stadtwerke Nord. Was kann ich für Sie tun?"),
        ("Peter", 'Ich habe eine "Mahnung" bekommen, über 120,50 €.'),
        ("Jana", "Das tut mir leid."),
    ]
    assert times(transcript) == [(0.5, 3.25), (3.9, 7.0), (7.2, 9.75)]
    assert [(speaker.role, speaker.evidence) for speaker in transcript.speakers] == [
        ("agent", ("column “Rolle”: Agent",)),
        ("customer", ("column “Rolle”: Kunde",)),
    ]
    assert transcript.meta.ids == {"call": "G-17"}
    assert transcript.turns[0].line == 3


ROWS = [("Ann", "Hello, my bill is wrong."), ("Jo", "I am sorry; let me see."), ("Ann", "Thanks.")]


@pytest.mark.parametrize(
    ("heading", "cells", "expected"),
    [
        ("speaker,text,start,end", ['{0},"{1}",{2},{3}'] * 3, [(1.0, 2.0), (61.0, 62.0), (121.0, 122.0)]),
        (
            "Start (ms)\tEnd (ms)\tSprecher\tÄußerung",
            ["{2}000\t{3}000\t{0}\t{1}"] * 3,
            [(1.0, 2.0), (61.0, 62.0), (121.0, 122.0)],
        ),
        ("Speaker|Utterance", ["{0}|{1}"] * 3, [(None, None)] * 3),
        (
            "startTime;speakerName;content;duration",
            ['{2},0;{0};"{1}";0,5'] * 3,
            [(1.0, 1.5), (61.0, 61.5), (121.0, 121.5)],
        ),
        ("Uhrzeit;Name;Nachricht", ['14:0{4}:01;{0};"{1}"'] * 3, [(0.0, None), (60.0, None), (120.0, None)]),
        (
            "timestamp,from,message",
            ['2025-11-18T14:0{4}:01Z,{0},"{1}"'] * 3,
            [(0.0, None), (60.0, None), (120.0, None)],
        ),
        ("from,to,who,text", ['00:0{4}:01,00:0{4}:02,{0},"{1}"'] * 3, [(1.0, 2.0), (61.0, 62.0), (121.0, 122.0)]),
    ],
)
def test_headings_and_times(heading: str, cells: list[str], expected: list[tuple[float | None, float | None]]) -> None:
    """Columns are known by German and English headings; every way of writing times gives seconds."""
    lines = [
        cell.format(*row, index * 60 + 1, index * 60 + 2, index)
        for index, (cell, row) in enumerate(zip(cells, ROWS, strict=True))
    ]

    transcript = reading("\n".join([heading, *lines]), path="call.txt")

    assert talk(transcript) == ROWS
    assert times(transcript) == expected


def test_milliseconds_without_a_word() -> None:
    """Whole numbers at which nobody could speak are milliseconds."""
    text = "start,end,speaker,text\n500,2500,A,so how are you today\n2600,4000,B,fine thanks\n5000,8000,A,good to hear"

    assert times(reading(text)) == [(0.5, 2.5), (2.6, 4.0), (5.0, 8.0)]


def test_without_headings() -> None:
    """Few labels that recur, times that grow, long texts: the columns show themselves where the suffix says table."""
    text = "0.5,Anna,Hello there how are you\n2.5,Ben,I am fine thanks\n4.1,Anna,Very well\n6,Ben,Good to hear that\n"

    transcript = reading(text)

    assert [speaker.label for speaker in transcript.speakers] == ["Anna", "Ben"]
    assert [turn.start for turn in transcript.turns] == [0.5, 2.5, 4.1, 6.0]


def test_one_column_a_speaker() -> None:
    """Headings that name parts in the call hold each one's words."""
    text = "Zeit;Agent;Kunde\n00:01;Guten Tag;\n00:04;;Tag auch\n00:09;Ja bitte?;Falsche Rechnung\n"

    transcript = reading(text)

    assert talk(transcript) == [
        ("Agent", "Guten Tag"),
        ("Kunde", "Tag auch"),
        ("Agent", "Ja bitte?"),
        ("Kunde", "Falsche Rechnung"),
    ]
    assert [turn.start for turn in transcript.turns] == [1.0, 4.0, 9.0, None]


def test_speaker_only_at_changes() -> None:
    """An empty cell below a name is the same speaker, where names stand at changes only."""
    text = "speaker;text\nJo;Hello.\n;Anybody there?\nAnn;Yes.\nJo;Good.\n;Well."

    assert talk(reading(text)) == [("Jo", "Hello. Anybody there?"), ("Ann", "Yes."), ("Jo", "Good. Well.")]


def test_channels_and_doubtful_rows() -> None:
    """A bare number is named after its column; words of an unsure row are doubtful."""
    transcript = reading("channel,text,confidence\n0,Hello there,0.9\n1,Hi,0.3\n0,Well,0.95\n")

    assert [speaker.label for speaker in transcript.speakers] == ["Channel 0", "Channel 1"]
    assert [turn.doubtful for turn in transcript.turns] == [(), ("Hi",), ()]


CALLS = "call_id,speaker,text\n17,Jo,Hello there\n17,Ann,Hi\n17,Jo,So\n18,Jo,Good day\n18,Bob,Yes\n18,Jo,Oh\n"
WHOLE = (
    'id;date;agent;transcript\n17;2025-11-18;Jo;"Agent: Hello there.\nCustomer: Hi.\nAgent: So?"\n'
    '18;2025-11-19;Jo;"Agent: Good day.\nCustomer: Yes.\nAgent: Oh."\n'
)


@pytest.mark.parametrize("text", [CALLS, WHOLE])
def test_several_calls_need_a_choice(text: str) -> None:
    """The calls are named; `FILE#CALL` chooses one; a wrong choice is answered with the right ones."""
    with pytest.raises(UnreadableTranscriptError, match="2 calls: 17, 18") as caught:
        reading(text)
    assert "call.csv#17" in (caught.value.hint or "")
    with pytest.raises(UnreadableTranscriptError, match="none is named “19”"):
        reading(text, part="19")

    assert reading(text, part="18").turns[0].text.startswith("Good day")


def test_choice_in_the_path(tmp_path: Path) -> None:
    """`calls.csv#18` is a call in a file unless there is a file of that name; a file with one call takes no choice."""
    file = tmp_path / "calls.csv"
    file.write_text(CALLS)

    assert read_path(f"{file}#18").turns[1].speaker == "Bob"
    assert read_path(f"{file}#18").path == f"{file}#18"

    (tmp_path / "calls.csv#18").write_text("Jo: one\nAnn: two\nJo: three")
    assert read_path(f"{file}#18").turns[1].speaker == "Ann"

    (tmp_path / "one.txt").write_text("Jo: one\nAnn: two\nJo: three")
    with pytest.raises(UnreadableTranscriptError, match="just one call"):
        read_path(f"{tmp_path / 'one.txt'}#2")


def test_one_row_that_is_a_call_has_its_date() -> None:
    """Columns beside the transcript say when the call was."""
    transcript = reading(WHOLE.rpartition("18;")[0])

    assert (transcript.meta.call_date, transcript.turns[0].line) == (date(2025, 11, 18), None)


def test_quotation_marks_that_never_close() -> None:
    """One stray mark does not swallow the rest of the call."""
    transcript = reading('speaker,text\nJo,"Hello\nAnn,Hi there\nJo,Well\n')

    assert [turn.speaker for turn in transcript.turns] == ["Jo", "Ann", "Jo"]
    assert any("Quotation marks" in note for note in transcript.notes)


def test_prose_with_commas_is_no_table() -> None:
    """A plain text whose first lines hold headings by chance is read as text."""
    text = (
        "Name, Text, und so weiter.\nAnna: Hallo, was gibt es?\nBen: Nichts, danke.\nAnna: Gut, dann bis bald, oder?\n"
    )

    assert reading(text, path="call.txt").format == "text"


def test_table_without_words() -> None:
    """Where no column can hold the words the hint says how to name them."""
    with pytest.raises(UnreadableTranscriptError, match="which column") as caught:
        reading("a,b\n1,2\n3,4\n")
    assert "Sprecher" in (caught.value.hint or "")


def test_workbook() -> None:
    """Title rows, a header further down, times as Excel keeps them."""
    rows: list[Sequence[object]] = [
        ["Gespräch vom 18.11.2025"],
        [],
        ["Zeit", "Sprecher", "Text"],
        [time(0, 0, 5), "Jana", "Guten Tag."],
        [timedelta(seconds=9.5), "Peter", "Tag."],
        ["00:01:02", "Jana", 4711],
    ]

    transcript = reading(workbook({"Blatt 1": rows, "Notizen": [["nichts"]]}), path="call.xlsx")

    assert transcript.format == "xlsx"
    assert talk(transcript) == [("Jana", "Guten Tag."), ("Peter", "Tag."), ("Jana", "4711")]
    assert [turn.start for turn in transcript.turns] == [5.0, 9.5, 62.0]
    assert transcript.notes == ("Sheets that were not read: Notizen.", "Rows above the headings were left out: 1.")


def test_what_a_workbook_has_beyond_the_limits_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Columns, rows behind many empty ones, and sheets: each cut has its note, with its German."""
    monkeypatch.setattr(workbook_reader, "_COLUMNS", 4)
    monkeypatch.setattr(workbook_reader, "_EMPTY", 5)
    monkeypatch.setattr(workbook_reader, "_SHEETS", 2)
    rows: list[Sequence[object]] = [["speaker", "text"], ["Jo", "one"], ["Ann", "two", "", "", "far"], ["Jo", "three"]]
    data = workbook({"Talk": [*rows, *([[]] * 8), ["Ann", "lost"]], "Legend": [["x"]], "More": [["x"]]})

    transcript = reading(data, path="call.xlsx")

    assert talk(transcript) == [("Jo", "one"), ("Ann", "two"), ("Jo", "three")]
    assert transcript.notes == (
        "Sheets beyond the first 2 were not looked at: 1.",
        "After 5 empty rows the rest of the sheet was not read.",
        "Columns beyond the first 4 were left out in 1 row.",
        "Sheets that were not read: Legend.",
    )
    assert all(note_in(note, "de") != note for note in transcript.notes)


def test_rows_without_a_transcript_are_counted() -> None:
    """One row a call: what holds none is told."""
    text = 'id,transcript\n1,"A: Hallo.\nB: Tag.\nA: Und?"\n2,keine Aufnahme\n'

    assert "Rows without a transcript were left out: 1." in reading(text, part="1").notes


def test_sheets_with_a_call_each() -> None:
    """Several sheets are several calls."""
    rows = [["speaker", "text"], ["Jo", "one"], ["Ann", "two"], ["Jo", "three"]]
    data = workbook({"May": rows, "June": [*rows, ["Ann", "four"]]})

    with pytest.raises(UnreadableTranscriptError, match="sheets with a talk: May, June"):
        reading(data, path="call.xlsx")
    assert reading(data, path="call.xlsx", part="June").turns[-1].text == "four"


def test_dates_in_a_workbook() -> None:
    """Dates with times count from the first and give the call its day."""
    rows: list[Sequence[object]] = [["timestamp", "speaker", "text"]]
    moments = [datetime.fromisoformat(f"2025-11-18T14:00:0{second}") for second in (1, 4, 9)]
    rows += [[moment, name, "words"] for moment, name in zip(moments, ["Jo", "Ann", "Jo"], strict=True)]

    transcript = reading(workbook({"x": rows}), path="call.xlsx")

    assert [turn.start for turn in transcript.turns] == [0.0, 3.0, 8.0]
    assert transcript.meta.call_date == date(2025, 11, 18)


@pytest.mark.parametrize("share", [0.3, 0.9])
def test_truncated_workbooks_are_damaged(share: float) -> None:
    """A part of a workbook is named as what it is."""
    data = workbook({"x": [["speaker", "text"], *([["Jo", f"words {n}"] for n in range(200)])]})

    with pytest.raises(UnreadableTranscriptError, match="damaged"):
        reading(data[: int(len(data) * share)], path="call.xlsx")


CELL = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), min_size=1, max_size=30).filter(
    lambda cell: any(map(str.isalnum, cell)) and not set(cell) & set("()[]#") and cell.strip() == cell
)


@given(st.lists(st.tuples(st.sampled_from(["Jo", "Ann"]), CELL), max_size=12), st.sampled_from(",;\t"))
def test_any_words_in_a_table_read_back(rows: list[tuple[str, str]], delimiter: str) -> None:
    """Whatever the cells hold: delimiters, quotation marks, letters of any script."""
    import csv
    import unicodedata

    rows = [*rows, ("Jo", "so, it is"), ("Ann", "well; then"), ("Jo", "yes\tno")]
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows([("speaker", "text"), *rows])

    transcript = reading(stream.getvalue())

    written = unicodedata.normalize("NFC", " ".join(words for _, words in rows)).split()
    assert " ".join(turn.text for turn in transcript.turns).split() == written


@pytest.mark.parametrize("delimiter", [",", "\n"])
def test_time_is_linear(delimiter: str) -> None:
    """Ten times the rows take about ten times the work, as a table and as JSON Lines.

    The processor's time of the best of three runs counts, not the clock's: others may be at work beside.
    """

    def text_of(count: int) -> str:
        if delimiter == ",":
            rows = [f"{'Ann' if n % 2 else 'Jo'},word {n},{n}" for n in range(count)]
            return "\n".join(["speaker,text,start", *rows])
        return "\n".join(
            f'{{"speaker": "{"Ann" if n % 2 else "Jo"}", "text": "word {n}", "start": {n}}}' for n in range(count)
        )

    def seconds(count: int) -> float:
        text, took = text_of(count), []
        for _ in range(3):
            begun = time_module.process_time()
            assert len(reading(text, path="call.csv" if delimiter == "," else "call.jsonl").turns) == count
            took.append(time_module.process_time() - begun)
        return min(took)

    assert seconds(20_000) < 40 * max(seconds(2_000), 0.02)


def test_too_many_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """More rows than any call has are refused before they are parted."""
    monkeypatch.setattr(delimited, "MAX_ROWS", 10)

    with pytest.raises(UnreadableTranscriptError, match="more than 10 rows"):
        reading("speaker,text\n" + "Jo,a\nAnn,b\n" * 10)
