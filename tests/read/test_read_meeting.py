"""What meeting tools export as text: names and times above the words, in every order that they use."""

from datetime import date
from pathlib import Path

import pytest

from coach.model import Transcript
from coach.read import read, read_path

SAMPLES = Path(__file__).parent / "samples"
TALK = [
    ("{0}", "Good morning, Alder Energy, Jo speaking."),
    ("{1}", "Hi, I've got a question about my bill."),
    ("{0}", "Of course, what's the number?"),
    ("{1}", "It's four four one two."),
]
TIMES = ["0:00", "0:04", "0:09", "0:12"]


def reading(text: str) -> Transcript:
    """The transcript of a text."""
    return read(text.encode(), path="call.txt", today=date(2026, 3, 1))


LAYOUTS = {
    "otter": "{name}  {time}\n{words}\n\n",
    "zoom": "[{name}] 00:0{time}\n{words}\n\n",
    "tldv": "{name} ({time})\n{words}\n\n",
    "tldv, one line": "[00:0{time}] {name}: {words}\n",
    "fireflies": "{name} - 0{time}\n{words}\n\n",
    "fireflies, copied": "0{time}\n{name}\n{words}\n\n",
    "gong": "{time} | {name}\n{words}\n\n",
    "teams, copied": "{name}\n0 minutes 3 seconds\n0{time}\n{words}\n",
    "teams, copied in German": "{name}\n0 Minuten 3 Sekunden0{time}\n{words}\n",
    "teams document": "{name}   {time}\n{words}\n\n",
    "read": "{name}\n0{time}\n{words}\n\n",
    "word": "00:0{time} {name}\n{words}\n",
    "rev": "{name} (0{time}):\n{words}\n\n",
    "amberscript": "00:0{time},000\n{name}: {words}\n\n",
}
ANY_NAME = {
    "zoom",
    "fireflies, copied",
    "teams, copied",
    "teams, copied in German",
    "teams document",
    "read",
    "tldv, one line",
}
PLAIN = ("Jo Miller", "Ann Reed")
ODD = ("Miller, Jo (Alder GmbH & Co. KG)", "+49 170 1234567 (Extern)")


@pytest.mark.parametrize(
    ("layout", "names"),
    [(layout, PLAIN) for layout in LAYOUTS] + [(layout, ODD) for layout in LAYOUTS if layout in ANY_NAME],
)
def test_layouts(layout: str, names: tuple[str, str]) -> None:
    """Who talks, when, and the words; names may be of any shape where their place shows them."""
    said = [(name.format(*names), words) for name, words in TALK]
    text = "".join(
        LAYOUTS[layout].format(name=name, words=words, time=time)
        for (name, words), time in zip(said, TIMES, strict=True)
    )

    transcript = reading(f"Alder call\n3 March 2025\n\n{text}")

    assert [(turn.speaker, turn.text) for turn in transcript.turns] == said
    assert [turn.start for turn in transcript.turns] == [0.0, 4.0, 9.0, 12.0]
    assert transcript.meta.call_date == date(2025, 3, 3)


def test_copied_from_teams() -> None:
    """The sample in German."""
    transcript = read_path(str(SAMPLES / "teams-copied.txt"))

    assert transcript.format == "meeting"
    assert [(turn.speaker, turn.start, turn.line) for turn in transcript.turns] == [
        ("Müller, Jana (Service)", 2.0, 1),
        ("Groß, Peter (Extern)", 7.0, 5),
        ("Müller, Jana (Service)", 13.0, 9),
    ]


def test_google_meet() -> None:
    """Stamps every few minutes, attendees above, notices of the tool below."""
    transcript = reading(
        "Mar 3, 2025\nAlder call - Transcript\n00:00:00\n \nJo Miller: Good morning.\nAnn Reed: Hi.\n \n00:05:00\n \n"
        "Jo Miller: Bye.\nAnn Reed: Bye.\nTranscription ended after 00:10:05\n\n"
        "This editable transcript was computer generated and might contain errors.\n"
    )

    assert [turn.text for turn in transcript.turns] == ["Good morning.", "Hi.", "Bye.", "Bye."]
    assert transcript.turns[2].start == 300.0


@pytest.mark.parametrize(
    "lines",
    [
        [
            "09:21:14\t From  {0}  to  Everyone:\n\t{1}",
            "09:21:35\t From  {2}  to  Everyone:\n\t{3}",
            "09:22:14\t From  {0}  to  Everyone:\n\t{4}",
        ],
        ["09:21:14 From {0} : {1}", "09:21:35 From {2} to {0}(Privately) : {3}", "09:22:14 From {0} : {4}"],
        ["09:21:14\t{0}:\t{1}", "09:21:35\t{2}:\t{3}", "09:22:14\t{0}:\t{4}"],
    ],
)
def test_zoom_chat(lines: list[str]) -> None:
    """A chat in any of Zoom's three ways."""
    transcript = reading("\n".join(lines).format("Ann Reed", "Hello", "Jo Miller", "Hi there", "Thanks all"))

    assert [(turn.speaker, turn.text) for turn in transcript.turns] == [
        ("Ann Reed", "Hello"),
        ("Jo Miller", "Hi there"),
        ("Ann Reed", "Thanks all"),
    ]


def test_f4() -> None:
    """Times behind the paragraphs are no words."""
    turns = reading("I: Guten Tag. #00:00:03-1#\n\nB: Tag, es geht so. #00:00:07-5#\n\nI: Ja? #00:00:09-0#").turns

    assert [(turn.text, turn.end) for turn in turns] == [("Guten Tag.", 3.1), ("Tag, es geht so.", 7.5), ("Ja?", 9.0)]


def test_noscribe_text() -> None:
    """Its text is plain text with labels; pauses are remarks."""
    turns = reading(
        "Anruf\n\nTranskribiert mit noScribe Version 0.6.\nAudiodatei: a.wav\n\nS00: [00:00:00] Guten Tag.\n\n"
        "S01: Die Heizung geht nicht. (3 Sekunden Pause) Seit gestern.\n\nS00: Oh.\n"
    ).turns

    assert [(turn.speaker, turn.text) for turn in turns] == [
        ("S00", "Guten Tag."),
        ("S01", "Die Heizung geht nicht. Seit gestern."),
        ("S00", "Oh."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Anna: Wir treffen uns um\n10:30\nBen: Gut, um\n10:30\nAnna: Ja.",
        "10:00\nKaffee\n10:30\nVortrag\n11:00\nKaffee\n\nAnna: Hallo.\nBen: Hallo.\nAnna: Los.\nBen: Ja.",
    ],
)
def test_times_in_a_talk_are_no_headings(text: str) -> None:
    """Labels with colons go before names that only recur above times."""
    assert {speaker.label for speaker in reading(text).speakers} == {"Anna", "Ben"}
