"""What linguists write: layers, timelines and codes become a talk of plain words; traps in XML are refused."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.errors import CoachError, UnreadableTranscriptError
from coach.read import read
from coach.read.chat import plain_chat
from coach.read.marks import plain

SAMPLES = Path(__file__).resolve().parent / "samples" / "research"
FILES = sorted(SAMPLES.iterdir())
XML = [path for path in FILES if path.suffix in (".eaf", ".exb", ".flk", ".xml")]


def turns(name: str) -> list[tuple[str, float | None, float | None, str]]:
    """Speaker, times and words of a sample."""
    return [(t.speaker, t.start, t.end, t.text) for t in read(SAMPLES / name, path=name).turns]


def test_chat() -> None:
    """Names before roles, bullets as times, words without codes, overlap from the times."""
    call = read(SAMPLES / "call.cha", path="call.cha")
    assert [(s.label, s.role) for s in call.speakers] == [("Anna Krüger", "agent"), ("Customer", "customer")]
    assert [(t.start, t.end, t.text) for t in call.turns] == [
        (0.4, 4.9, "Guten Tag, hier ist Anna Krüger. was kann ich kann ich für Sie tun?"),
        (5.0, 9.2, "äh meine Heizung ist seit gestern kalt, und das geht nicht…"),
        (8.8, 12.0, "das tut mir leid, ich schicke jemanden."),
        (12.1, 14.0, "danke, das hilft mir sehr!"),
    ]
    assert call.turns[2].overlap == 0.4
    assert call.turns[2].doubtful == ("jemanden",)
    assert call.turns[1].remarks == ("seufzt", "unintelligible")
    assert (call.meta.call_date, call.meta.language) == (date(2025, 11, 18), "de")
    assert any("could not understand: 2" in note for note in call.notes)


@pytest.mark.parametrize(
    ("coded", "words"),
    [
        ("test [/] test .", "test test."),
        ("<I said> [//] I told +//.", "I said I told –"),
        ("&-um here's 0is &+fr some ice+cream@c .", "um here's some icecream."),
        ('+" wake-up &=laughs www xxx ?', "wake-up?"),
        ("that's the &-uh [>] +/.", "that's the uh –"),
        ("gonna [: going to] go (.) (be)cause [* s:r] ‡ yes ↑ .", "gonna go because, yes."),
        ("&=laughs .", ""),
    ],
)
def test_codes_of_chat_are_taken_out(coded: str, words: str) -> None:
    """What was said is left, retraced words too."""
    assert plain_chat(coded)[0] == words


@pytest.mark.parametrize(
    ("marked", "words", "remarks", "doubtful"),
    [
        ("ja: (.) °hh des is kal[t ]", "ja des is kalt", (), ()),
        ("((lacht)) so=n (1.5) ding", "so n ding", ("lacht",), ()),
        ("das (hätte) ich (xxx xxx) gesagt", "das hätte ich gesagt", ("unintelligible",), ("hätte",)),
        ("<<lachend> na gut>", "na gut", ("lachend",), ()),
        ("((1,2s)) gut • ja", "gut ja", (), ()),
        ("sil", "", (), ()),
    ],
)
def test_marks_of_gat_and_hiat_are_taken_out(
    marked: str, words: str, remarks: tuple[str, ...], doubtful: tuple[str, ...]
) -> None:
    """Pauses, breath, overlap and lengthening are no words; guesses are."""
    assert plain(marked) == (words, remarks, doubtful)


def test_elan() -> None:
    """The layer with words of each participant; a slot without time lies between its neighbours."""
    assert turns("call.eaf") == [
        ("Berater", 0.4, 4.9, "Guten Tag, was kann ich für Sie tun?"),
        ("Kundin", 5.0, 9.0, "Meine Heizung ist seit gestern kalt."),
        ("Berater", 9.0, 12.0, "Das tut mir leid. Ich schicke jemanden."),
    ]
    call = read(SAMPLES / "call.eaf", path="call.eaf")
    assert any("“ft@B”, “gesture@K”" in note for note in call.notes)
    assert call.meta.language == "de"


def test_elan_words_that_refer_to_empty_utterances() -> None:
    """Where the parents hold numbers only, the words of the layer below are read, with the parents' times."""
    text = (SAMPLES / "call.eaf").read_text(encoding="utf-8")
    text = re.sub(r"(<ANNOTATION_VALUE>)Guten Tag[^<]*|(<ANNOTATION_VALUE>)Das tut[^<]*", r"\1\g<2>001", text)
    call = read(text.replace("ft@B", "words@B").encode(), path="x.eaf")
    assert call.turns[0].text == "Hello, what can I do for you?"
    assert (call.turns[0].start, call.turns[0].end) == (0.4, 4.9)


@pytest.mark.parametrize("name", ["call.TextGrid", "short-utf16.TextGrid"])
def test_textgrid(name: str) -> None:
    """Long and short, UTF-8 and UTF-16: the layer of words, doubled quotation marks, single words joined."""
    assert turns(name) == [
        ("Berater", 0.4, 4.9, 'Guten Tag, was kann ich für "Sie" tun?'),
        ("Kundin", 5.0, 9.0, "Meine Heizung ist kalt."),
        ("Berater", 9.0, 12.0, "Das tut mir leid."),
    ]


def test_a_textgrid_of_words_alone_names_nobody() -> None:
    """`words` is no speaker."""
    text = (SAMPLES / "call.TextGrid").read_text(encoding="utf-8").replace("Berater - ", "").replace("Kundin - ", "")
    with pytest.raises(UnreadableTranscriptError) as caught:
        read(text.encode(), path="x.TextGrid")
    assert caught.value.hint
    assert {t.speaker for t in read(text.encode(), path="x.TextGrid", one_sided=True).turns} == {"?"}


def test_a_textgrid_that_is_cut_off_is_read_as_far_as_it_goes() -> None:
    """With a note that says so."""
    text = (SAMPLES / "call.TextGrid").read_text(encoding="utf-8")
    call = read(text[: text.rindex("Heizung") + 9].encode(), path="x.TextGrid")
    assert any("cut off" in note for note in call.notes)
    assert [turn.speaker for turn in call.turns] == ["Berater", "Kundin", "Berater"]


def test_exmaralda() -> None:
    """Events inside a word are joined, translations left out, a point without a time is none."""
    assert turns("call.exb") == [
        ("Berater", 0.4, 4.9, "Guten Tag, was kann ich für Sie tun?"),
        ("Kundin", 4.9, 9.0, "Meine Heizung ist seit gestern kalt."),
        ("Berater", 9.0, 12.0, "Das tut mir leid. Ich schicke jemanden."),
    ]


def test_exmaralda_without_times_keeps_its_order() -> None:
    """A timeline without seconds is an order all the same, if only inside each layer."""
    text = re.sub(r' time="[0-9.]+"', "", (SAMPLES / "call.exb").read_text(encoding="utf-8"))
    call = read(text.encode(), path="x.exb")
    assert [turn.text[:5] for turn in call.turns] == ["Guten", "Meine", "Das t"]
    assert all(turn.start is None for turn in call.turns)


def test_folker() -> None:
    """Plain contributions and such as are taken apart; the first of two guesses, which is doubtful."""
    call = read(SAMPLES / "call.flk", path="call.flk")
    assert [(t.speaker, t.start, t.text) for t in call.turns] == [
        ("Berater", 0.4, "guten tag was kann ich für sie tun"),
        ("Kundin", 4.9, "meine heizung is seit gestern kalt"),
        ("Berater", 9.0, "das tut mir leid ich schicke jemanden"),
    ]
    assert call.turns[2].doubtful == ("ich", "schicke")
    assert call.turns[2].remarks == ("räuspert sich",)


def test_tei() -> None:
    """Roles of persons, times by intervals, words and points, an utterance without a block."""
    call = read(SAMPLES / "call.tei.xml", path="call.tei.xml")
    assert [(s.label, s.role) for s in call.speakers] == [("Anna", "agent"), ("KU", "customer")]
    assert [(t.start, t.end, t.text) for t in call.turns] == [
        (0.4, 4.9, "Guten Tag, was kann ich für Sie tun?"),
        (4.9, 9.0, "Meine Heizung ist seit gestern kalt."),
        (9.0, 12.0, "Das tut mir leid. Ich schicke jemanden."),
    ]
    assert call.turns[1].doubtful == ("seit",)
    assert (call.meta.call_date, call.meta.language) == (date(2025, 11, 18), "de")


@pytest.mark.parametrize("path", XML, ids=lambda path: path.name)
def test_xml_that_is_a_trap_or_broken_is_refused(path: Path) -> None:
    """Entities, definitions from elsewhere, nesting without end, an end that is missing."""
    text = path.read_text(encoding="utf-8")
    head, _, rest = text.partition("?>")
    root = re.search(r"<([A-Za-z_-]+)", rest)
    assert root is not None
    bomb = f'{head}?><!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]>{rest}'
    outside = f'{head}?><!DOCTYPE x SYSTEM "file:///etc/passwd">{rest}'
    deep = text.replace(f"</{root[1]}>", "<seg>" * 50_000)
    for data, message in ((bomb, "DOCTYPE"), (outside, "DOCTYPE"), (deep, "nested deeper"), (text[:-200], "cut off")):
        with pytest.raises(UnreadableTranscriptError, match=message) as caught:
            read(data.encode(), path=path.name)
        assert caught.value.hint


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(FILES).map(Path.read_bytes),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), st.binary(max_size=12)), min_size=1, max_size=4),
)
def test_mangled_samples_are_read_or_refused(data: bytes, cuts: list[tuple[float, int, bytes]]) -> None:
    """Whatever is cut out or put in: turns, or an error that a user can mend."""
    for where, length, piece in cuts:
        at = int(where * len(data))
        data = data[:at] + piece + data[at + length :]
    try:
        call = read(data, path="x", one_sided=True)
    except CoachError as error:
        assert error.message  # noqa: PT017  # either is fine
    else:
        assert call.turns


def test_tiers_without_times_are_a_talk_in_the_order_of_the_file() -> None:
    """Slots without any time are no fault."""
    text = re.sub(r' TIME_VALUE="[0-9]+"', "", (SAMPLES / "call.eaf").read_text(encoding="utf-8"))
    call = read(text.encode(), path="x.eaf")
    assert {turn.speaker for turn in call.turns} == {"Berater", "Kundin"}
    assert all(turn.start is None for turn in call.turns)


def test_large_files_take_linear_time() -> None:
    """Twenty thousand lines are read in seconds."""
    lines = "".join(
        f"*{who}:\twell <I I> [/] said (.) so:: much ! \x15{n * 1000}_{n * 1000 + 900}\x15\n"
        for n, who in enumerate("AB" * 10_000)
    )
    call = read(f"@UTF8\n@Begin\n@Participants:\tA Agent, B Customer\n{lines}@End\n".encode(), path="x.cha")
    assert len(call.turns) == 20_000


def test_layers_about_the_talk_are_nobody() -> None:
    """A layer of errors beside one of words is no speaker, also where the words are nobody's."""
    tiers = ("word", "Errors")
    text = 'File type = "ooTextFile"\nObject class = "TextGrid"\n\n0\n9\n<exists>\n2\n'
    for name, said in zip(tiers, ("RIGHT THEN", "loud silence"), strict=True):
        text += f'"IntervalTier"\n"{name}"\n0\n9\n1\n0\n9\n"{said}"\n'

    transcript = read(text.encode(), path="x.TextGrid", one_sided=True)

    assert [(turn.speaker, turn.text) for turn in transcript.turns] == [("?", "RIGHT THEN")]
