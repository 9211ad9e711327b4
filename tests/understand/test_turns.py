"""What single turns show: questions, uptake, languages, roles, dates, moods."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.check import check
from coach.errors import SpeakerRoleError, UnreadableTranscriptError
from coach.model import Conversation, Language, Metadata, Speaker, Transcript, Turn
from coach.report.notes import note_in
from coach.rules import load_rules
from coach.understand import Choices, by_label, understand
from coach.understand.compared import Compared
from coach.understand.excerpt import in_context
from coach.understand.kin import Kin, Known, same_word
from coach.understand.language import language_of
from coach.understand.learned import load_model
from coach.understand.questions import questions
from coach.understand.roles import assigned
from coach.understand.sides import doubted
from coach.understand.structure import measured
from coach.understand.uptake import uptake
from coach.understand.words import words_of

BOOK = load_rules()


def talk(turns: Sequence[tuple[str, str]], *, meta: Metadata | None = None) -> Transcript:
    """A transcript of (label, words)."""
    labels = dict.fromkeys(label for label, _ in turns)
    return Transcript(
        path="call.txt",
        format="text",
        turns=tuple(Turn(number=at, speaker=label, text=text, line=at) for at, (label, text) in enumerate(turns, 1)),
        speakers=tuple(Speaker(label=label) for label in labels),
        meta=meta or Metadata(),
    )


@pytest.mark.parametrize(
    ("text", "language", "kinds"),
    [
        ("Was kostet das?", "de", ["wh"]),
        ("Geht das auch am Montag?", "de", ["yes-no"]),
        ("Soll ich warten oder kommen Sie vorbei?", "de", ["choice"]),
        ("Und wie lange dauert das?", "de", ["wh"]),
        ("Das ist gut.", "de", []),
        ("also was kostet das denn", "de", ["wh"]),
        ("und können sie das heute noch schicken", "de", ["yes-no"]),
        ("ich weiß was das kostet", "de", []),
        ("How much is it?", "en", ["wh"]),
        ("Is it urgent?", "en", ["yes-no"]),
        ("so how long are we talking", "en", ["wh"]),
        ("um can we go back to the old system", "en", ["yes-no"]),
        ("what is the price then", "en", ["wh"]),
        ("Would you like tea or coffee?", "en", ["choice"]),
        ("I know what it is.", "en", []),
    ],
)
def test_questions_are_seen_with_and_without_punctuation(text: str, language: Language, kinds: list[str]) -> None:
    """Question marks decide where there are any; word order does where there is no punctuation."""
    assert kinds == [question.kind for question in questions(words_of(text, language), language)]


def test_words_are_alike_when_inflected_or_compounded() -> None:
    """Inflections and parts of compounds count as the same word; chance beginnings do not."""
    assert same_word("vertrag", "vertraege") or same_word("vertrag", "vertrags")
    assert same_word("rechnung", "stromrechnung")
    assert same_word("booking", "bookings")
    assert not same_word("haus", "hans")
    assert not same_word("verlangen", "vergessen")


@given(
    word=st.text("ab", min_size=1, max_size=60),
    said=st.lists(st.text("ab", min_size=1, max_size=60), max_size=6),
)
def test_a_word_is_known_when_it_is_like_any_that_was_said(word: str, said: list[str]) -> None:
    """Many words together know what each of them knows alone, and likeness goes both ways."""
    kin = Kin([word, *said, "abba", "b" * 50])
    found = Known([word], kin).again(*[Known([other], kin) for other in said], Known(said, kin))
    assert (word in found) == any(same_word(word, other) for other in said)
    assert all(same_word(word, other) == same_word(other, word) for other in said)


@given(turns=st.lists(st.tuples(st.sampled_from("AB"), st.lists(st.sampled_from("abc"), max_size=12)), max_size=8))
def test_what_a_speaker_recites_are_runs_that_the_same_speaker_said(turns: list[tuple[str, list[str]]]) -> None:
    """Five words in a row that the speaker said before, as a share of all such runs of the turn."""
    said = [words_of(" ".join(words), "de") for _, words in turns]
    transcript = talk([(label, " ".join(words)) for label, words in turns])
    runs = [{tuple(words[at : at + 5]) for at in range(len(words) - 4)} for _, words in turns]
    found = measured(transcript.turns, ["agent"] * len(turns), said, Compared(said, "de"), "de")
    for index, (label, _) in enumerate(turns):
        before = set[tuple[str, ...]]().union(*[runs[at] for at in range(index) if turns[at][0] == label])
        share = len(runs[index] & before) / len(runs[index]) if runs[index] else 0
        assert found[index]["said-before"] == round(100 * share)


def test_a_reply_that_takes_up_measures_more_than_one_that_does_not() -> None:
    """Shared content counts, whatever its form."""
    said = words_of("Die Stromrechnung vom März ist doppelt abgebucht.", "de").words
    taken = uptake(said, words_of("Doppelt abgebucht, im März, das sehe ich.", "de").words, "de")
    passed = uptake(said, words_of("Wir haben gerade neue Tarife.", "de").words, "de")

    assert taken >= 50
    assert passed == 0


@given(
    before=st.lists(st.text("abcdefgh", min_size=1, max_size=9), max_size=12),
    reply=st.lists(st.text("abcdefgh", min_size=1, max_size=9), max_size=12),
)
def test_uptake_is_a_percentage(before: list[str], reply: list[str]) -> None:
    """Whatever is said, uptake stays between 0 and 100."""
    assert 0 <= uptake(before, reply, "en") <= 100


def test_the_language_is_told_from_small_words() -> None:
    """German with English terms stays German; a third language is refused by name."""
    assert (
        language_of(["Wir haben das Meeting mit dem Team auf Friday geschoben, weil das Budget nicht passt."], path="x")
        == "de"
    )
    assert language_of(["so what is it that you would like us to do"], path="x") == "en"
    with pytest.raises(UnreadableTranscriptError, match="French"):
        language_of(
            ["bonjour je vous appelle pour le contrat que vous avez chez nous", "non merci je ne veux pas"], path="x"
        )


CALL = (
    ("Weber", "Guten Tag, Weber von der Stadtbau, Sie hatten um Rückruf gebeten."),
    ("Lang", "Ja, hallo. Meine Heizung ist seit gestern kaputt, können Sie jemanden schicken?"),
    ("Weber", "Das tut mir leid. Ich schicke Ihnen morgen um acht einen Techniker."),
    ("Lang", "Danke, das hilft mir sehr."),
)


def roles(conversation: Conversation) -> dict[str, str]:
    """Label → role."""
    return {speaker.label: speaker.role for speaker in conversation.transcript.speakers}


def test_roles_come_from_what_is_said_and_not_from_who_begins() -> None:
    """The one who introduces a company and helps is the agent, whoever speaks first."""
    assert roles(understand(talk(CALL), BOOK)) == {"Weber": "agent", "Lang": "customer"}
    assert roles(understand(talk(CALL[1:]), BOOK)) == {"Weber": "agent", "Lang": "customer"}


def test_options_override_the_inferred_roles() -> None:
    """`--agent`, `--customer` and `--swap` decide."""
    for choices in (Choices(agents=("Lang",)), Choices(customers=("weber",)), Choices(swap=True)):
        assert roles(understand(talk(CALL), BOOK, choices=choices)) == {"Weber": "customer", "Lang": "agent"}


def test_labels_that_name_both_parts_are_never_outweighed() -> None:
    """What contradicts them is told, and nothing is changed; --swap still turns them round."""
    labelled = [("Kunde" if label == CALL[0][0] else "Berater", text) for label, text in CALL] * 4
    assert understand(talk(CALL), BOOK).transcript.speakers[0].role == "agent"
    found = understand(talk(tuple(labelled)), BOOK)
    assert roles(found) == {"Kunde": "customer", "Berater": "agent"}
    assert any("other way round" in note for note in found.transcript.notes)
    turned = understand(talk(tuple(labelled)), BOOK, choices=Choices(swap=True))
    assert roles(turned) == {"Kunde": "agent", "Berater": "customer"}


def test_an_endless_transcript_is_refused_and_its_length_told() -> None:
    """A million turns are no call, and judging them would take an hour."""
    with pytest.raises(UnreadableTranscriptError, match="20,002 turns"):
        understand(talk((("Agent", "Yes."), ("Customer", "No.")) * 10_001), BOOK)


def test_unclear_roles_are_an_error_with_the_labels_and_the_option() -> None:
    """The coach never guesses; it names the labels and what to type."""
    vague = (("Uwe", "Hm."), ("Ida", "Hm."), ("Uwe", "Tja."), ("Ida", "Tja."))

    with pytest.raises(SpeakerRoleError) as raised:
        understand(talk(vague), BOOK, choices=Choices(language="de"))

    assert "“Uwe”" in raised.value.message
    assert "--agent Uwe" in (raised.value.hint or "")


def late(turns: Sequence[tuple[str, str]], call_date: date | None = None) -> list[float | None]:
    """Days late per turn."""
    conversation = understand(talk(turns, meta=Metadata(call_date=call_date)), BOOK, choices=Choices(agents=("A",)))
    return [item.signals.get("days-late") for item in conversation.utterances]


def test_lateness_is_counted_from_spans_and_dates() -> None:
    """A span, two dates in a turn, or a date and the day of the call give the days."""
    assert late((("A", "Guten Tag."), ("K", "Ich habe vor drei Wochen geschrieben."), ("A", "Ja, hallo."))) == [
        None,
        None,
        21,
    ]
    assert late((("A", "You wrote to us on the third of March and today's the nineteenth."), ("K", "Yes, I did."))) == [
        16,
        None,
    ]
    assert late(
        (("A", "Sie haben am 27.10. eine Anfrage geschickt."), ("K", "Ja, das ist lange her.")), date(2025, 11, 18)
    ) == [22, None]
    assert late((("A", "Guten Tag, Sie waren vor drei Wochen im Urlaub."), ("K", "Ja, am Meer."))) == [None, None]


@pytest.mark.parametrize(
    ("said", "days", "days_undated"),
    [
        ("Ich habe Ihnen letzten Monat geschrieben.", 30, 30),
        ("I emailed you the week before last.", 14, 14),
        ("Ich hab am vorletzten Dienstag angerufen.", 10, 8),
        ("I rang on the Tuesday before last.", 10, 8),
        ("Ich habe am Montag letzter Woche angerufen.", 11, 7),
        ("I called last Tuesday.", 3, 1),
        ("Das war mein letzter Anruf bei Ihnen.", None, None),
    ],
)
def test_weekdays_and_last_month_are_counted_back(said: str, days: int | None, days_undated: int | None) -> None:
    """From the day of the call where it is known (here a Friday), else as near as the words allow."""
    english = said.startswith("I ")
    first, third = ("Good morning.", "Yes, how can I help?") if english else ("Guten Morgen.", "Ja, was kann ich tun?")
    turns = (("A", first), ("K", said), ("A", third))

    assert late(turns, date(2026, 11, 27))[2] == days
    assert late(turns)[2] == days_undated


def test_mood_falls_with_complaints_and_rises_with_joy() -> None:
    """The sign of the mood follows the wording; praise meant as a sneer counts as such."""
    turns = (
        ("A", "Guten Tag, hier ist Weber von der Stadtbau."),
        ("K", "Das ist ja wunderbar, vielen Dank, damit hätte ich nicht gerechnet!"),
        ("A", "Gern."),
        ("K", "Na toll, und wer zahlt mir das?"),
        ("A", "Das klären wir."),
        ("K", "Ich bin wirklich enttäuscht, das ist eine Frechheit."),
    )
    mood = dict(understand(talk(turns), BOOK, choices=Choices(agents=("A",))).mood)

    assert mood[2] > 0.3
    assert mood[4] < -0.3
    assert mood[6] < -0.3


def test_telling_of_a_death_is_no_warm_moment() -> None:
    """However politely it is told."""
    for said in ("Danke, das ist sehr nett von Ihnen!", "Danke, das ist sehr nett, mein Mann ist im Mai gestorben."):
        turns = (("A", "Guten Tag, Weber."), ("K", said), ("A", "Ja."))
        mood = dict(understand(talk(turns), BOOK, choices=Choices(agents=("A",))).mood)
        assert (mood[2] > 0.3) == ("gestorben" not in said)
        assert (mood[2] <= 0) == ("gestorben" in said)


def test_the_model_says_the_same_for_a_call_alone_and_among_others() -> None:
    """Probabilities are whole numbers that hang on the call alone: nothing of a call before remains."""
    model = load_model()
    if model is None:
        pytest.fail("no model is shipped")
    first = understand(talk(CALL), BOOK)
    understand(talk(tuple((label, text.upper()) for label, text in CALL)), BOOK)
    again = understand(talk(CALL), BOOK)

    assert first == again
    likely = [value for item in first.utterances for name, value in item.signals.items() if name.startswith("likely-")]
    assert likely
    assert all(value == int(value) and 0 <= value <= 100 for value in likely)


def test_without_the_model_cues_and_structure_remain() -> None:
    """`--no-model` gives no probabilities, and what cues say still stands."""
    conversation = understand(talk(CALL), BOOK, choices=Choices(model=False))

    assert not any(name.startswith("likely-") for item in conversation.utterances for name in item.signals)
    assert "apology" in conversation.utterances[2].acts


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("Kundenservice", "agent"),
        ("Customer Service", "agent"),
        ("Tammen, Bürgerbüro", "agent"),
        ("Kundenberaterin", "agent"),
        ("Kundin", "customer"),
        ("Bankkunde", "customer"),
        ("Frau Roth, Mieterin", "customer"),
        ("Customer", "customer"),
    ],
)
def test_compound_labels_are_what_their_last_part_says(label: str, role: str) -> None:
    """`Kundenservice` serves, though it begins with the customer."""
    assert by_label(Speaker(label=label)).role == role


SAID = "Das ist ein Satz von zehn Wörtern, die nichts weiter sagen."


@pytest.mark.parametrize(
    ("evidence", "note"),
    [
        ({"Anna": 9.0, "Ben": -8.0, "Cem": 6.0}, None),
        ({"Anna": 9.0, "Ben": -8.0, "Cem": 0.5}, "whose side “Cem” is on"),
        ({"Anna": 9.0, "Ben": -8.0, "Cem": 6.0, "Dora": -5.0}, "4 people say much"),
        ({"Anna": 9.0, "Ben": 6.0}, "sound like the one who serves"),
        ({"Anna": -9.0, "Ben": -6.0}, "sound like the one who is served"),
        ({"Anna": 9.0, "Ben": 1.0}, None),
        ({"Berater": 9.0, "Ben": -8.0, "Cem": 0.5, "Dora": 0.1}, None),
        ({"Anna": 9.0, "Kunde": 6.0}, None),
    ],
)
def test_talks_without_two_sides_are_doubted(evidence: dict[str, float], note: str | None) -> None:
    """Meetings, somebody on neither side, two who sound alike; a label that tells who serves settles it."""
    made = talk([(label, SAID) for label in evidence] * 3)
    sure = tuple(Speaker(label=label, role="agent", confidence=0.99) for label in evidence)
    speakers, notes = doubted(made, sure, {label: (score, ()) for label, score in evidence.items()})

    if note is None:
        assert (speakers, notes) == (sure, ())
    else:
        assert note in notes[0]
        assert {speaker.confidence for speaker in speakers} == {0.6}
        assert note_in(notes[0], "de") != notes[0]


def test_of_three_people_each_role_is_as_sure_as_its_own_evidence() -> None:
    """Two who clearly stand on their sides do not make the third certain; too little on all sides is refused."""
    made = talk([(label, SAID) for label in ("Anna", "Ben", "Cem")] * 3)
    speakers = assigned(made, {"Anna": (9.0, ()), "Ben": (-8.0, ()), "Cem": (1.0, ())})

    assert [speaker.role for speaker in speakers] == ["agent", "customer", "agent"]
    assert speakers[0].confidence > 0.99
    assert speakers[1].confidence > 0.99
    assert speakers[2].confidence < 0.8
    with pytest.raises(SpeakerRoleError, match="not clear who is the agent"):
        assigned(made, {"Anna": (0.6, ()), "Ben": (-0.5, ()), "Cem": (0.1, ())})


@pytest.mark.parametrize(("after", "seconds"), [(8.0, 8.0), (300.0, None)])
def test_the_wait_between_lines_of_a_chat_is_no_talking(after: float, seconds: float | None) -> None:
    """A line without an end of its own lasts until the next begins, unless nobody speaks that slowly."""
    turns = [
        Turn(number=1, speaker="A", text="Good morning, what can I do for you today?", start=0.0),
        Turn(number=2, speaker="C", text="My bill is wrong.", start=after),
    ]
    words = [words_of(turn.text, "en") for turn in turns]
    found = measured(turns, ["agent", "customer"], words, Compared(words, "en"), "en")

    assert found[0].get("stretch-seconds") == seconds


def test_findings_are_no_surer_than_the_roles() -> None:
    """Where it is doubtful who serves no finding is sure; a user who says it makes them sure again."""
    no = "Nein danke, ich habe wirklich kein Interesse daran, das können Sie sich sparen."
    pitch = "Das Paket kostet nur zwanzig Euro im Monat, das bekommen Sie nirgends günstiger, greifen Sie zu."
    said = [("Anna", pitch), ("Ben", no), ("Anna", pitch), *((who, SAID) for who in ("Cem", "Dora", "Emil"))] * 2
    named = Choices(agents=("Anna",), customers=("Ben",))

    def confidences(conversation: Conversation) -> set[str]:
        return {finding.confidence for finding in check(conversation, BOOK, report_language="de")[0]}

    assert "high" in confidences(understand(talk(said), BOOK, choices=named))
    guessed = confidences(understand(talk(said), BOOK))
    assert guessed
    assert "high" not in guessed


def test_a_lecture_is_refused_with_the_way_on() -> None:
    """One person says nearly all; whoever says who serves gets a report, and so do labels that tell it."""
    serves = "Guten Tag, was kann ich für Sie tun? Ich schaue gern für Sie nach und schicke Ihnen die Rechnung zu. " * 6
    said = [("Anna", serves), ("Ben", "Ja, meine Rechnung."), ("Anna", serves), ("Ben", "Gut.")] * 2

    with pytest.raises(SpeakerRoleError, match="“Anna” says 9") as raised:
        understand(talk(said), BOOK)
    assert "--agent Anna" in (raised.value.hint or "")
    assert understand(talk(said), BOOK, choices=Choices(agents=("Anna",))).utterances
    told = [({"Anna": "Berater", "Ben": "Kunde"}[who], words) for who, words in said]
    assert understand(talk(told), BOOK).utterances


def test_who_is_who_is_asked_where_nobody_is_the_customer() -> None:
    """Two who sound like agents and one who says next to nothing make no call."""
    made = talk([("F4", SAID * 9), ("F3", SAID * 9), ("F2", "So.")])

    with pytest.raises(SpeakerRoleError, match="not clear who is the agent"):
        assigned(made, {"F4": (13.0, ()), "F3": (9.0, ()), "F2": (-0.5, ())})


@pytest.mark.parametrize(
    ("before", "reply", "overlap", "cut"),
    [
        ("Seit drei Wochen ist das Wasser kalt und dann", "Ich trage jetzt erst mal die Adresse ein.", 1.0, 1.0),
        ("Seit drei Wochen ist das Wasser kalt und dann", "Ja, verstehe. Oje.", 1.5, 0.0),
        ("Seit drei Wochen ist das Wasser kalt.", "Ich trage jetzt erst mal die Adresse ein.", 1.0, 0.0),
        ("Seit drei Wochen ist das Wasser kalt.", "Ich trage jetzt erst mal die Adresse ein.", 4.5, 0.0),
        ("Seit drei Wochen ist das Wasser kalt.", "Ich trage jetzt erst mal die Adresse ein.", 5.5, 5.5),
        ("Ja, gut", "Ich trage jetzt erst mal die Adresse ein.", 1.0, 0.0),
    ],
)
def test_an_overlap_cuts_off_where_it_takes_the_floor(before: str, reply: str, overlap: float, cut: float) -> None:
    """Back-channels, sentences that were nearly over and short answers are none."""
    made = talk((*CALL, ("Lang", before), ("Weber", reply)))
    made = replace(made, turns=(*made.turns[:-1], replace(made.turns[-1], overlap=overlap)))
    assert understand(made, BOOK).utterances[-1].signals["cut-off"] == cut


def test_a_talk_of_a_few_turns_is_doubted_where_no_label_tells_who_serves() -> None:
    """Four turns of a meeting are no call; labels or --agent settle it."""
    short = talk(CALL[:4])
    found = understand(short, BOOK)
    assert all(speaker.confidence <= 0.6 for speaker in found.transcript.speakers)
    assert any("too short" in note for note in found.transcript.notes)
    assert not understand(short, BOOK, choices=Choices(agents=("Weber",))).transcript.notes


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("Ja. Donnerstag passt mir gut.", "donnerstag", "Donnerstag passt mir gut"),
        ("Ja.", "ja", "Ja"),
        (
            "Ach so, das habe ich schon unterschrieben, danke.",
            "habe ich schon unterschrieben",
            "habe ich schon unterschrieben",
        ),
        (
            "Und nun kommt also der Termin am Montag um zehn Uhr bei uns",
            "Termin",
            "kommt also der Termin am Montag um …",
        ),
        ("Ganz etwas anderes.", "nicht darin", "nicht darin"),
    ],
)
def test_a_sign_is_quoted_with_the_words_it_belongs_to(text: str, words: str, shown: str) -> None:
    """A single word tells nothing to whoever reads why somebody is taken for the agent."""
    assert in_context(text, words) == shown
