"""Subtitles are read as the talk that was recorded: whose words, when, without marks and repeats."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.errors import UnreadableTranscriptError
from coach.model import Transcript
from coach.read import read, read_path

SAMPLES = Path(__file__).parent / "samples"
REAL = SAMPLES / "real"


def reading(text: str, *, path: str = "call.vtt", one_sided: bool = False, alternate: bool = False) -> Transcript:
    """The transcript of a text."""
    return read(text.encode(), path=path, one_sided=one_sided, alternate=alternate)


def talk(transcript: Transcript) -> list[tuple[str, str]]:
    """Speaker and words of each turn."""
    return [(turn.speaker, turn.text) for turn in transcript.turns]


def vtt(*cues: str) -> str:
    """A WebVTT file with a cue every ten seconds."""
    return "WEBVTT\n\n" + "\n\n".join(
        f"00:{index:02}.000 --> 00:{index:02}.900\n{cue}" for index, cue in enumerate(cues)
    )


def test_teams() -> None:
    """Voice tags with classes, entities, wrapped lines and notes; names as Teams writes them."""
    transcript = read_path(str(SAMPLES / "teams.vtt"))

    assert transcript.format == "webvtt"
    assert talk(transcript) == [
        (
            "Müller, Jana (Service)",
            "Guten Tag, Stadtwerke Nord, Sie sprechen mit Jana Müller. Was kann ich für Sie tun?",
        ),
        ("Peter Groß", "Ja, Tag. Ich habe heute eine Mahnung bekommen & verstehe sie nicht."),
        ("Müller, Jana (Service)", "Das tut mir leid. Haben Sie die Kundennummer da?"),
    ]
    assert [(turn.start, turn.end, turn.line) for turn in transcript.turns] == [
        (2.12, 7.0, 5),
        (7.64, 12.31, 14),
        (13.0, 16.9, 21),
    ]


@pytest.mark.parametrize("name", ["dosparlants.vtt", "dosparlants.srt"])
def test_whisper_with_speakers(name: str) -> None:
    """`[SPEAKER_00]:` before the words is a label; neighbours of one speaker are one turn."""
    transcript = read_path(str(REAL / name))

    assert [speaker.label for speaker in transcript.speakers] == ["SPEAKER_01", "SPEAKER_00"]
    assert len(transcript.turns) == 11
    assert (transcript.turns[3].start, transcript.turns[3].end) == (6.0, 13.0)
    assert transcript.turns[-1].text == "D'acord, moltes gràcies."


def test_real_meeting_with_voice_tags() -> None:
    """The example of a Teams file in the readme of a tool that cleans such files."""
    transcript = read_path(str(REAL / "teams_meeting.vtt"))

    assert [turn.speaker for turn in transcript.turns] == [
        "Alice Johnson",
        "Bob Smith",
        "Charlie Brown",
        "Alice Johnson",
    ]
    assert transcript.turns[0].text == "Hello team, welcome to our weekly sync. Let's review the project status first."


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("captions_with_bom.vtt", "Caption text #1 Caption text #2 Caption text #3 Caption text #4"),
        ("cue_tags.vtt", "When the moon hits your eye Like a big-a pizza pie That's amore"),
        ("styles.vtt", "Hello world."),
        ("metadata_headers_multiline.vtt", "Caption text #1 Caption text #2"),
        ("youtube_dl.vtt", "yeah what this will happen is I'm telling"),
        ("invalid_timeframe.vtt", " ".join(f"Caption text #{number}" for number in range(1, 8))),
        ("invalid_timeframe.srt", " ".join(f"Caption text #{number}" for number in range(1, 6))),
        ("ascii.srt", "ascii oh look ascii everywhere"),
    ],
)
def test_real_files_without_speakers(name: str, words: str) -> None:
    """The words are there without marks; a review is refused, and the hint says what helps."""
    with pytest.raises(UnreadableTranscriptError, match="Nobody is named") as caught:
        read_path(str(REAL / name))
    assert "--alternate" in (caught.value.hint or "")

    transcript = read_path(str(REAL / name), one_sided=True)
    assert [turn.text for turn in transcript.turns] == [words]


def test_no_cues() -> None:
    """A file with nothing but its signature says so."""
    with pytest.raises(UnreadableTranscriptError, match="Nobody says anything") as caught:
        read_path(str(REAL / "no_captions.vtt"), one_sided=True)

    assert "right file was exported" in (caught.value.hint or "")


def test_broken_times_lose_no_words() -> None:
    """A cue whose end is broken keeps its words and its beginning, and the note counts it."""
    transcript = read_path(str(REAL / "invalid_timeframe.vtt"), one_sided=True)

    assert "Cues whose times are broken were read without them: 1." in transcript.notes


def test_subrip_names_speakers_at_changes() -> None:
    """A cue without a label goes on from the one before where labels stand at changes only."""
    transcript = read_path(str(SAMPLES / "dialogue.srt"))

    assert transcript.format == "subrip"
    assert talk(transcript) == [
        ("Agent", "Good morning, Alder Energy, how can I help?"),
        ("Caller", "My meter reading is wrong, it says four thousand."),
        ("Agent", "Oh dear. Let me look."),
    ]
    assert transcript.turns[1].end == 8.1


def test_unlabelled_cue_among_labelled_ones_is_nobodys() -> None:
    """Where every cue has a label, one without is not given to whoever spoke before."""
    cues = [f"Ann Reed: one {n}\n" if n % 4 < 2 else f"Jo: two {n}\n" for n in range(12)]
    cues[5] = "who is this?"

    turns = reading(vtt(*(cue.strip() for cue in cues))).turns

    assert [turn.speaker for turn in turns if turn.text == "who is this?"] == ["?"]


def test_zoom_names_may_look_like_anything() -> None:
    """`Name: …` in nearly every cue is a label, be it a telephone or a firm."""
    transcript = reading(
        vtt(
            "iPhone von Ann (sie/ihr): Hallo?",
            "+49 170 *** 12: Ja, hallo.",
            "iPhone von Ann (sie/ihr): Es ist so: ich kündige.",
            "+49 170 *** 12: Oh.",
        )
    )

    assert talk(transcript)[2] == ("iPhone von Ann (sie/ihr)", "Es ist so: ich kündige.")
    assert {speaker.label for speaker in transcript.speakers} == {"iPhone von Ann (sie/ihr)", "+49 170 *** 12"}


def test_two_voices_in_one_cue_do_not_interrupt_each_other() -> None:
    """Of two people in one cue it is not known when one stops: no overlap is made up."""
    turns = reading(vtt("<v Jo>Hello.</v><v Ann>Hi.</v>", "<v Jo>So")).turns

    assert [(turn.speaker, turn.text, turn.overlap) for turn in turns] == [
        ("Jo", "Hello.", 0.0),
        ("Ann", "Hi.", 0.0),
        ("Jo", "So", 0.0),
    ]
    assert [(turn.start, turn.end) for turn in turns] == [(0.0, None), (None, 0.9), (1.0, 1.9)]


WAYS = """WEBVTT - title
Kind: captions

00:01.000 --> 00:02.000
<v Jo>Hi

00:03.000 --> 00:04.000
<v Ann>Yes
====
WEBVTT

STYLE
::cue(v[voice=Jo]) { color: red }

REGION
id:x

NOTE
about

a
1:00:01.0 --> 1:00:02.0 align:start
<v.x.y Jo><i>Hi</i></v>

b
01:00:03.000-->01:00:04.000
<v Ann>&#89;es</v>
====
WEBVTT
00:01.000 --> 00:02.000
<v Jo>H<00:01.500>i</v>
00:03.000 --> 00:04.000
<v  Ann >Yes</v>
====
1
00:00:01,000 --> 00:00:02,000
<font color='red'>Jo: Hi</font>

2
00:00:03,000 --> 00:00:04,000
{\\an8}ANN: Yes
====
1
00:00:01,000 --> 00:00:02,000
- Jo: Hi
- Ann: Yes

2
00:00:03,000 --> 00:00:04,000

====
00:00:01.000 --> 00:00:02.000
Jo
Hi

00:00:03.000 --> 00:00:04.000
Ann
Yes

00:00:05.000 --> 00:00:06.000
Jo
Oh
""".split("====\n")


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("text", WAYS)
def test_ways_of_writing(text: str, ends: str) -> None:
    """Titles, styles, regions, notes, hours or none, line ends, missing close tags: the talk is the same."""
    transcript = reading("\ufeff" + text.replace("\n", ends))

    assert [(turn.speaker.casefold(), turn.text) for turn in transcript.turns][:2] == [("jo", "Hi"), ("ann", "Yes")]


def test_malformed_cues_are_left_out_with_a_note() -> None:
    """What stands below an arrow without any time is no cue."""
    transcript = reading(vtt("<v Jo>Hi", "<v Ann>Yes") + "\n\nBROKEN -->\nnobody says this\n")

    assert transcript.turns[-1].text == "Yes"
    assert transcript.notes == ("Cues without times were left out: 1.",)


def test_dashes_are_changes_of_a_speaker_that_nobody_names() -> None:
    """`- ` says that somebody else goes on: enough for taking turns on request, not for a review."""
    text = (
        "1\n00:00:01,000 --> 00:00:02,000\n- Good morning.\n- Hello.\n\n"
        "2\n00:00:03,000 --> 00:00:04,000\nI've got a question.\n\n3\n00:00:05,000 --> 00:00:06,000\n- Yes?\n"
    )

    with pytest.raises(UnreadableTranscriptError, match="Nobody is named"):
        reading(text, path="call.srt")
    turns = reading(text, path="call.srt", alternate=True).turns
    assert [(turn.speaker, turn.text) for turn in turns] == [
        ("Speaker 1", "Good morning."),
        ("Speaker 2", "Hello. I've got a question."),
        ("Speaker 1", "Yes?"),
    ]


def test_noscribe() -> None:
    """Times and speakers come from the anchors; stamps, pauses and marks of talking across are no words."""
    transcript = read_path(str(SAMPLES / "noscribe.html"))

    assert transcript.format == "noscribe"
    assert talk(transcript) == [
        ("S00", "Guten Tag, Wärme Nord, was kann ich tun?"),
        ("S01", "Ja, Tag, meine Heizung geht nicht, seit gestern & im ganzen Haus."),
        ("S00", "hm"),
        ("S01", "Und die Kinder frieren."),
        ("S00", "Das tut mir leid. Ich schicke gleich jemanden los."),
    ]
    assert (transcript.turns[1].start, transcript.turns[1].end) == (2.9, 6.8)


def test_noscribe_as_webvtt() -> None:
    """Its WebVTT repeats the speaker before the words and marks who talks across."""
    text = vtt(
        "<v S00>S00: Guten Tag.", "<v S01>S01: Tag, //S00: hm// also", "<v //S00>//S00: ja//", "<v S00>(..) Gut."
    )

    assert talk(reading(text)) == [
        ("S00", "Guten Tag."),
        ("S01", "Tag, //S00: hm// also"),
        ("S00", "ja Gut."),
    ]


def test_names_with_markup_and_newlines_are_one_line() -> None:
    """A name is text on one line, of bounded length."""
    turns = reading(vtt(f"<v Jo\n&lt;script&gt; {'x' * 500}>Hi</v>", "<v Ann>Yes")).turns

    assert turns[0].speaker.startswith("Jo <script> xxx")
    assert len(turns[0].speaker) == 80


def test_order_of_time() -> None:
    """Cues slightly out of order are put in order; a second recording behind the first is not mixed into it."""
    swapped = "WEBVTT\n\n00:05.000 --> 00:06.000\n<v B>two\n\n00:01.000 --> 00:02.000\n<v A>one\n"
    again = "WEBVTT\n\n09:05.000 --> 09:06.000\n<v B>one\n\n00:01.000 --> 00:02.000\n<v A>two\n"

    assert [turn.text for turn in reading(swapped).turns] == ["one", "two"]
    assert [turn.text for turn in reading(again).turns] == ["one", "two"]


def test_overlaps_are_kept() -> None:
    """Who begins before the other ends talks across."""
    turns = reading("WEBVTT\n\n00:01.000 --> 00:05.000\n<v A>one\n\n00:04.000 --> 00:06.000\n<v B>two").turns

    assert turns[1].overlap == 1.0


def test_a_million_cues() -> None:
    """Many cues take seconds, not minutes; here a part of them."""
    text = "WEBVTT\n\n" + "\n\n".join(
        f"{n // 3600:02}:{n // 60 % 60:02}:{n % 60:02}.000 --> {n // 3600:02}:{n // 60 % 60:02}:{n % 60:02}.900\n"
        f"{'Ann' if n % 2 else 'Jo'}: word {n}"
        for n in range(30_000)
    )

    assert len(reading(text).turns) == 30_000


WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=8).map(
    lambda word: unicodedata.normalize("NFC", word)
)
SAID = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)


@given(st.lists(st.tuples(st.sampled_from(["Jo", "Ann Reed", "Dr. Groß"]), SAID), min_size=2, max_size=20))
def test_any_talk_in_voice_tags_reads_back(turns: list[tuple[str, str]]) -> None:
    """Words and speakers are those that were written, in order."""
    turns = [*turns, ("Jo", "a b"), ("Ann Reed", "c d")]
    found = reading(vtt(*(f"<v {name}>{words}</v>" for name, words in turns)))

    assert " ".join(turn.text for turn in found.turns).split() == " ".join(words for _, words in turns).split()
    assert {turn.speaker for turn in found.turns} == {name for name, _ in turns}


def test_the_label_before_the_words_goes_before_the_tag_of_another_voice() -> None:
    """In noScribe 0.7 a turn begins a turn in a cue with the tag of whoever talked before; its clock is no speech."""
    found = read(
        b"WEBVTT talk\n\nNOTE\nTranscribed with noScribe vers. 0.7\n\n"
        b"1\n00:00:00.530 --> 00:00:00.530\n<v S00>S00: \n\n"
        b"2\n00:00:00.530 --> 00:00:03.310\n<v S00>[00:00:00]\n\n"
        b"3\n00:00:00.530 --> 00:00:03.310\n<v S00> Guten Tag, was kann ich tun?\n\n"
        b"4\n00:00:03.310 --> 00:00:03.310\n<v S00>S01: [00:00:09] Eine Frage zur Rechnung.\n\n"
        b"5\n00:00:04.410 --> 00:00:10.010\n<v S01> Die ist zu hoch.\n\n"
        b"6\n00:00:10.010 --> 00:00:10.010\n<v S01>S00: \n\n"
        b"7\n00:00:10.410 --> 00:00:12.010\n<v S00> Das schaue ich nach.\n",
        path="talk.vtt",
    )
    assert [(turn.speaker, turn.text) for turn in found.turns] == [
        ("S00", "Guten Tag, was kann ich tun?"),
        ("S01", "Eine Frage zur Rechnung. Die ist zu hoch."),
        ("S00", "Das schaue ich nach."),
    ]
