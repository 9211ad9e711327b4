"""The JSON of every recogniser reads as its own tool shows it: speakers, times, roles, doubtful words, metadata."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from coach.errors import UnreadableTranscriptError
from coach.model import Transcript
from coach.read import read, read_path, recognisers
from coach.read.turns import UNNAMED
from coach.report.notes import note_in

SAMPLES = Path(__file__).parent / "samples"
ROOT = SAMPLES.parent.parent.parent


def sample(name: str, *, one_sided: bool = False) -> Transcript:
    """The transcript of a sample."""
    return read_path(str(SAMPLES / f"{name}.json"), one_sided=one_sided)


GERMAN = (
    "Guten Tag, Stadtwerke Neuburg, mein Name ist Jonas Krüger.",
    "Guten Tag, ich hab eine Frage zu meiner Rechnung.",
    "Gern, worum geht es denn?",
    "Die ist doppelt so hoch wie letztes Jahr.",
)


@pytest.mark.parametrize(
    ("name", "format_", "labels", "language"),
    [
        ("azure_fast", "azure-fast", ("Speaker 1", "Speaker 2"), "de"),
        ("google_diarised", "google-stt", ("Speaker 1", "Speaker 2"), "de"),
        ("google_v2", "google-stt", ("Speaker 1", "Speaker 2"), "de"),
        ("rev_ai", "rev-ai", ("Speaker 0", "Speaker 1"), None),
        ("speechmatics", "speechmatics", ("S1", "S2"), "de"),
        ("plain", "json", ("Agent", "Kunde"), None),
    ],
)
def test_one_talk_reads_the_same_from_every_vendor(
    name: str, format_: str, labels: tuple[str, str], language: str | None
) -> None:
    """Words, marks, speakers and order; the times begin where the words do."""
    transcript = sample(name)
    assert transcript.format == format_
    assert [(turn.speaker, turn.text) for turn in transcript.turns] == [
        (labels[at % 2], text) for at, text in enumerate(GERMAN)
    ]
    assert transcript.language == language
    starts = [turn.start for turn in transcript.turns]
    assert all(start is not None for start in starts)
    assert starts == sorted(starts, key=lambda start: start or 0)


def test_whisperx() -> None:
    """A segment in which the speaker changes is cut; numbers without times stay with the one before; phantoms go."""
    transcript = sample("whisperx")
    assert transcript.format == "whisperx"
    assert transcript.language == "de"
    assert [(turn.speaker, turn.text) for turn in transcript.turns][-2:] == [
        ("SPEAKER_00", "Haben Sie die Nummer?"),
        ("SPEAKER_01", "Ja, die 4711."),
    ]
    assert transcript.turns[3].doubtful == ("doppelt",)
    assert (transcript.turns[0].start, transcript.turns[0].end) == (0.5, 4.0)
    assert transcript.notes == ("Sentences that the speech recogniser made up were left out: 1.",)


def test_whisper_with_speakers() -> None:
    """As whisper-ctranslate2 shows it in its own text; the language is kept though the coach does not know it."""
    transcript = sample("whisper_ctranslate2")
    assert transcript.format == "whisper"
    assert (transcript.language, transcript.meta.language) == (None, "ca")
    assert len(transcript.turns) == 11
    assert (transcript.turns[0].speaker, transcript.turns[0].text) == ("SPEAKER_01", "Hola, bon dia, com et dius?")
    assert (transcript.turns[0].start, transcript.turns[0].end) == (0.0, 2.0)


@pytest.mark.parametrize(
    ("name", "begin", "language"),
    [
        ("whisper", "Igual que la majoria", "ca"),
        ("whisper_timestamped", "Yeah, as much as it's worth", "en"),
        ("faster_whisper", "Guten Tag, Stadtwerke Neuburg", None),
        ("amazon_plain", "She was gone out into the village", None),
        ("google", "There was a day about 10 years ago", None),
    ],
)
def test_without_speakers_the_words_are_there_for_a_look(name: str, begin: str, language: str | None) -> None:
    """One turn of nobody; a review is refused."""
    transcript = sample(name, one_sided=True)
    assert [turn.speaker for turn in transcript.turns] == [UNNAMED]
    assert transcript.turns[0].text.startswith(begin)
    assert transcript.turns[0].start is not None
    assert transcript.meta.language == language


def test_segments_by_turns_on_request() -> None:
    """Whisper's segments of a dump without speakers, one by one."""
    transcript = read_path(str(SAMPLES / "faster_whisper.json"), alternate=True)
    assert [turn.text for turn in transcript.turns] == list(GERMAN)


def test_whisper_cpp() -> None:
    """Offsets in milliseconds, speakers as digits."""
    transcript = sample("whisper_cpp")
    assert [(turn.speaker, turn.start, turn.text) for turn in transcript.turns] == [
        ("Speaker 1", 0.5, "Guten Tag."), ("Speaker 0", 3.0, "Hallo."),
    ]  # fmt: skip


def test_amazon_speakers_and_channels() -> None:
    """Items belong to the speaker of their time, or to their channel; marks have no space before them."""
    speakers, channels = sample("amazon_speakers"), sample("amazon_channels")
    assert speakers.format == channels.format == "amazon-transcribe"
    assert [turn.speaker for turn in speakers.turns] == ["spk_0", "spk_1"]
    assert [turn.speaker for turn in channels.turns] == ["ch_1", "ch_0"]
    assert speakers.turns[0].text.startswith("She was gone out into the village on some errand when, as she")
    assert channels.turns[1].text.startswith("it will be well for you if you join, not with those who")
    assert (channels.turns[1].start, channels.meta.ids) == (15.09, {"job": "02-channel-identification"})


def test_call_analytics_states_the_roles() -> None:
    """Roles with evidence, overlaps, doubtful words, duration."""
    transcript = sample("amazon_call_analytics")
    assert [(speaker.label, speaker.role, speaker.evidence) for speaker in transcript.speakers] == [
        ("Agent", "agent", ("ParticipantRole AGENT",)),
        ("Customer", "customer", ("ParticipantRole CUSTOMER",)),
    ]
    assert transcript.turns[0].text.startswith("Thank you for calling Anchor Credit Union")
    assert transcript.turns[0].doubtful == ("Anchor",)
    assert transcript.turns[2].overlap == 2.51
    assert transcript.meta.duration == 182.89


def test_contact_lens_voice_and_chat() -> None:
    """Voice by participant, chat by display name with its role; events are counted, the system is nobody."""
    voice, chat = sample("contact_lens_voice"), sample("contact_lens_chat")
    assert voice.format == chat.format == "contact-lens"
    assert [speaker.role for speaker in voice.speakers] == ["agent", "customer"]
    assert voice.turns[2].overlap == 0.2
    assert [(speaker.label, speaker.role) for speaker in chat.speakers] == [
        ("SYSTEM_MESSAGE", "other"), ("Sam", "customer"), ("Priya", "agent"),
    ]  # fmt: skip
    assert [turn.start for turn in chat.turns] == [0, 4, 14, 21]
    assert chat.meta.call_date == date(2026, 1, 12)
    assert chat.notes == ("Events of the chat that are no messages were left out: 1.",)


def test_post_call_analytics() -> None:
    """Roles from the display names; the date of the call."""
    transcript = sample("amazon_pca")
    assert [speaker.role for speaker in transcript.speakers] == ["agent", "customer"]
    assert transcript.turns[1].text == "Thank you for calling Networks abc technical Support."
    assert transcript.meta.call_date == date(2021, 11, 25)


def test_data_automation() -> None:
    """Segments of the standard output; overlapping turns stay."""
    transcript = sample("amazon_bda")
    assert [(turn.speaker, turn.start) for turn in transcript.turns][:2] == [("spk_1", 1.62), ("spk_0", 7.77)]
    assert transcript.turns[2].overlap == 2.85
    assert (transcript.language, transcript.meta.duration) == ("en", 273.16)


def test_azure() -> None:
    """Ticks and ISO durations are seconds; conversation items state roles."""
    batch, live, talk = sample("azure_batch"), sample("azure_realtime"), sample("azure_conversation")
    assert [(turn.speaker, turn.start, turn.end, turn.text) for turn in batch.turns][:2] == [
        ("Speaker 1", 0.04, 2.22, "Run Alabama drivers license."),
        ("Speaker 2", 2.28, 5.36, "0030"),
    ]
    assert batch.meta.duration == 7.48
    assert [(turn.speaker, turn.start, turn.end) for turn in live.turns] == [
        ("Speaker 0", 0.09, 0.65), ("Speaker 1", 0.69, 1.7),
    ]  # fmt: skip
    assert [(speaker.label, speaker.role) for speaker in talk.speakers] == [
        ("Agent", "agent"),
        ("Customer", "customer"),
    ]


def test_azure_channels_are_speakers_where_speakers_were_not_told_apart() -> None:
    """Two channels, no diarisation."""
    phrase = {"recognitionStatus": "Success", "durationInTicks": 10_000_000}
    document = {
        "recognizedPhrases": [
            phrase | {"channel": 1, "offset": "PT2S", "nBest": [{"display": "Hallo."}]},
            phrase | {"channel": 0, "offset": "PT0.5S", "nBest": [{"display": "Guten Tag."}]},
            phrase | {"channel": 0, "offset": "PT9S", "recognitionStatus": "Failure"},
        ]
    }
    transcript = read(json.dumps(document).encode(), path="x.json")
    assert [(turn.speaker, turn.start, turn.end, turn.text) for turn in transcript.turns] == [
        ("Channel 0", 0.5, 1.5, "Guten Tag."), ("Channel 1", 2.0, 3.0, "Hallo."),
    ]  # fmt: skip
    assert transcript.notes == ("Phrases that were not recognised were left out: 1.",)


def test_google_tells_speakers_in_the_last_result_only() -> None:
    """The repeated words are there once, with their speakers and confidences."""
    transcript = sample("google_diarised")
    assert sum(len(turn.text.split()) for turn in transcript.turns) == sum(len(text.split()) for text in GERMAN)


def test_deepgram() -> None:
    """Utterances where there are any, else words with speakers, with the marks that were set."""
    utterances, words = sample("deepgram"), sample("deepgram_words")
    assert utterances.format == words.format == "deepgram"
    assert [(turn.speaker, turn.text) for turn in utterances.turns][1:3] == [
        ("Speaker 2", "Final steps before they begin the space walk."),
        ("Speaker 1", "Copy. Check display switch functional."),
    ]
    assert [turn.speaker for turn in words.turns] == ["Speaker 0", "Speaker 1"] * 2
    assert words.turns[0].text == "now. Have a great, great EVA."
    assert words.turns[0].silence == 1.015


def test_assemblyai_letters_name_no_part_in_the_call() -> None:
    """Speaker A is not read as a short word for agent."""
    transcript = sample("assemblyai")
    assert [(turn.speaker, turn.start, turn.end) for turn in transcript.turns] == [
        ("Speaker A", 0.17, 0.718), ("Speaker B", 0.884, 6.766),
    ]  # fmt: skip
    assert sample("assemblyai_one", one_sided=True).speakers[0].label == "Speaker A"


def test_words_here_and_speakers_there() -> None:
    """IBM Watson, BBC Kaldi and old Speechmatics files match words and speakers by time."""
    watson, kaldi, old = sample("ibm_watson"), sample("bbc_kaldi"), sample("speechmatics_v1")
    assert [turn.speaker for turn in watson.turns] == ["Speaker 1", "Speaker 0"]
    assert watson.turns[1].text.startswith("use this toy call the pleroma")
    assert watson.turns[1].doubtful[:3] == ("use", "call", "pleroma")
    assert [(turn.speaker, turn.start) for turn in kaldi.turns] == [("S12", 46.53), ("S10", 55.22)]
    assert kaldi.turns[1].text.startswith("We were watching the theatrics")
    assert [(turn.speaker, turn.start) for turn in old.turns] == [("F4", 46.52), ("F3", 55.27)]
    assert old.turns[0].text.startswith("And I thought it was super cool.")


def test_gong_parties_give_names_and_roles() -> None:
    """Internal serves, external is served; the call's date, duration and names are kept."""
    transcript = sample("gong")
    assert [(speaker.label, speaker.role) for speaker in transcript.speakers] == [
        ("Lee Harper", "agent"), ("Dana Ruiz", "customer"),
    ]  # fmt: skip
    assert transcript.turns[0].text == "Hi Dana, thanks for taking the time. What made you look at us?"
    assert (transcript.turns[1].start, transcript.turns[2].overlap) == (4.6, 0.1)
    meta = transcript.meta
    assert (meta.call_date, meta.agent, meta.customer, meta.duration) == (
        date(2026, 1, 12), "Lee Harper", "Dana Ruiz", 1800,
    )  # fmt: skip
    assert meta.ids == {"call": "77", "title": "Discovery"}


def test_gong_parties_in_a_file_beside(tmp_path: Path) -> None:
    """What `/v2/calls/extensive` answers, saved beside it, gives names and roles; by itself it is no call."""
    whole = json.loads((SAMPLES / "gong.json").read_text(encoding="utf-8"))
    parties = {"calls": whole.pop("calls")}
    call, beside = tmp_path / "call.json", tmp_path / "call.extensive.json"
    call.write_text(json.dumps(whole), encoding="utf-8")

    alone = read_path(str(call))
    beside.write_text(json.dumps(parties), encoding="utf-8-sig")
    together = read_path(str(call))

    assert any("NAME.extensive.json" in note and note_in(note, "de") != note for note in alone.notes)
    assert (together.turns, together.speakers, together.meta) == tuple(
        getattr(sample("gong"), name) for name in ("turns", "speakers", "meta")
    )
    with pytest.raises(UnreadableTranscriptError, match="without their words"):
        read_path(str(beside))
    beside.write_text("{broken", encoding="utf-8")
    with pytest.raises(UnreadableTranscriptError, match="not valid JSON") as raised:
        read_path(str(call))
    assert raised.value.place == str(beside)


def test_gong_without_parties_keeps_the_ids() -> None:
    """The answer of the transcript call alone."""
    document = json.loads((SAMPLES / "gong.json").read_text(encoding="utf-8"))
    del document["calls"]
    transcript = read(json.dumps(document).encode(), path="x.json")
    assert [speaker.label for speaker in transcript.speakers] == ["Speaker 11", "Speaker 22"]


def test_gecko() -> None:
    """Terms and marks."""
    transcript = sample("gecko")
    assert [turn.speaker for turn in transcript.turns] == ["Roger", "Virgil"] * 3
    assert transcript.turns[1].text.startswith("Yeah. I just… just got back from a week vacation")


def test_every_format_says_what_it_gives_and_shows_it() -> None:
    """The sample of each row is of that format, and gives what the row says."""
    for info in recognisers.FORMATS:
        transcript = read_path(str(ROOT / info.sample))
        assert transcript.format == info.name
        assert ("times" in info.reads) == any(turn.start is not None for turn in transcript.turns), info
        stated = [speaker for speaker in transcript.speakers if speaker.role != "unknown"]
        assert not stated or "roles" in info.reads, info
        assert not any(turn.doubtful for turn in transcript.turns) or "confidence" in info.reads, info


def test_sounds_that_a_recogniser_names_are_remarks() -> None:
    """Not speech, whichever way they are written; masks over words and placeholders stay."""
    rows = [
        {"start": 0, "end": 1, "text": "[Musik]", "speaker": None},
        {"start": 1, "end": 2, "text": "Guten Tag. (lacht)", "speaker": "A"},
        {"start": 2, "end": 3, "text": "♪♪"},
        {"start": 3, "end": 4, "text": "*räuspert sich* Mein Name ist [NAME], so ein *** Mist.", "speaker": "B"},
    ]
    transcript = read(json.dumps({"segments": rows}).encode(), path="x", one_sided=True)
    spoken = [(turn.speaker, turn.text, turn.remarks) for turn in transcript.turns]
    assert spoken == [
        ("Speaker A", "Guten Tag.", ("Musik", "lacht", "♪")),
        ("Speaker B", "Mein Name ist [NAME], so ein *** Mist.", ("räuspert sich",)),
    ]
    assert [(turn.start, turn.end) for turn in transcript.turns] == [(1, 2), (3, 4)]


@pytest.mark.parametrize(
    "wrapped",
    [
        lambda rows: rows,
        lambda rows: {"sentences": rows},
        lambda rows: {"data": rows},
        lambda rows: {"data": {"transcript": rows}},
    ],
)
def test_somebodys_own_json_is_read_where_it_names_texts_and_speakers(wrapped: Callable[[object], object]) -> None:
    """As Fireflies, tl;dv and scripts write it."""
    rows = [
        {"speaker_name": "Lee", "text": "What made you look at us?", "start_time": 0.5, "end_time": 2},
        {"speaker_name": "Dana", "text": "Our tool loses tickets.", "start_time": 2.5, "end_time": 4},
    ]
    transcript = read(json.dumps(wrapped(rows)).encode(), path="x.json")
    assert [(turn.speaker, turn.start, turn.end) for turn in transcript.turns] == [
        ("Lee", 0.5, 2), ("Dana", 2.5, 4),
    ]  # fmt: skip


def test_one_of_several_calls_is_named_behind_the_file() -> None:
    """Gong's calls by their ids."""
    document = json.loads((SAMPLES / "gong.json").read_text(encoding="utf-8"))
    spoken = document["callTranscripts"][0]
    document["callTranscripts"].insert(0, spoken | {"callId": "12", "transcript": spoken["transcript"][:2]})
    data = json.dumps(document).encode()
    assert len(read(data, path="x.json", part="12").turns) == 2
    chosen = read(data, path="x.json", part="77")
    assert (len(chosen.turns), chosen.meta.ids["title"]) == (3, "Discovery")
    with pytest.raises(UnreadableTranscriptError, match="12, 77") as caught:
        read(data, path="x.json")
    assert "x.json#12" in (caught.value.hint or "")
