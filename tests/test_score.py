"""The score keeps its promises: 0 to 100, 50 for the ordinary, never lower for a fault less or a strength more."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.errors import RuleFileError
from coach.focus import exercise, focus
from coach.model import (
    DIMENSIONS,
    Act,
    Confidence,
    Conversation,
    Finding,
    Phase,
    Related,
    Role,
    Scorecard,
    Severity,
    Strength,
    Transcript,
    Turn,
    Utterance,
)
from coach.rules import load_rules
from coach.score import ScoreSettings, opportunities, scorecard
from coach.scorefile import load_bands, load_settings
from coach.signals import BUILT_IN_ACTS

RULES = Path(__file__).resolve().parent.parent / "rules"
SETTINGS = load_settings([str(RULES)])

FINDINGS: Mapping[str, tuple[str, Severity]] = {
    "ignored-statement": ("listening", "error"),
    "ignored-question": ("listening", "error"),
    "customer-repeats": ("listening", "warning"),
    "no-needs-analysis": ("listening", "note"),
    "pitch-after-refusal": ("respect", "error"),
    "no-graceful-exit": ("respect", "error"),
    "bare-answer": ("eye-level", "warning"),
    "unexplained-jargon": ("eye-level", "note"),
    "talking-down": ("eye-level", "error"),
    "missing-apology": ("honesty", "error"),
    "overpromise": ("honesty", "warning"),
    "vague-commitment": ("care", "warning"),
    "no-next-step": ("care", "note"),
    "overhype": ("enthusiasm", "note"),
    "a-rule-of-ones-own": ("honesty", "warning"),
}
STRENGTHS: Mapping[str, str] = {
    "acknowledges": "listening",
    "open-question": "listening",
    "accepts-refusal": "respect",
    "explains-tradeoffs": "eye-level",
    "offers-alternative": "eye-level",
    "involves-customer": "eye-level",
    "owns-mistake": "honesty",
    "honest-limits": "honesty",
    "concrete-commitment": "care",
    "reassures": "care",
    "proactive-care": "care",
    "delights": "enthusiasm",
}
SMALL_TALK = ("greeting", "smalltalk", "thanks", "backchannel", "farewell")
CUSTOMER_ACTS = ("fact", "worry", "complaint", "refusal", "question-wh", "wish", "commitment", "displeasure", "delight")
AGENT_ACTS = ("pitch", "explanation", "commitment", "promise", "question-open", "acknowledgement", "apology", "gesture")


def finding(rule: str, turn: int = 2, confidence: Confidence = "high", **changes: object) -> Finding:
    """A finding of this rule."""
    dimension, severity = FINDINGS[rule]
    made = Finding(
        rule=rule,
        dimension=dimension,
        severity=severity,
        confidence=confidence,
        turn=turn,
        line=turn,
        title=rule.title(),
        message="",
        why="",
        instead="",
        quote="…",
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # the names are those of the fields


def strength(rule: str, turn: int = 2) -> Strength:
    """A strength of this rule."""
    return Strength(
        rule=rule, dimension=STRENGTHS[rule], turn=turn, line=turn, title=rule.title(), message="", quote="…"
    )


def call(*turns: tuple[Role, Sequence[str]], signals: Mapping[str, float] | None = None) -> Conversation:
    """A call of turns with these acts, each of six words."""
    said = [
        Turn(number=number, speaker=role, text="eins zwei drei vier fünf sechs", line=number)
        for number, (role, _) in enumerate(turns, start=1)
    ]
    return Conversation(
        transcript=Transcript(path="call.txt", format="text", turns=tuple(said), speakers=()),
        language="de",
        address="sie",
        utterances=tuple(
            Utterance(
                turn=turn,
                role=role,
                words=tuple(turn.text.split()),
                acts={name: Act(name=name, score=100) for name in acts},
            )
            for turn, (role, acts) in zip(said, turns, strict=True)
        ),
        signals=signals or {},
    )


_PAIR: list[tuple[Role, Sequence[str]]] = [("agent", ["answer"]), ("customer", ["question-wh"])]
ORDINARY = call(*_PAIR * 10)


def score(findings: Sequence[Finding] = (), strengths: Sequence[Strength] = (), of: Conversation = ORDINARY) -> float:
    """The overall score, which must be there."""
    overall = scorecard(of, findings, strengths, SETTINGS).overall
    assert overall is not None
    return overall


turns = st.one_of(
    st.tuples(st.just("customer"), st.lists(st.sampled_from((*CUSTOMER_ACTS, *SMALL_TALK)), max_size=3)),
    st.tuples(st.just("agent"), st.lists(st.sampled_from((*AGENT_ACTS, *SMALL_TALK)), max_size=3)),
)
moods = st.fixed_dictionaries({"mood-start": st.integers(-100, 100), "mood-end": st.integers(-100, 100)})
calls = st.builds(
    lambda items, mood: call(*items, signals=mood), st.lists(turns, max_size=60), st.one_of(st.just({}), moods)
)
numbers = st.integers(1, 60)
some_findings = st.lists(
    st.builds(finding, st.sampled_from(sorted(FINDINGS)), numbers, st.sampled_from(("low", "medium", "high"))),
    max_size=25,
)
some_phases = st.lists(
    st.builds(
        Phase,
        id=st.just("close"),
        title=st.sampled_from(["close", "needs", "offer"]),
        dimension=st.sampled_from(DIMENSIONS),
        turn=st.none() | numbers,
    ),
    min_size=1,
    max_size=6,
)
some_strengths = st.lists(st.builds(strength, st.sampled_from(sorted(STRENGTHS)), numbers), max_size=20)


def not_lower(before: Scorecard, after: Scorecard) -> bool:
    """No score went down; one that is no longer there has nothing to be compared with."""
    pairs = [
        (before.overall, after.overall),
        *((before.dimensions[name], after.dimensions[name]) for name in DIMENSIONS),
    ]
    return all(one is None or other is None or other >= one for one, other in pairs)


@given(of=calls, findings=some_findings.filter(bool), strengths=some_strengths, data=st.data())
def test_removing_a_finding_never_lowers(
    of: Conversation, findings: list[Finding], strengths: list[Strength], data: st.DataObject
) -> None:
    """Neither overall nor in any dimension, also with knock-out rules."""
    strict = replace(SETTINGS, knock_out={"pitch-after-refusal": 2, "overpromise": 1})
    at = data.draw(st.integers(0, len(findings) - 1))
    fewer = findings[:at] + findings[at + 1 :]

    for settings in (SETTINGS, strict):
        assert not_lower(scorecard(of, findings, strengths, settings), scorecard(of, fewer, strengths, settings))


@given(of=calls, findings=some_findings, strengths=some_strengths, more=st.sampled_from(sorted(STRENGTHS)), at=numbers)
def test_adding_a_strength_never_lowers(
    of: Conversation, findings: list[Finding], strengths: list[Strength], more: str, at: int
) -> None:
    """Neither overall nor in any dimension."""
    before = scorecard(of, findings, strengths, SETTINGS)
    after = scorecard(of, findings, [*strengths, strength(more, at)], SETTINGS)

    assert not_lower(before, after)
    assert after.overall is not None


@given(of=calls, findings=some_findings, strengths=some_strengths, seen=some_phases, data=st.data())
def test_phases_keep_the_order_of_scores(
    of: Conversation, findings: list[Finding], strengths: list[Strength], seen: list[Phase], data: st.DataObject
) -> None:
    """A missing phase that comes never lowers the score, nor does a finding that goes beside missing phases."""
    before = scorecard(of, findings, strengths, SETTINGS, phases=seen)
    at = data.draw(st.integers(0, len(seen) - 1))
    filled = [*seen[:at], replace(seen[at], turn=1), *seen[at + 1 :]]
    assert not_lower(before, scorecard(of, findings, strengths, SETTINGS, phases=filled))
    assert not_lower(before, scorecard(of, findings[1:], strengths, SETTINGS, phases=seen))
    if before.overall is not None:
        assert round(before.overall * 10) == 500 + sum(round(item.points * 10) for item in before.addends)


@given(of=calls, findings=some_findings, strengths=some_strengths)
def test_scores_stay_between_0_and_100_and_the_addends_make_up_the_score(
    of: Conversation, findings: list[Finding], strengths: list[Strength]
) -> None:
    """From the zero line, the printed addends lead to the score to the tenth."""
    settings = replace(SETTINGS, knock_out={"talking-down": 2})
    card = scorecard(of, findings, strengths, settings)

    assert all(value is None or 0 <= value <= 100 for value in (card.overall, *card.dimensions.values()))
    assert list(card.dimensions) == list(DIMENSIONS)
    if card.overall is not None:
        tenths = 500 + sum(round(item.points * 10) for item in card.addends)
        assert tenths == round(card.overall * 10)


@given(of=calls, findings=some_findings, strengths=some_strengths, random=st.randoms(use_true_random=False))
def test_order_does_not_matter(
    of: Conversation, findings: list[Finding], strengths: list[Strength], random: object
) -> None:
    """The whole scorecard is the same whatever the order in which things were found."""
    mixed, better = list(findings), list(strengths)
    random.shuffle(mixed)  # type: ignore[attr-defined]  # a random.Random of Hypothesis
    random.shuffle(better)  # type: ignore[attr-defined]

    assert scorecard(of, findings, strengths, SETTINGS) == scorecard(of, mixed, better, SETTINGS)


@given(of=calls, findings=some_findings, strengths=some_strengths)
def test_the_language_of_call_and_report_does_not_matter(
    of: Conversation, findings: list[Finding], strengths: list[Strength]
) -> None:
    """Other titles, other language: the same numbers."""
    german = scorecard(of, findings, strengths, SETTINGS)
    english = scorecard(
        replace(of, language="en"),
        [replace(item, title=item.title[::-1], quote="said") for item in findings],
        [replace(item, title=item.title[::-1], quote="said") for item in strengths],
        SETTINGS,
    )

    assert german.overall == english.overall
    assert german.dimensions == english.dimensions
    assert sorted(item.load for item in german.addends) == sorted(item.load for item in english.addends)


@given(of=calls)
def test_nothing_found_in_an_ordinary_call_is_50(of: Conversation) -> None:
    """In every dimension that is judged at all; a mood that rises a little changes nothing."""
    start = of.signals.get("mood-start", 0)
    rise = min(of.signals.get("mood-end", 0) - start, SETTINGS.mood_least_rise)
    calm = replace(of, signals={"mood-start": start, "mood-end": start + rise})
    card = scorecard(calm, [], [], SETTINGS)

    assert card.overall in (50.0, None)
    assert set(card.dimensions.values()) <= {50.0, None}
    assert card.addends == ()


@given(
    substance=st.lists(turns, min_size=2, max_size=60),
    talk=st.lists(st.tuples(st.sampled_from(("agent", "customer")), st.lists(st.sampled_from(SMALL_TALK), min_size=1))),
    before=moods,
    after=moods,
    findings=some_findings,
    strengths=some_strengths,
)
def test_doubling_the_small_talk_moves_the_score_by_less_than_3(
    substance: list[tuple[Role, list[str]]],
    talk: list[tuple[Role, list[str]]],
    before: dict[str, int],
    after: dict[str, int],
    findings: list[Finding],
    strengths: list[Strength],
) -> None:
    """Even where the added turns shift which turns count as the beginning and the end for the mood."""
    once = call(*talk, *substance, signals=before)
    twice = call(*talk, *talk, *substance, signals=after)

    one, other = (scorecard(item, findings, strengths, SETTINGS).overall for item in (once, twice))
    if one is not None and other is not None:
        assert abs(one - other) < 3


def test_small_talk_without_labels_moves_the_score_by_less_than_3() -> None:
    """Also where nothing says that the turns are small talk."""
    chat: list[tuple[Role, Sequence[str]]] = [("agent", []), ("customer", [])] * 4
    substance: list[tuple[Role, Sequence[str]]] = [("agent", ["answer"]), ("customer", ["fact"])] * 12
    found = [finding("ignored-statement"), finding("talking-down"), finding("overpromise")]
    good = [strength("acknowledges"), strength("open-question"), strength("reassures")]

    assert abs(score(found, good, call(*chat, *substance)) - score(found, good, call(*chat, *chat, *substance))) < 3


@pytest.mark.parametrize("rule", ["ignored-statement", "talking-down", "pitch-after-refusal"])
def test_a_call_twice_as_long_with_twice_the_faults_scores_the_same(rule: str) -> None:
    """Beyond the typical number of opportunities the share counts."""
    piece: list[tuple[Role, Sequence[str]]] = [("agent", ["pitch"]), ("customer", ["fact"])]
    found = [finding(rule, turn) for turn in range(1, 4)]

    assert score(found, of=call(*piece * 40)) == score(found * 2, of=call(*piece * 80))


def test_the_same_faults_weigh_less_where_there_were_more_opportunities() -> None:
    """Two questions ignored of thirty are less than two of four."""
    question: list[tuple[Role, Sequence[str]]] = [("customer", ["question-wh"]), ("agent", ["answer"])]
    found = [finding("ignored-question", 2), finding("ignored-question", 4)]

    assert score(found, of=call(*question * 30)) > score(found, of=call(*question * 4))


def test_what_can_happen_once_a_call_does_not_fade_in_a_long_one() -> None:
    """A missing next step is as bad after an hour."""
    piece: list[tuple[Role, Sequence[str]]] = [("agent", ["answer"]), ("customer", ["fact"])]

    assert score([finding("no-next-step")], of=call(*piece * 300)) == score([finding("no-next-step")])


FOUR_STRENGTHS = ("acknowledges", "explains-tradeoffs", "concrete-commitment", "honest-limits")
TEN_STRENGTHS = (
    *FOUR_STRENGTHS, "open-question", "reassures", "involves-customer", "delights", "proactive-care", "owns-mistake",
)  # fmt: skip
FOUR_FAULTS = ("ignored-statement", "bare-answer", "overpromise", "vague-commitment")
TEN_FAULTS = (
    *FOUR_FAULTS, "ignored-question", "pitch-after-refusal", "talking-down", "missing-apology", "no-graceful-exit",
    "overhype",
)  # fmt: skip


@pytest.mark.parametrize(
    ("faults", "strengths", "least", "most"),
    [
        ((), (), 50, 50),
        ((), FOUR_STRENGTHS, 65, 70),
        (FOUR_FAULTS, (), 25, 30),
        ((), TEN_STRENGTHS, 90, 97),
        (TEN_FAULTS, (), 2, 15),
        (FOUR_FAULTS, (*FOUR_STRENGTHS, "open-question", "reassures"), 45, 60),
    ],
)
def test_scores_are_those_of_a_trainer(
    faults: Sequence[str], strengths: Sequence[str], least: float, most: float
) -> None:
    """The marks that trainers gave to calls of this kind."""
    assert least <= score([finding(rule) for rule in faults], [strength(rule) for rule in strengths]) <= most


def test_findings_of_low_confidence_count_less_than_half() -> None:
    """They cost a little, are marked in the arithmetic, and are nothing to work on."""
    doubtful = [finding("talking-down", confidence="low")]
    card = scorecard(ORDINARY, doubtful, [], SETTINGS)

    assert 25 + score([finding("talking-down")]) / 2 < score(doubtful) < 50
    assert [item.unsure for item in card.addends] == [True]
    assert focus(doubtful, [], ORDINARY, SETTINGS) == ()


def test_findings_of_low_confidence_fail_no_call() -> None:
    """A bar that fails a call looks only at what the coach is sure of."""
    settings = replace(SETTINGS, knock_out={"talking-down": 2})
    sure = finding("talking-down", 1)

    assert scorecard(ORDINARY, [sure, finding("talking-down", 3)], [], settings).knocked_out_by == "talking-down"
    unsure = finding("talking-down", 3, confidence="low")
    assert scorecard(ORDINARY, [sure, unsure], [], settings).knocked_out_by is None


def test_a_finding_less_sure_counts_less() -> None:
    """Medium confidence lies between high and none."""
    assert score([finding("talking-down")]) < score([finding("talking-down", confidence="medium")]) < 50


def test_one_kind_of_fault_cannot_sink_a_call_alone() -> None:
    """Beyond its cap a rule costs no more."""
    many = [finding("overpromise", turn) for turn in range(1, 30)]

    assert score(many) == score(many[:3])


def test_a_dimension_without_opportunity_has_no_score() -> None:
    """No complaint, no promise: honesty is not judged, and neither is respect where nobody refused."""
    card = scorecard(call(("agent", ["answer"]), ("customer", ["fact"])), [], [], SETTINGS)

    assert card.dimensions["honesty"] is None
    assert card.dimensions["respect"] is None
    assert card.dimensions["listening"] == 50.0


@pytest.mark.parametrize("of", [call(), call(("agent", ["answer"])), call(("customer", ["fact"]))])
def test_nothing_to_judge_is_none(of: Conversation) -> None:
    """Where only one side talks there is no score."""
    assert scorecard(of, [], [], SETTINGS).overall is None


def test_a_rule_can_fail_a_call() -> None:
    """The number of findings that a profile names caps the score, and the addends still lead to it."""
    strict = replace(SETTINGS, knock_out={"pitch-after-refusal": 2})
    found = [finding("pitch-after-refusal", 2), finding("pitch-after-refusal", 4)]
    good = [strength(rule) for rule in TEN_STRENGTHS]
    card = scorecard(ORDINARY, found, good, strict)

    assert card.overall == strict.knocked_out_score
    assert card.knocked_out_by == "pitch-after-refusal"
    assert round(50 + sum(item.points for item in card.addends), 1) == card.overall
    assert scorecard(ORDINARY, found[:1], good, strict).knocked_out_by is None


def test_a_failed_call_that_is_worse_already_is_not_raised() -> None:
    """The cap is no floor: the addends hold nothing that lifts the call to it."""
    strict = replace(SETTINGS, knock_out={"pitch-after-refusal": 1})
    found = [finding(rule) for rule in TEN_FAULTS]
    card = scorecard(ORDINARY, found, [], strict)

    assert card.overall == score(found)
    assert card.overall < strict.knocked_out_score
    assert card.knocked_out_by == "pitch-after-refusal"


def test_a_mood_that_rises_raises_the_score() -> None:
    """A customer who is won over counts, one who merely says thank you does not."""
    won = replace(ORDINARY, signals={"mood-start": -60.0, "mood-end": 60.0})
    polite = replace(ORDINARY, signals={"mood-start": 0.0, "mood-end": 20.0})

    assert score(of=won) > score(of=polite) == 50.0


# --- What to work on ---


def test_at_most_three_things_and_the_grave_ones_first() -> None:
    """Of many findings three root causes are chosen."""
    found = [finding(rule, turn) for turn, rule in enumerate(FINDINGS, start=1)]
    chosen = focus(found, [], ORDINARY, SETTINGS)

    assert len(chosen) == 3
    assert {item.findings[0].severity for item in chosen} == {"error"}


def test_an_ignored_statement_and_the_repetition_it_led_to_are_one_thing() -> None:
    """Quoted is the agent's turn; the repetition counts with it."""
    found = [finding("ignored-statement", 3), finding("customer-repeats", 4)]
    chosen = focus(found, [], ORDINARY, SETTINGS)

    assert [[item.rule for item in one.findings] for one in chosen] == [["ignored-statement", "customer-repeats"]]
    assert chosen[0].kind == "start"


def test_a_repetition_belongs_to_what_came_just_before_it() -> None:
    """Said again because a question was ignored, it is part of that."""
    found = [finding("ignored-question", 3), finding("customer-repeats", 4), finding("overpromise", 9)]
    chosen = focus(found, [], ORDINARY, SETTINGS)

    assert [item.rule for item in chosen[0].findings] == ["ignored-question", "customer-repeats"]


def test_pressing_on_and_not_parting_well_are_one_thing_to_stop() -> None:
    """They have one root cause."""
    chosen = focus([finding("pitch-after-refusal", 3), finding("no-graceful-exit", 7)], [], ORDINARY, SETTINGS)

    assert [(item.kind, item.cause) for item in chosen] == [("stop", "pressing-on")]


def test_a_sentence_that_is_quoted_already_makes_room_for_another() -> None:
    """Of two equally grave causes, the one at a turn of its own comes before the one at the turn shown first."""
    found = [finding("pitch-after-refusal", 3), finding("talking-down", 3), finding("missing-apology", 9)]
    chosen = focus(found, [], ORDINARY, SETTINGS)

    assert sorted(one.findings[0].turn for one in chosen[:2]) == [3, 9]
    assert len(chosen) == 3


def test_a_cause_that_shows_twice_is_quoted_where_nothing_else_is() -> None:
    """It gives up the turn that another cause is shown at."""
    found = [
        *(finding("pitch-after-refusal", turn) for turn in (3, 5)),
        *(finding("talking-down", turn) for turn in (3, 7)),
    ]
    chosen = focus(found, [], ORDINARY, SETTINGS)

    assert len({one.findings[0].turn for one in chosen}) == len(chosen) == 2


def test_a_customers_repetition_is_not_quoted_to_avoid_a_turn() -> None:
    """It is the customer's; what to work on is the agent's."""
    found = [finding("pitch-after-refusal", 3), finding("ignored-statement", 3), finding("customer-repeats", 4)]
    chosen = focus(found, [], ORDINARY, SETTINGS)

    assert [one.findings[0].turn for one in chosen] == [3, 3]


def test_frequency_decides_among_equals() -> None:
    """Three vague commitments come before one promise too many."""
    found = [finding("overpromise", 2), *(finding("vague-commitment", turn) for turn in (4, 6, 8))]

    assert focus(found, [], ORDINARY, SETTINGS)[0].cause == "committing"


def test_the_finding_with_the_customers_words_is_the_one_to_quote() -> None:
    """Of two alike, the one that shows what it answers to leads."""
    related = (Related(step="statement", turn=5, quote="Mir ist das zu teuer."),)
    found = [finding("ignored-statement", 2), finding("ignored-statement", 6, related=related)]

    assert focus(found, [], ORDINARY, SETTINGS)[0].findings[0].turn == 6


@given(findings=some_findings, strengths=some_strengths)
def test_focus_holds_each_finding_at_most_once(findings: list[Finding], strengths: list[Strength]) -> None:
    """Root causes do not overlap, and each has a finding that counts."""
    unique = list({(item.rule, item.turn): item for item in findings}.values())
    chosen = focus(unique, strengths, ORDINARY, SETTINGS)
    held = [item for one in chosen for item in one.findings]

    assert len({(item.rule, item.turn) for item in held}) == len(held)
    assert all(one.findings and all(item.confidence != "low" for item in one.findings) for one in chosen)
    assert len({one.cause for one in chosen}) == len(chosen)
    assert (not chosen) == all(item.confidence == "low" for item in unique)


@pytest.mark.parametrize("rule", sorted(FINDINGS))
def test_every_thing_to_work_on_has_an_exercise_in_both_languages(rule: str) -> None:
    """Also a rule of one's own; the forms of address are resolved."""
    chosen = focus([finding(rule)], [], ORDINARY, SETTINGS)
    texts = [exercise(chosen, SETTINGS, language="en")]
    texts += [exercise(chosen, SETTINGS, language="de", address=address) for address in ("sie", "du")]

    assert all(text and not set("{|}") & set(text) for text in texts)


def test_where_there_is_nothing_to_work_on_there_is_no_exercise() -> None:
    """An exercise without a reason would be noise."""
    assert exercise((), SETTINGS, language="de") is None


def test_the_forms_of_address_differ() -> None:
    """“Legen Sie sich” and “Leg dir”."""
    chosen = focus([finding("pitch-after-refusal")], [], ORDINARY, SETTINGS)
    formal, familiar = (exercise(chosen, SETTINGS, language="de", address=address) for address in ("sie", "du"))

    assert formal is not None
    assert familiar is not None
    assert "Legen Sie sich" in formal
    assert "Leg dir" in familiar


TWO = ("no-graceful-exit", "pitch-after-refusal")


def test_a_rule_of_ones_own_is_advice_to_stop_with_its_better_sentence() -> None:
    """Its title names the fault; to start it would be the wrong advice."""
    own = replace(finding("bare-answer"), rule="missing-callback", instead="„Meine Nummer ist …“")
    chosen = focus([own], [], ORDINARY, SETTINGS)

    assert chosen[0].kind == "stop"
    assert exercise(chosen, SETTINGS, language="de", address="du") == (
        "Nimm dir für das nächste Gespräch vor: „Meine Nummer ist …“"
    )


def test_a_rule_has_an_exercise_of_its_own_where_the_causes_does_not_fit() -> None:
    """A missing farewell is another thing to practise than a no that was not taken."""
    texts = {exercise(focus([finding(rule)], [], ORDINARY, SETTINGS), SETTINGS, language="en") for rule in TWO}
    assert len(texts) == len(TWO)


# --- The files ---


def test_all_that_the_shipped_settings_name_exists() -> None:
    """Rules, acts and dimensions; and every finding's rule has its root cause."""
    book = load_rules()
    named = {*SETTINGS.rules, *SETTINGS.knock_out, *(rule for item in SETTINGS.causes.values() for rule in item.rules)}
    acts = {act for item in SETTINGS.opportunities.values() for act in item.acts} | SETTINGS.small_talk
    found = {rule.id for rule in book.rules.values() if rule.kind == "finding"}

    assert named - set(book.rules) == set()
    assert acts - set(book.acts) - BUILT_IN_ACTS == set()
    assert found - {rule for item in SETTINGS.causes.values() for rule in item.rules} == set()


def test_opportunities_are_counted_by_act_role_and_length() -> None:
    """Small talk is none, whoever talks."""
    of = call(
        ("customer", ["question-wh", "fact"]), ("agent", ["thanks"]), ("agent", ["pitch"]), ("customer", ["pitch"])
    )
    found = opportunities(of, SETTINGS)

    assert {name: found[name] for name in ("questions", "statements", "pitches", "turns")} == {
        "questions": 1,
        "statements": 1,
        "pitches": 1,
        "turns": 1,
    }


SHIPPED = (RULES / "scorecard.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("dimension-share: 4.0", "dimension-shar: 4.0", "dimension-share"),
        ("dimension-share: 4.0", "dimension-share: 0", "greater than 0"),
        ("dimension-share: 4.0", 'dimension-share: "4"', "number"),
        ("{cap: 3.0, per: turns}", "{cap: 3.0, per: turn}", "Did you mean “turns”"),
        ("opportunities: [refusals, pitches]", "opportunities: [refusal, pitches]", "Did you mean “refusals”"),
        ("medium: 0.9", "medium: 1.9", "less than or equal to 1"),
        ("\n  respect:\n    de:", "\n  respekt:\n    de:", "Did you mean “respect”"),
        ("rules: [pressure]", "rules: [pressure, overpromise]", "belongs to the cause"),
        ("kind: stop", "kind: stopp", "Did you mean “stop”"),
    ],
)
def test_a_mistake_in_the_scorecard_is_named_with_its_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    """File, line and column, and the nearest right word."""
    assert old in SHIPPED
    (tmp_path / "scorecard.yml").write_text(SHIPPED.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RuleFileError) as caught:
        load_settings([str(RULES), str(tmp_path)])

    assert said in str(caught.value)
    assert str(caught.value.place).startswith(f"{tmp_path / 'scorecard.yml'}:")


def test_the_last_folder_with_a_scorecard_counts(tmp_path: Path) -> None:
    """A folder without one leaves the shipped one in force."""
    assert load_settings([str(RULES), str(tmp_path)]) == SETTINGS
    (tmp_path / "scorecard.yml").write_text(SHIPPED.replace("dimension-share: 4.0", "dimension-share: 2.0"), "utf-8")
    changed: ScoreSettings = load_settings([str(RULES), str(tmp_path)])

    assert changed == replace(SETTINGS, dimension_share=2.0)


def test_a_band_the_wrong_way_round_is_an_error(tmp_path: Path) -> None:
    """`least` above `most` is a slip of the pen."""
    text = (RULES / "metrics.yml").read_text(encoding="utf-8").replace("least: 0.35", "least: 0.95")
    (tmp_path / "metrics.yml").write_text(text, encoding="utf-8")
    with pytest.raises(RuleFileError, match="greater"):
        load_bands([str(tmp_path)])


def test_fixing_faults_one_after_the_other_rises_to_the_zero_line() -> None:
    """Each step up, the last one at 50."""
    found = [finding(rule) for rule in TEN_FAULTS]
    steps = [score(found[at:]) for at in range(len(found) + 1)]

    assert all(one < other for one, other in itertools.pairwise(steps))
    assert steps[-1] == 50.0
