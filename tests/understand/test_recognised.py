"""What was not heard for sure proves nothing alone; sides that were mixed up are noticed; stated roles are kept."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from coach.check import check
from coach.errors import UnreadableTranscriptError
from coach.model import Conversation, Finding, Metadata, Speaker, Transcript, Turn
from coach.read import read_path
from coach.rules import load_rules
from coach.understand import Choices, understand

BOOK = load_rules(())
ROOT = Path(__file__).resolve().parent.parent.parent
TALK = (
    ("Agent", "Guten Tag, Becker von der Wohnbau, ich habe ein tolles Angebot für Sie."),
    ("Kunde", "Nein danke, ich habe kein Interesse."),
    ("Agent", "Das Paket kostet nur zwanzig Euro im Monat, das bekommen Sie nirgends günstiger."),
    ("Kunde", "Ich sagte doch, kein Interesse."),
    ("Agent", "Aber ich kann Ihnen das noch mal vorrechnen, dann sparen Sie dreihundert Euro."),
    ("Kunde", "Nein."),
)


def talk(turns: Sequence[tuple[str, str]], *, doubtful: bool = False, meta: Metadata | None = None) -> Transcript:
    """A call; with `doubtful` every word of the customer was heard badly."""
    made = tuple(
        Turn(number=n, speaker=who, text=text, doubtful=tuple(text.split()) if doubtful and who == "Kunde" else ())
        for n, (who, text) in enumerate(turns, start=1)
    )
    labels = dict.fromkeys(who for who, _ in turns)
    return Transcript(
        path="x", format="x", turns=made, speakers=tuple(Speaker(label=who) for who in labels), meta=meta or Metadata()
    )


def understood(transcript: Transcript, **choices: object) -> Conversation:
    """The call, by phrases and structure unless said otherwise."""
    return understand(transcript, BOOK, choices=Choices(**{"model": False, "language": "de", **choices}))  # type: ignore[arg-type]


def findings(conversation: Conversation) -> tuple[Finding, ...]:
    """What the rules find."""
    return check(conversation, BOOK, report_language="de")[0]


def test_doubtful_words_alone_make_no_act() -> None:
    """The refusal counts where one word of it was heard for sure, and not where none was."""
    sure = understood(talk(TALK)).utterances[1]
    assert any(act.source == "cue" and "Interesse" in act.words for act in sure.acts.values())

    heard_badly = understood(talk(TALK, doubtful=True)).utterances[1]
    assert not any(act.source == "cue" for act in heard_badly.acts.values())

    half = talk(TALK)
    turns = (half.turns[0], replace(half.turns[1], doubtful=("Nein", "kein")), *half.turns[2:])
    assert understood(replace(half, turns=turns)).utterances[1].acts.keys() == sure.acts.keys()


def test_findings_on_turns_that_were_guessed_are_of_low_confidence() -> None:
    """Whatever else found them: the model, the structure."""
    clear = findings(understood(talk(TALK), model=True))
    assert any(finding.rule == "pitch-after-refusal" and finding.confidence != "low" for finding in clear)

    guessed = findings(understood(talk(TALK, doubtful=True), model=True))
    resting = [finding for finding in guessed if finding.rule == "pitch-after-refusal"]
    assert all(finding.confidence == "low" for finding in resting)


def test_what_was_learned_from_guessed_words_counts_for_little() -> None:
    """Half of the words with content are enough, in the turn or in the one before it."""
    made = talk(TALK)
    customer = made.turns[1]
    turns = (made.turns[0], replace(customer, doubtful=("danke", "Interesse")), *made.turns[2:])
    guessed = understood(replace(made, turns=turns), model=True)

    assert guessed.utterances[1].signals["doubt"] >= 50
    assert "doubt" not in guessed.utterances[2].signals
    after = [finding for finding in findings(guessed) if finding.turn == 3]
    assert after
    assert all(finding.confidence == "low" for finding in after)


def test_strengths_need_words_that_were_heard() -> None:
    """A refusal that was guessed proves nothing about its acceptance."""
    praise = (
        ("Kunde", "Nein danke, ich habe kein Interesse."),
        ("Agent", "Das verstehe ich, dann danke ich Ihnen für Ihre Zeit und wünsche Ihnen einen schönen Tag."),
    )

    def strengths(*, doubtful: bool) -> list[str]:
        call = understood(talk(praise, doubtful=doubtful), model=True, agents=("Agent",))
        return [strength.rule for strength in check(call, BOOK, report_language="de")[1]]

    assert strengths(doubtful=False) == ["accepts-refusal"]
    assert strengths(doubtful=True) == []


def test_stated_roles_decide_and_give_way_to_the_user() -> None:
    """The format's roles go before the words; --agent and --swap before the format's."""
    sample = read_path(str(ROOT / "tests" / "read" / "samples" / "contact_lens_voice.json"))

    def role(**choices: object) -> dict[str, str]:
        made = understood(sample, language="en", **choices)
        return {speaker.label: speaker.role for speaker in made.transcript.speakers}

    assert role() == {"Agent": "agent", "Customer": "customer"}
    assert role(swap=True) == {"Agent": "customer", "Customer": "agent"}
    assert role(agents=("Customer",)) == {"Agent": "customer", "Customer": "agent"}
    speakers = understood(sample, language="en").transcript.speakers
    assert speakers[0].evidence[0] == "ParticipantRole AGENT"
    assert speakers[0].confidence == 1.0


def test_who_is_beside_the_call_is_neither_side() -> None:
    """The chat's system stays what the format says."""
    sample = read_path(str(ROOT / "tests" / "read" / "samples" / "contact_lens_chat.json"))
    made = understood(sample, language="en")
    assert [speaker.role for speaker in made.transcript.speakers] == ["other", "customer", "agent"]


def test_another_language_is_refused_by_name() -> None:
    """Where the file states it; --lang says otherwise."""
    catalan = talk(TALK, meta=Metadata(language="ca"))
    with pytest.raises(UnreadableTranscriptError, match="Catalan") as caught:
        understand(catalan, BOOK)
    assert "--lang" in (caught.value.hint or "")
    assert understood(catalan).language == "de"


LONG = (
    ("Agent", "Guten Tag, Stadtwerke Neuburg, mein Name ist Becker, was kann ich für Sie tun?"),
    ("Kunde", "Ja, guten Tag, ich hab hier eine Rechnung bekommen, die versteh ich nicht."),
    ("Agent", "Das schaue ich mir gern für Sie an. Haben Sie Ihre Kundennummer zur Hand?"),
    ("Kunde", "Moment, ich muss die mal suchen, meine Frau hat die abgelegt."),
    ("Agent", "Kein Problem, lassen Sie sich Zeit. Ich kann Ihnen sonst auch über die Adresse helfen."),
    ("Kunde", "Hier, 4711. Ich zahl doch immer pünktlich, und jetzt soll ich das Doppelte zahlen."),
    ("Agent", "Ich sehe in unserem System, dass der Zähler geschätzt wurde. Das korrigieren wir für Sie."),
    ("Kunde", "Na, da bin ich ja mal gespannt, ich hatte mich schon so geärgert."),
    ("Agent", "Ich schicke Ihnen morgen eine neue Rechnung zu. Darf ich Ihre E-Mail-Adresse notieren?"),
    ("Kunde", "Ich hab keine E-Mail, mein Mann macht das immer, schicken Sie mir das bitte mit der Post."),
    ("Agent", "Gern, dann schicke ich Ihnen das per Post zu. Kann ich sonst noch etwas für Sie tun?"),
    ("Kunde", "Nein, das war alles, ich bin froh, dass das geklappt hat."),
    ("Agent", "Vielen Dank für Ihren Anruf bei den Stadtwerken, ich wünsche Ihnen einen schönen Tag."),
    ("Kunde", "Danke, Ihnen auch, tschüss."),
)


def swapped(turns: Sequence[tuple[str, str]], first: int) -> list[tuple[str, str]]:
    """The call with the labels the wrong way round from a turn on."""
    other = {"Agent": "Kunde", "Kunde": "Agent"}
    return [(other[who] if at >= first else who, text) for at, (who, text) in enumerate(turns)]


def test_speakers_swapped_in_mid_call_are_reported_and_not_mended() -> None:
    """From which turn to which; the turns stay as they are. A call with right labels gets no note."""
    assert understood(talk(LONG)).transcript.notes == ()
    mixed = swapped(LONG, 7)
    found = understood(talk(mixed)).transcript
    assert len(found.notes) == 1
    assert "seem to be swapped" in found.notes[0]
    assert [(turn.speaker, turn.text) for turn in found.turns] == mixed


def test_stated_roles_that_the_words_contradict_are_reported() -> None:
    """The file's roles are kept; the option is named."""
    wrong = talk(swapped(LONG, 0))
    roles = {"Agent": "agent", "Kunde": "customer"}
    stated = tuple(replace(speaker, role=roles[speaker.label]) for speaker in wrong.speakers)  # type: ignore[arg-type]
    found = understood(replace(wrong, speakers=stated)).transcript
    assert {speaker.label: speaker.role for speaker in found.speakers} == roles
    assert any("--swap" in note for note in found.notes)
    assert understood(replace(wrong, speakers=stated), swap=True).transcript.notes == ()
