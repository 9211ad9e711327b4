"""JSON Lines, lists of messages and ConvoKit's corpora: one turn, or one call, an object."""

import json
from datetime import date
from pathlib import Path

import pytest

from coach.errors import UnreadableTranscriptError
from coach.model import Transcript
from coach.read import read, read_path

SAMPLES = Path(__file__).parent / "samples"
TURNS = [("Jo", "Hello."), ("Ann", "Hi, my bill is wrong."), ("Jo", "Oh.")]


def reading(text: str, *, part: str | None = None) -> Transcript:
    """The transcript of a text."""
    return read(text.encode(), path="call.jsonl", today=date(2026, 3, 1), part=part)


def talk(transcript: Transcript) -> list[tuple[str, str]]:
    """Speaker and words of each turn."""
    return [(turn.speaker, turn.text) for turn in transcript.turns]


def test_chat_messages() -> None:
    """The assistant serves, the user is served, the system is nobody; words may come in parts."""
    transcript = read_path(str(SAMPLES / "chat.jsonl"))

    assert transcript.format == "jsonl"
    assert talk(transcript) == [
        ("user", "Hi, my meter reading is wrong."),
        ("assistant", "I'm sorry about that. What does it say?"),
        ("user", "Four thousand."),
    ]
    assert {speaker.label: speaker.role for speaker in transcript.speakers} == {
        "user": "customer",
        "assistant": "agent",
    }
    assert [turn.start for turn in transcript.turns] == [0.0, 4.0, 10.0]
    assert any("system" in note for note in transcript.notes)


@pytest.mark.parametrize(
    "write",
    [
        lambda turns: "\n".join(json.dumps(turn) for turn in turns),
        json.dumps,
        lambda turns: json.dumps({"id": "x", "messages": turns}, indent=1),
        lambda turns: json.dumps({"id": "x", "dialogue": turns}) + "\n",
    ],
)
@pytest.mark.parametrize(("speaker", "words"), [("speaker", "text"), ("role", "content"), ("Sprecher", "Äußerung")])
def test_turns_as_objects(write: object, speaker: str, words: str) -> None:
    """A line each, a list, a list inside an object; keys as people name them."""
    turns = [{speaker: name, words: text, "n": {"x": [1, None, True]}} for name, text in TURNS]

    assert talk(reading(write(turns))) == TURNS  # type: ignore[operator]


def test_lines_are_numbered_and_broken_ones_counted() -> None:
    """A broken line loses itself, not the call."""
    lines = [json.dumps({"speaker": name, "text": text}) for name, text in TURNS]

    transcript = reading("\n".join([lines[0], '{"speaker": "Ann", "te', "", lines[1], lines[2]]))

    assert talk(transcript) == TURNS
    assert [turn.line for turn in transcript.turns] == [1, 4, 5]
    assert "Lines that are no JSON objects were left out: 1." in transcript.notes


def test_a_call_a_line() -> None:
    """As files for training are written: the calls are numbered, or named by their ids."""
    calls = [
        {"messages": [{"role": "user", "content": f"Hi {n}"}, {"role": "assistant", "content": "Yes"}]} for n in (1, 2)
    ]
    text = "\n".join(json.dumps(call) for call in calls)

    with pytest.raises(UnreadableTranscriptError, match="2 calls: 1, 2"):
        reading(text)
    assert reading(text, part="2").turns[0].text == "Hi 2"


def test_convokit() -> None:
    """A corpus is its folder or its file; its conversations are named, and one is chosen behind a #."""
    for path in (SAMPLES / "convokit", SAMPLES / "convokit" / "utterances.jsonl"):
        with pytest.raises(UnreadableTranscriptError, match="2 calls: c1-0, c2-0") as caught:
            read_path(str(path))
        assert f"{path}#c1-0" in (caught.value.hint or "")

        transcript = read_path(f"{path}#c2-0")
        assert transcript.format == "convokit"
        assert talk(transcript) == [
            ("rep", "Hello, Alder Home."),
            ("bob", "Where is my order?"),
            ("rep", "Let me look that up."),
        ]
        assert transcript.meta.ids == {"call": "c2-0"}


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 1}\n{"a": 2}\n',
        "[1, 2, 3]",
        '{"speaker": "Jo", "text": "alone"}\n',
        "[" * 100_000,
        '{"messages": ' * 50_000,
        '{"speaker": {"name": {"name": 1}}, "text": [[[]]]}\n' * 3,
        '{"speaker": 1e400, "text": NaN}\n{"speaker": -0, "text": 1}\n',
    ],
)
def test_other_json_is_refused(text: str) -> None:
    """What holds no talk is an error with a hint, however deep or odd."""
    with pytest.raises(UnreadableTranscriptError) as caught:
        reading(text)
    assert caught.value.hint


PAIRS = [["agent", "Hi."], ["customer", "My bill is wrong."], ["action", "Account pulled up."], ["agent", "Oh."]]


@pytest.mark.parametrize(
    "value",
    [
        PAIRS,
        {"convo_id": 7, "original": PAIRS, "delexed": [{"speaker": "agent", "text": "<masked>"}]},
        [{"convo_id": 7, "scenario": {"flow": "billing"}, "original": PAIRS}],
        {"id": "x", "dialogue": PAIRS},
    ],
)
def test_pairs_of_speaker_and_words(value: object) -> None:
    """As ABCD writes its turns; what a program did is nobody's turn, and counted."""
    transcript = reading(json.dumps(value))

    assert talk(transcript) == [("agent", "Hi."), ("customer", "My bill is wrong."), ("agent", "Oh.")]
    assert transcript.notes == ("Messages of the system were left out: 1.",)


def test_a_corpus_in_parts_names_its_calls() -> None:
    """`train` and `dev` beside each other; one call is chosen by its id."""
    corpus = json.dumps(
        {"train": [{"convo_id": 7, "original": PAIRS}], "dev": [{"convo_id": 8, "original": [*PAIRS[1:], PAIRS[1]]}]}
    )
    with pytest.raises(UnreadableTranscriptError, match="7, 8"):
        reading(corpus)
    assert talk(reading(corpus, part="8"))[0] == ("customer", "My bill is wrong.")


def test_a_table_of_pairs_is_no_talk() -> None:
    """Names that never come back are no speakers."""
    with pytest.raises(UnreadableTranscriptError):
        reading(json.dumps([["name", "Jo"], ["city", "Leeds"], ["plan", "Large"]]))


def test_a_corpus_that_lists_replies_first_is_put_in_order() -> None:
    """As Cornell's corpus of films does; a circle of replies stays as it is."""
    lines = [
        '{"id": "3", "speaker": "u0", "conversation_id": "1", "reply_to": "2", "timestamp": null, "text": "Three."}',
        '{"id": "2", "speaker": "u2", "conversation_id": "1", "reply_to": "1", "timestamp": null, "text": "Two."}',
        '{"id": "1", "speaker": "u0", "conversation_id": "1", "reply_to": null, "timestamp": null, "text": "One."}',
    ]
    found = read("\n".join(lines).encode(), path="utterances.jsonl")
    assert [turn.text for turn in found.turns] == ["One.", "Two.", "Three."]
    circle = [line.replace('"reply_to": null', '"reply_to": "3"') for line in lines]
    assert [turn.text for turn in read("\n".join(circle).encode(), path="x.jsonl").turns] == ["Three.", "Two.", "One."]


def test_sentences_deep_inside_an_answer_of_an_interface_are_read() -> None:
    """Fireflies wraps them twice."""
    found = read(
        b'{"data": {"transcript": {"title": "x", "sentences": ['
        b'{"speaker_name": "Anna Berg", "text": "How can I help?", "start_time": 0.5, "end_time": 2.1},'
        b'{"speaker_name": "Tom K", "text": "My invoice is wrong.", "start_time": 2.5, "end_time": 4.1}]}}}',
        path="x.json",
    )
    assert [(turn.speaker, turn.text, turn.start) for turn in found.turns] == [
        ("Anna Berg", "How can I help?", 0.5),
        ("Tom K", "My invoice is wrong.", 2.5),
    ]
