"""From segments to turns: units, times, silence and overlap, who is named, what nobody said."""

from datetime import date

import pytest

from coach.errors import UnreadableTranscriptError
from coach.model import Speaker, Transcript
from coach.read import read
from coach.read.source import Source
from coach.read.turns import UNNAMED, Segment, build_transcript
from coach.read.units import TICKS, seconds


def source(*, alternate: bool = False, one_sided: bool = False) -> Source:
    """A file without content."""
    return Source(path="x", data=b"", text="", today=date(2026, 1, 5), alternate=alternate, one_sided=one_sided)


def built(*segments: Segment, recognised: bool = True, speakers: tuple[Speaker, ...] = ()) -> Transcript:
    """The transcript of these segments."""
    return build_transcript(source(), segments, name="x", recognised=recognised, speakers=speakers)


def said(speaker: str | None, text: str, start: float | None = None, end: float | None = None) -> Segment:
    """A segment in short."""
    return Segment(speaker=speaker, text=text, start=start, end=end)


@pytest.mark.parametrize(
    ("value", "per_second", "expected"),
    [
        (1500, 1000.0, 1.5),
        ("1500", 1000.0, 1.5),
        (900000.0, TICKS, 0.09),
        ("PT0.09S", TICKS, 0.09),
        ("PT1H2M3.5S", 1.0, 3723.5),
        ("12.900s", 1.0, 12.9),
        ("300 ms", 1.0, 0.3),
        ("00:01:02,345", 1.0, 62.345),
        ({"seconds": "12", "nanos": 900000000}, 1.0, 12.9),
        ({"nanos": 500000000}, 1.0, 0.5),
        ({}, 1.0, 0.0),
        (-1, 1.0, None),
        (float("nan"), 1.0, None),
        (1e300, 1.0, None),
        (10**400, 1.0, None),
        (True, 1.0, None),
        ("soon", 1.0, None),
        ("P", 1.0, None),
        (None, 1.0, None),
        ([1], 1.0, None),
    ],
)
def test_times_in_all_units_become_seconds(value: object, per_second: float, expected: float | None) -> None:
    """What is no time is None, never an error."""
    assert seconds(value, per_second=per_second) == expected


def test_one_turn_however_long_the_silence() -> None:
    """Segments of one speaker are one turn; the silence between them is kept, and so is talking across."""
    turns = built(said("A", "Moment.", 0, 1), said("A", "So.", 61, 62), said("B", "Ja?", 61.5, 63)).turns
    assert [(turn.text, turn.start, turn.end) for turn in turns] == [("Moment. So.", 0, 62), ("Ja?", 61.5, 63)]
    assert (turns[0].silence, turns[1].overlap) == (60, 0.5)


def test_times_that_cannot_be_are_left_out_and_counted() -> None:
    """A negative time, an end before its beginning: no time, and a note."""
    transcript = built(said("A", "Hallo.", -3, 1), said("B", "Tag.", 9, 4))
    assert [(turn.start, turn.end) for turn in transcript.turns] == [(None, 1), (9, None)]
    assert transcript.notes == ("Times that cannot be were left out: 2.",)


def test_without_speakers_a_review_is_refused_and_a_look_is_not() -> None:
    """The advice names the option; whoever only looks gets everything under one label."""
    segments = [said(None, "Guten Tag."), said(None, "Hallo."), said(None, "Bitte?")]
    with pytest.raises(UnreadableTranscriptError) as caught:
        build_transcript(source(), segments, name="x")
    assert "--alternate" in (caught.value.hint or "")

    seen = build_transcript(source(one_sided=True), segments, name="x")
    assert [(turn.speaker, turn.text) for turn in seen.turns] == [(UNNAMED, "Guten Tag. Hallo. Bitte?")]
    assert any("cannot be reviewed" in note for note in seen.notes)

    by_turns = build_transcript(source(alternate=True), segments, name="x")
    assert [turn.speaker for turn in by_turns.turns] == ["Speaker 1", "Speaker 2", "Speaker 1"]
    assert any("as asked" in note for note in by_turns.notes)


def test_alternate_never_goes_before_names() -> None:
    """Where the file names two speakers they stay."""
    talk = [said("A", "Eins."), said("A", "Zwei."), said("B", "Drei.")]
    transcript = build_transcript(source(alternate=True), talk, name="x")
    assert [turn.speaker for turn in transcript.turns] == ["A", "B"]
    assert any("--alternate" in note for note in transcript.notes)


def test_what_nobody_is_named_for_belongs_to_nobody() -> None:
    """A segment without a name between two named speakers is neither's."""
    transcript = built(said("A", "Guten Tag."), said(None, "Hm."), said("B", "Hallo."))
    assert [(speaker.label, speaker.role) for speaker in transcript.speakers] == [
        ("A", "unknown"), (UNNAMED, "other"), ("B", "unknown"),
    ]  # fmt: skip


def test_roles_that_the_format_states_reach_the_transcript() -> None:
    """With the evidence for them."""
    agent = Speaker(label="A", role="agent", confidence=1.0, evidence=("ParticipantRole AGENT",))
    transcript = built(said("A", "Guten Tag."), said("B", "Hallo."), speakers=(agent,))
    assert transcript.speakers == (agent, Speaker(label="B"))


@pytest.mark.parametrize(
    "text",
    [
        "Untertitel der Amara.org-Community",
        "Untertitelung des ZDF, 2020",
        "Untertitel im Auftrag des ZDF für funk, 2017",
        "Untertitel von Stephanie Geiges",
        "Vielen Dank fürs Zuschauen!",
        "Vielen Dank für das Zuschauen und bis zum nächsten Mal.",
        "Thanks for watching!",
        "Thank you so much for watching!",
        "Subtitles by the Amara.org community",
        "Copyright WDR 2021",
        "Please subscribe to my channel.",
        "This transcript was generated by AI and may contain errors.",
        "Transcribed by https://example.org",
        "Dieses Transkript wurde automatisch erstellt.",
        "AI-generated content may be incorrect.",
        "KI-generierte Inhalte können fehlerhaft sein.",
        "Danke, dass ihr zugeschaut habt!",
    ],
)
def test_what_recognisers_make_up_is_dropped_and_counted(text: str) -> None:
    """As a segment of its own, and as a sentence behind real ones."""
    for segments in (
        [said("A", "Guten Tag."), said("B", text), said("B", "Hallo.")],
        [said("A", "Guten Tag."), said("B", f"Hallo. {text}")],
    ):
        transcript = built(*segments)
        assert [turn.text for turn in transcript.turns] == ["Guten Tag.", "Hallo."]
        assert len(transcript.notes) == 1
        assert transcript.notes[0].endswith("left out: 1.")


@pytest.mark.parametrize(
    "text",
    [
        "Thank you.",
        "Vielen Dank.",
        "Thanks for waiting.",
        "I was watching the meter, thanks.",
        "Die Untertitel an meinem Fernseher gehen nicht.",
        "Is this call recorded?",
        "Can you record that in my file?",
        "Bis zum nächsten Mal!",
        "The transcript you sent me was created by someone else.",
        "Your AI-generated letters are awful.",
        "Der Monteur hat das aufgenommen, für die Qualität.",
        "Ich hab die Zeitschrift nie abonniert.",
        "I want to cancel what I subscribed to.",
        "Nein, nein, nein, nein!",
        "The transcript you sent me was created by someone else, wasn't it?",
    ],
)
def test_what_a_caller_may_say_stays(text: str) -> None:
    """Thanks, subscriptions and subtitles are things to talk about."""
    transcript = built(said("A", "Guten Tag."), said("B", text))
    assert transcript.turns[1].text == text
    assert transcript.notes == ()


def test_an_announcement_of_recording_is_a_machines_at_the_beginning_only() -> None:
    """Later on a person may say so, and the file's reader asked for a talk as it was."""
    notice = "This call may be recorded for quality and training purposes."
    talk = [said("A", "Hello."), said("B", "Hi."), said("A", "Yes?"), said("B", "Well."), said("A", notice)]
    assert [turn.text for turn in built(said("A", notice), *talk).turns][-1] == notice
    assert built(said("A", notice), *talk).turns[0].text == "Hello."


@pytest.mark.parametrize(
    "notice",
    [
        "Dieses Gespräch wird zu Schulungszwecken aufgezeichnet.",
        "Zur Qualitätssicherung wird Ihr Anruf aufgezeichnet.",
        "Calls are recorded and monitored for training.",
    ],
)
def test_announcements_of_recording_in_any_order_of_words(notice: str) -> None:
    """The purpose may come first."""
    assert [turn.text for turn in built(said("A", notice), said("A", "Hallo."), said("B", "Ja?")).turns] == [
        "Hallo.",
        "Ja?",
    ]


def test_loops_are_said_once() -> None:
    """Inside a segment and across segments; few repeats are left alone."""
    loop = "Ich weiß es nicht. "
    transcript = built(said("A", "Und?"), *[said("B", loop.strip())] * 30)
    assert transcript.turns[1].text == loop.strip()
    assert transcript.notes == ("Repeats that the speech recogniser looped were left out: 29.",)
    inside = built(said("A", "Und?"), said("B", f"Also gut. {loop * 30}Danke."))
    assert inside.turns[1].text == f"Also gut. {loop}Danke."
    assert built(said("A", "Und?"), *[said("B", "Ja.")] * 5).turns[1].text == "Ja. Ja. Ja. Ja. Ja."


def test_text_without_names_can_be_read_on_request() -> None:
    """Plain lines are two speakers by turns with `alternate`, one unnamed with `one_sided`."""
    text = b"Guten Tag, was kann ich f\xc3\xbcr Sie tun?\nIch habe eine Frage.\n"
    with pytest.raises(UnreadableTranscriptError, match="No talk") as caught:
        read(text, path="x.txt")
    assert "--alternate" in (caught.value.hint or "")
    assert [turn.speaker for turn in read(text, path="x.txt", alternate=True).turns] == ["Speaker 1", "Speaker 2"]
    assert [turn.line for turn in read(text, path="x.txt", alternate=True).turns] == [1, 2]
    assert read(text, path="x.txt", one_sided=True).turns[0].speaker == UNNAMED


def test_text_with_one_name_keeps_it() -> None:
    """For a look; a review of it is refused."""
    transcript = read(b"Anna: Guten Tag.\nAnna: Hallo?\n", path="x.txt", one_sided=True)
    assert [(turn.speaker, turn.text) for turn in transcript.turns] == [("Anna", "Guten Tag. Hallo?")]


@pytest.mark.parametrize(
    ("text", "question", "answer"),
    [
        ("Do you have children? Yes two.", "Do you have children?", "Yes two."),
        ("Alles klar. Haben Sie Kinder? Ja, zwei.", "Alles klar. Haben Sie Kinder?", "Ja, zwei."),
        ("Haben Sie die Rechnung da? Nein.", "Haben Sie die Rechnung da?", "Nein."),
    ],
)
def test_an_answer_glued_to_the_question_is_the_other_speakers(text: str, question: str, answer: str) -> None:
    """At an obvious point, with a note that quotes it."""
    transcript = built(said("A", "Hallo."), said("B", "Hallo."), said("A", text, 2, 6), said("A", "Gut."))
    assert [(turn.speaker, turn.text) for turn in transcript.turns][2:] == [
        ("A", question), ("B", answer), ("A", "Gut."),
    ]  # fmt: skip
    assert transcript.notes == (f"Answers glued to the question were given to the other speaker: 1 (“{answer}”).",)


@pytest.mark.parametrize(
    "text",
    [
        "Do you have children? Yes, two. And how old are they?",
        "Was heißt das? Ja, das heißt, dass der Vertrag sich verlängert.",
        "Haben Sie Zeit? Ja, gut, dann machen wir das.",
        "Geht das? Nein.",
    ],
)
def test_what_may_be_ones_own_answer_is_left_and_counted(text: str) -> None:
    """Marked, not cut."""
    transcript = built(said("A", text), said("B", "Hallo."))
    assert transcript.turns[0].text == text
    assert transcript.notes == (
        "Questions with what may be the other speaker's answer in the same segment were left: 1.",
    )


def test_written_text_is_never_cut() -> None:
    """Only what a recogniser attributed can be wrong in this way; nor is anything cut among three speakers."""
    talk = [said("A", "Haben Sie Kinder? Ja, zwei."), said("B", "Hallo.")]
    assert built(*talk, recognised=False).turns[0].text == talk[0].text
    assert built(*talk, said("C", "Hallo.")).turns[0].text == talk[0].text
