"""The key figures measure what they say, by time where there are time stamps and by words where not."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.call import review_transcript
from coach.config import Config
from coach.metrics import METRICS, metrics
from coach.model import Act, Conversation, Finding, Language, Metadata, Role, Strength, Transcript, Turn, Utterance
from coach.profiles import load_profiles
from coach.read import read
from coach.rules import load_rules
from coach.scorefile import load_bands

RULES = Path(__file__).resolve().parent.parent / "rules"
BANDS = load_bands([str(RULES)])


def said(
    role: Role,
    text: str,
    *acts: str,
    at: tuple[float | None, float | None] = (None, None),
    signals: Mapping[str, float] | None = None,
    overlap: float = 0.0,
    silence: float = 0.0,
) -> Utterance:
    """A turn, not yet numbered."""
    turn = Turn(number=1, speaker=role, text=text, start=at[0], end=at[1], overlap=overlap, silence=silence)
    return Utterance(
        turn=turn,
        role=role,
        words=tuple(text.lower().split()),
        acts={name: Act(name=name, score=100) for name in acts},
        signals=signals or {},
    )


def call(*items: Utterance, language: Language = "de", duration: float | None = None) -> Conversation:
    """The turns numbered from 1."""
    numbered = []
    for number, item in enumerate(items, start=1):
        turn = item.turn
        fields = {name: getattr(turn, name) for name in Turn.__dataclass_fields__}
        numbered.append(
            Utterance(
                turn=Turn(**{**fields, "number": number}),
                role=item.role,
                words=item.words,
                acts=item.acts,
                signals=item.signals,
            )
        )
    return Conversation(
        transcript=Transcript(
            path="call.txt",
            format="text",
            turns=tuple(item.turn for item in numbered),
            speakers=(),
            meta=Metadata(duration=duration),
        ),
        language=language,
        address="sie",
        utterances=tuple(numbered),
    )


def finding(rule: str, turn: int, confidence: str = "high") -> Finding:
    """A finding of this rule at this turn."""
    return Finding(
        rule=rule,
        dimension="listening",
        severity="error",
        confidence=confidence,  # type: ignore[arg-type]  # one of the three words
        turn=turn,
        line=None,
        title="",
        message="",
        why="",
        instead="",
        quote="",
    )


def measured(*items: Utterance, language: Language = "de") -> Mapping[str, float | None]:
    """The metrics of these turns, without findings."""
    return metrics(call(*items, language=language), [], [])


texts = st.lists(st.sampled_from(("ja", "äh", "preis", "vertrag", "um", "warum")), max_size=12).map(" ".join)
acts = st.lists(
    st.sampled_from(("question-open", "question-closed", "question-wh", "fact", "refusal", "objection", "paraphrase")),
    max_size=3,
)


@st.composite
def timed_calls(draw: st.DrawFn) -> Conversation:
    """Calls with and without times, overlapping or with silence between the turns."""
    clock = 0.0
    items = []
    timed = draw(st.booleans())
    for _ in range(draw(st.integers(0, 20))):
        start = clock + draw(st.floats(-2, 5, allow_nan=False))
        start = max(0.0, start)
        clock = start + draw(st.floats(0, 20, allow_nan=False))
        at = (start, clock) if timed else (None, None)
        role: Role = draw(st.sampled_from(("agent", "customer", "other")))
        items.append(said(role, draw(texts), *draw(acts), at=at, overlap=draw(st.sampled_from((0.0, 1.0)))))
    return call(*items, language=draw(st.sampled_from(("de", "en"))))


@given(
    of=timed_calls(),
    faults=st.lists(st.tuples(st.sampled_from(("ignored-question", "interruption")), st.integers(1, 20))),
)
def test_every_metric_is_there_and_within_its_range(of: Conversation, faults: Sequence[tuple[str, int]]) -> None:
    """Shares are 0 to 1, nothing is negative, nothing is missing."""
    found = metrics(of, [finding(rule, turn) for rule, turn in faults], [])

    assert tuple(found) == METRICS
    assert all(value is None or value >= 0 for value in found.values())
    assert all(value is None or value <= 1 for name, value in found.items() if name.endswith("_share"))


@given(of=timed_calls())
def test_open_and_closed_questions_add_up(of: Conversation) -> None:
    """Never more of them than questions in all."""
    found = metrics(of, [], [])
    if found["questions"] is not None:
        assert (found["questions_open"] or 0) + (found["questions_closed"] or 0) <= found["questions"]


def test_talk_share_goes_by_time_where_all_turns_have_times() -> None:
    """Two words in nine seconds are more talk than six words in three."""
    found = measured(
        said("agent", "also gut", at=(0, 9)), said("customer", "eins zwei drei vier fünf sechs", at=(9, 12))
    )

    assert found["by_time"] == 1
    assert found["agent_talk_share"] == 0.75
    assert found["duration_seconds"] == 12


def test_talk_share_goes_by_words_where_a_time_is_missing() -> None:
    """One turn without an end suffices."""
    found = measured(
        said("agent", "also gut", at=(0, 9)), said("customer", "eins zwei drei vier fünf sechs", at=(9, None))
    )

    assert found["by_time"] == 0
    assert found["agent_talk_share"] == 0.25
    assert found["duration_seconds"] is None


def test_without_times_nothing_that_needs_them_is_measured() -> None:
    """None, not nought."""
    found = measured(said("agent", "guten tag"), said("customer", "hallo"))
    timed = [name for name in METRICS if "seconds" in name or "latency" in name or "minute" in name]

    assert {found[name] for name in (*timed, "silence_share")} == {None}


def test_a_one_sided_call_has_no_talk_share() -> None:
    """There is nobody to share with."""
    assert measured(said("agent", "guten tag"))["agent_talk_share"] is None


def test_the_longest_stretch_is_the_one_that_was_measured_over_backchannels() -> None:
    """A stretch of 130 words with an “mhm” in it, not the 3 words of the turn."""
    found = measured(
        said("agent", "eins zwei drei", signals={"stretch-words": 130.0}),
        said("customer", "mhm"),
        said("agent", "vier", signals={"stretch-words": 0.0}),
        said("customer", "das war eine lange geschichte"),
    )

    assert found["longest_monologue_words"] == 130
    assert found["longest_story_words"] == 5


def test_questions_are_counted_by_kind() -> None:
    """Two open ones in a turn, one closed, one turn with both; a choice counts as closed."""
    found = measured(
        said("agent", "was wie", "question-open", signals={"questions": 2}),
        said("customer", "so und so"),
        said("agent", "ist es so", "question-closed", signals={"questions": 1}),
        said("customer", "ja"),
        said("agent", "was und a oder b", "question-open", "question-choice", signals={"questions": 2}),
    )

    assert (found["questions"], found["questions_open"], found["questions_closed"]) == (5, 3, 2)
    assert found["questions_open_share"] == 0.6


def test_no_question_has_no_share() -> None:
    """Nought by nought is not measured."""
    found = measured(said("agent", "so ist das"), said("customer", "aha"))

    assert found["questions"] == 0
    assert found["questions_open_share"] is None
    assert found["paraphrases_per_question"] is None


def test_a_question_is_followed_up_where_the_reply_is_taken_up() -> None:
    """By an act or by uptake; replies of a word are not expected to be."""
    found = measured(
        said("agent", "was fehlt", "question-open"),
        said("customer", "die rechnung vom mai"),
        said("agent", "die vom mai also", "paraphrase"),
        said("agent", "und sonst", "question-open"),
        said("customer", "der vertrag liegt falsch"),
        said("agent", "wir haben auch strom"),
        said("agent", "passt das", "question-closed"),
        said("customer", "ja"),
        said("agent", "gut"),
    )

    assert found["questions_followed_up_share"] == 0.5


def test_paraphrases_count_each_turn_once() -> None:
    """A turn that is both a paraphrase and a strength is one."""
    strength = Strength(rule="acknowledges", dimension="listening", turn=2, line=None, title="", message="", quote="")
    of = call(said("customer", "es ist kalt"), said("agent", "kalt also was fehlt", "paraphrase", "question-open"))
    found = metrics(of, [], [strength])

    assert found["paraphrases"] == 1
    assert found["paraphrases_per_question"] == 1


def test_pauses_are_those_before_the_agent_answers() -> None:
    """Overlap is no negative pause; those after objections are apart; the customer's own do not count."""
    found = measured(
        said("customer", "guten tag", at=(0, 2)),
        said("agent", "guten tag", at=(3, 5)),
        said("customer", "zu teuer", "objection", at=(10, 12)),
        said("agent", "ich verstehe", at=(14, 15)),
        said("customer", "gut", at=(15, 17)),
        said("agent", "eben", at=(16, 18)),
    )

    assert found["latency_mean"] == 1.0
    assert found["latency_after_objections"] == 2.0


def test_silence_is_what_lies_between_and_inside_the_turns() -> None:
    """Three seconds between, two inside, of ten."""
    found = measured(said("agent", "a", at=(0, 4), silence=2.0), said("customer", "b", at=(7, 10)))

    assert found["silence_share"] == 0.5


def test_interruptions_leave_out_backchannels_and_count_a_turn_once() -> None:
    """An overlap, a finding at the same turn, an “mhm”, an unsure finding: one interruption."""
    of = call(
        said("customer", "also ich wollte"),
        said("agent", "das geht nicht", signals={"cut-off": 1.2}),
        said("customer", "ja aber"),
        said("agent", "mhm", "backchannel", signals={"cut-off": 1.0}),
        said("agent", "gut"),
    )

    assert metrics(of, [finding("interruption", 2), finding("interruption", 5, "low")], [])["interruptions"] == 1


def test_pace_is_the_agents_in_words_and_in_german_in_syllables() -> None:
    """Three words, five syllables in two seconds."""
    agent = said("agent", "rechnung kommt morgen", at=(0, 2))
    customer = said("customer", "aha", at=(2, 9))

    assert measured(agent, customer)["words_per_minute"] == 90
    assert measured(agent, customer)["syllables_per_minute"] == 5 * 30
    assert measured(agent, customer, language="en")["syllables_per_minute"] is None


@pytest.mark.parametrize(
    ("language", "text"), [("de", "äh das ist ähm gut"), ("de", "aeh das ist aehm gut"), ("en", "um that is uh fine")]
)
def test_fillers_are_counted_in_both_languages(language: Language, text: str) -> None:
    """Two of five words, umlauts written out or not."""
    found = measured(said("agent", text, at=(0, 30)), said("customer", "um äh", at=(30, 31)), language=language)

    assert found["fillers_per_100_words"] == 40
    assert found["fillers_per_minute"] == 4


def test_shares_of_answered_taken_up_and_respected_follow_the_findings() -> None:
    """Of two questions one was ignored, of two statements none, the refusal was met with a pitch."""
    of = call(
        said("customer", "was kostet das", "question-wh"),
        said("agent", "schön dass sie fragen"),
        said("customer", "es ist kalt und wie lange", "fact", "question-wh"),
        said("agent", "das ist schlimm bis freitag"),
        said("customer", "ich will nicht", "refusal", "objection"),
        said("agent", "aber der preis"),
    )
    found = metrics(of, [finding("ignored-question", 2), finding("pitch-after-refusal", 6)], [])

    assert found["customer_questions_answered_share"] == 0.5
    assert found["statements_taken_up_share"] == 1
    assert found["refusals_respected_share"] == 0


def test_an_unsure_finding_is_doubt_enough() -> None:
    """Nobody is told that all was taken up or answered beside a finding, shown or not, that says otherwise."""
    of = call(
        said("customer", "die lieferung kam nie", "complaint"),
        said("agent", "ihre kundennummer bitte"),
        said("customer", "was kostet das", "question-wh"),
        said("agent", "das steht im portal"),
    )
    found = metrics(of, [finding("missing-apology", 2, "low"), finding("ignored-question", 4, "low")], [])

    assert found["statements_taken_up_share"] == 0
    assert found["customer_questions_answered_share"] == 0


def test_what_a_finding_says_was_passed_over_counts_as_said() -> None:
    """Else the report would say that everything was taken up, beside a statement that was not."""
    of = call(
        said("customer", "es ist kalt", "fact"),
        said("agent", "das ist schlimm"),
        said("customer", "mein mann liegt in der klinik"),
        said("agent", "ihre kundennummer bitte"),
        said("customer", "vierundvierzig"),
        said("agent", "danke"),
    )
    found = metrics(of, [finding("ignored-statement", 4)], [])

    assert found["statements"] == 2
    assert found["statements_taken_up_share"] == 0.5


def test_a_refusal_that_ends_the_call_is_no_matter_of_respect() -> None:
    """The agent has no turn left in which to accept it."""
    found = measured(said("agent", "guten tag"), said("customer", "nein danke", "refusal"))

    assert found["refusals"] == 0
    assert found["refusals_respected_share"] is None


def test_an_empty_call_is_measured_without_error() -> None:
    """Nothing to count, nothing to divide by."""
    found = measured()

    assert found["turns"] == 0
    assert found["agent_talk_share"] is None


def test_every_band_is_of_a_metric_and_has_label_and_source_in_both_languages() -> None:
    """A band without a metric would never be shown; one without a source would be a verdict."""
    assert set(BANDS) <= set(METRICS)
    assert all(band.label[language] and band.source[language] for band in BANDS.values() for language in ("de", "en"))
    shares = {name for name in BANDS if name.endswith("_share")}
    assert shares == {name for name, band in BANDS.items() if band.unit == "share"}


def test_bands_without_bounds_say_so() -> None:
    """And those with bounds do not."""
    without = {name for name, band in BANDS.items() if band.least is None and band.most is None}

    assert without == {name for name, band in BANDS.items() if "No band" in band.source["en"]}


def test_the_talk_share_of_sales_calls_is_no_guide_for_others() -> None:
    """Nor for calls whose kind nobody knows; the profiles that it names exist."""
    band = BANDS["agent_talk_share"]

    assert band.holds("de", "discovery")
    assert not band.holds("de", "service")
    assert not band.holds("en", None)
    assert set(band.profiles) <= set(load_profiles(load_rules()))
    assert BANDS["questions"].holds("en", None)


def test_the_guide_for_monologues_is_that_of_the_rule_in_force(tmp_path: Path) -> None:
    """A changed copy of the rule moves the guide beside the figure, and the settings file goes before it."""
    shipped = (RULES / "eye-level" / "monologue.yml").read_text(encoding="utf-8")
    copy = tmp_path / "eye-level" / "monologue.yml"
    copy.parent.mkdir()
    copy.write_text(shipped.replace("words: 120", "words: 45"), encoding="utf-8")
    call = read(b"Agent: Hello, what can I do for you?\nCustomer: Nothing, thanks.\n", path="x")

    def most(config: Config) -> float | None:
        return review_transcript(call, load_rules(config.rules), config).bands["longest_monologue_words"].most

    assert most(Config(rules=(tmp_path,))) == 45
    assert most(Config(rules=(tmp_path,), settings={"monologue": {"words": 30}})) == 30
