"""A talk told with quotation marks is read as what is said, not as what is told."""

from datetime import date

import pytest

from coach.read import read
from coach.read.narrative import spoken

PAGE = """Bürogeflüster

Notizen aus dem Alltag: 7

Wie man eine Kundin verliert
Dienstag, 4. März. Ich sitze am Schreibtisch, der Tee ist kalt, da meldet sich eine fremde Nummer.
Sie: „Grüß Gott, Brandl vom Stromkontor. Sie haben neulich bei uns gerechnet (Anmerkung: Habe ich nicht. Das
war mein Mann). Ich seh‘ hier… am 12.2.. Da hätten wir was für Sie“
Ich: „Das hat sich erledigt, wir sind schon woanders“ (seit zwei Wochen, übrigens…)
Sie: „Wir sind aber der Größte (laut Werbung) in der Region“
Ich:“Nochmal: wir haben unterschrieben“
Sie:“Ja, aber…“
Ich: (lege fast auf)
Sie: „Einen Moment“, sagt sie, „ich hole kurz den Chef“
Ich:“Auf Wiederhören“

So macht man das also nicht:
1. Wer nicht zuhört, verkauft nichts. Ich fühle mich wie „Nummer 4711“.
2. Zwei Wochen sind lang: da war „der Zug“ abgefahren.

Hinterlasse einen Kommentar
"""


def test_blog_page_reads_as_the_call_in_it() -> None:
    """Prose, list and heading are commentary, remarks are no speech, the date comes from its weekday."""
    transcript = read(PAGE.encode(), path="page.txt", today=date(2026, 3, 1))

    assert [(turn.line, turn.speaker, turn.text, turn.remarks) for turn in transcript.turns] == [
        (
            7,
            "Sie",
            (
                "Grüß Gott, Brandl vom Stromkontor. Sie haben neulich bei uns gerechnet. Ich seh‘ hier… am 12.2.. "
                "Da hätten wir was für Sie"
            ),
            ("Anmerkung: Habe ich nicht. Das war mein Mann",),
        ),
        (9, "Ich", "Das hat sich erledigt, wir sind schon woanders", ("seit zwei Wochen, übrigens…",)),
        (10, "Sie", "Wir sind aber der Größte in der Region", ("laut Werbung",)),
        (11, "Ich", "Nochmal: wir haben unterschrieben", ()),
        (12, "Sie", "Ja, aber…", ()),
        (13, "Ich", "", ("lege fast auf",)),
        (14, "Sie", "Einen Moment ich hole kurz den Chef", ("sagt sie",)),
        (15, "Ich", "Auf Wiederhören", ()),
    ]
    assert transcript.meta.call_date == date(2025, 3, 4)


@pytest.mark.parametrize(
    ("text", "said", "remarks"),
    [
        ("„Guten Tag“", "Guten Tag", ()),
        ("„Guten Tag”.", "Guten Tag", ()),
        ("“Hello there”", "Hello there", ()),
        ('"Hello there"', "Hello there", ()),
        ("»Guten Tag«", "Guten Tag", ()),
        ("«Bonjour»", "Bonjour", ()),
        ("‚Ich schau grad‘ mal nach‘", "Ich schau grad‘ mal nach", ()),
        ("‘I don’t know’ (shrugs)", "I don’t know", ("shrugs",)),
        ("'I don't know', he says", "I don't know", ("he says",)),
        ("„Er sagte „nein“ und ging“", "Er sagte „nein“ und ging", ()),
        ('"She said "no" and left" (sighs)', 'She said "no" and left', ("sighs",)),
        ("„Er sagte ‚nein‘ und ging“", "Er sagte ‚nein‘ und ging", ()),
        ("„Ich hab‘ grad’ keine Zeit“ (lacht)", "Ich hab‘ grad’ keine Zeit", ("lacht",)),
        ("„Nein“ Das war ein klares „Nein“.", "Nein", ("Das war ein klares „Nein“",)),
        ("„Ja“ (das „Ja“ klang müde) „gern“", "Ja gern", ("das „Ja“ klang müde",)),
        ("„Ohne Ende", "Ohne Ende", ()),
        ("Ohne Anfang (still)", "Ohne Anfang", ("still",)),
    ],
)
def test_what_is_said_ends_with_its_mark(text: str, said: str, remarks: tuple[str, ...]) -> None:
    """Apostrophes and inner quotations close nothing; what follows the mark is a remark."""
    assert spoken(text) == (said, remarks)


def test_quotations_go_over_lines() -> None:
    """A quotation ends with its mark; told lines below it are no speech, quoted ones are."""
    text = (
        "He: “Good morning,\nhow are you?”\nHe smiled at me.\nMe:\n“Fine.\nAnd you?”\n“I mean it.”\n\n"
        "He: “Fine.”\nMe: “Good.”\nThen “silence”."
    )

    turns = read(text.encode(), path="x.txt").turns
    assert [(turn.line, turn.speaker, turn.text) for turn in turns] == [
        (1, "He", "Good morning, how are you?"),
        (4, "Me", "Fine. And you? I mean it."),
        (9, "He", "Fine."),
        (10, "Me", "Good."),
    ]


def test_verbs_of_saying_are_no_part_of_the_label() -> None:
    """`Er sagte:` and `Er fragte:` are one speaker."""
    text = "Er sagte: „Guten Tag.“\nIch sagte: „Nein.“\nEr fragte: „Warum?“\nIch: „Darum.“"

    assert [turn.speaker for turn in read(text.encode(), path="x.txt").turns] == ["Er", "Ich", "Er", "Ich"]


def test_quotes_in_a_plain_talk_stay() -> None:
    """Where few lines are quoted, quotation marks are part of what is said."""
    text = 'A: Was steht da?\nK: "Artikel fehlt" steht da.\nA: Und sonst?\nK: Nichts.'

    assert read(text.encode(), path="x.txt").turns[1].text == '"Artikel fehlt" steht da.'
