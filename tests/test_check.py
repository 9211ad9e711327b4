"""The matcher binds steps to turns as the rule book says: windows, absence, until, once, precedence."""

from collections.abc import Sequence
from dataclasses import replace
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from coach.check import addressed, check, in_both, matches_of, matches_of_rule, quoted
from coach.model import Act, Conversation, Language, Role, Transcript, Turn, Utterance
from coach.rulebook import ActSpec, Advice, Bound, Rule, RuleBook, Step, Way
from coach.rules import LANGUAGES

Said = tuple[Role, frozenset[str]]


def conversation(said: Sequence[Said], signals: Sequence[dict[str, float]] | None = None) -> Conversation:
    """A call of turns with given acts."""
    turns = [Turn(number=at, speaker=role, text=f"turn {at}") for at, (role, _) in enumerate(said, 1)]
    return Conversation(
        transcript=Transcript(path="x", format="text", turns=tuple(turns), speakers=()),
        language="de",
        address="sie",
        utterances=tuple(
            Utterance(
                turn=turn,
                role=role,
                words=(),
                acts={name: Act(name=name, score=90) for name in acts},
                signals=signals[at] if signals else {},
            )
            for at, (turn, (role, acts)) in enumerate(zip(turns, said, strict=True))
        ),
    )


def rule(*steps: Step, until: Step | None = None, name: str = "r") -> Rule:
    """A rule with one way."""
    texts: dict[Language, str] = {"de": "x", "en": "x"}
    return Rule(
        id=name,
        kind="finding",
        dimension="respect",
        severity="error",
        title=texts,
        message=texts,
        why=texts,
        source="",
        instead=(),
        limits=texts,
        ways=(Way(steps=steps, confidence="high", until=until),),
    )


def fires(subject: Rule, said: Sequence[Said], signals: Sequence[dict[str, float]] | None = None) -> list[int]:
    """The turn numbers at which the rule holds and nothing contradicts it."""
    matches = matches_of_rule(subject, conversation(said, signals), subject.settings)
    return [match.at + 1 for match in matches if not match.contradicted]


NO = Step(name="no", role="customer", any=("refusal",))
PITCH = Step(name="pitch", role="agent", any=("pitch",))
K_NO: Said = ("customer", frozenset({"refusal"}))
K: Said = ("customer", frozenset())
A: Said = ("agent", frozenset())
A_PITCH: Said = ("agent", frozenset({"pitch"}))
A_SORRY: Said = ("agent", frozenset({"apology"}))


def test_the_default_window_is_the_adjacency_pair() -> None:
    """The next step must come in the very next turn."""
    assert fires(rule(NO, PITCH), [K_NO, A_PITCH, K, A_PITCH]) == [2]


def test_a_wider_window_reaches_further_and_holds_at_each_turn() -> None:
    """Every pitch within the window after the refusal is found."""
    assert fires(rule(NO, replace(PITCH, within=3)), [K_NO, A_PITCH, K, A_PITCH, K, A_PITCH]) == [2, 4]
    assert fires(rule(NO, replace(PITCH, within=None)), [K_NO, A_PITCH, K, A_PITCH, K, A_PITCH]) == [2, 4, 6]


def test_until_cancels() -> None:
    """Once the customer opens up, the refusal no longer counts."""
    opened: Said = ("customer", frozenset({"interest"}))
    until = Step(name="until", role="customer", any=("interest",))

    assert fires(rule(NO, replace(PITCH, within=None), until=until), [K_NO, A_PITCH, opened, A_PITCH]) == [2]


def test_an_absent_step_at_the_end_waits_for_its_window() -> None:
    """No apology within two turns of the agent's reply, or the end of the call."""
    report = Step(name="report", role="customer", any=("complaint",))
    reply = Step(name="reply", role="agent", none=("apology",), report=True)
    regret = Step(name="regret", role="agent", any=("apology",), absent=True, within=2)
    complaint: Said = ("customer", frozenset({"complaint"}))
    subject = rule(report, reply, regret)

    assert fires(subject, [complaint, A, K, A]) == [2]
    assert fires(subject, [complaint, A, K, A_SORRY]) == []
    assert fires(subject, [complaint, A, K, A, K, A_SORRY]) == [2]
    assert fires(subject, [complaint, A]) == [2]


def test_an_absent_step_between_forbids_what_comes_between() -> None:
    """A step that must not come before the next one."""
    sorry = Step(name="sorry", role="agent", any=("apology",), absent=True)

    assert fires(rule(NO, sorry, replace(PITCH, within=9)), [K_NO, A, K, A_PITCH]) == [4]
    assert fires(rule(NO, sorry, replace(PITCH, within=9)), [K_NO, A_SORRY, K, A_PITCH]) == []


def test_signals_are_compared_and_a_missing_one_fails() -> None:
    """A bound on a signal that was not measured does not hold; a guard on it does."""
    short = Step(name="short", role="agent", signals=(Bound(signal="words", most=5),))
    guarded = Step(name="short", role="agent", any=("pitch",), guard=(Bound(signal="likely-x", least=50),))

    assert fires(rule(short), [A, A], [{"words": 3}, {}]) == [1]
    assert fires(rule(guarded), [A_PITCH, A_PITCH, A_PITCH], [{}, {"likely-x": 40}, {"likely-x": 60}]) == [1, 3]


def test_once_reports_the_first_or_the_last() -> None:
    """A rule that holds once a call is reported once."""
    subject = rule(PITCH)

    assert fires(replace(subject, once="first"), [A_PITCH, K, A_PITCH]) == [1]
    assert fires(replace(subject, once="last"), [A_PITCH, K, A_PITCH]) == [3]


def test_a_rule_yields_to_a_more_specific_one_at_the_same_turn() -> None:
    """Precedence holds turn by turn."""
    general = replace(rule(Step(name="any", role="agent"), name="general"), yields_to=("special",))
    special = rule(PITCH, name="special")
    book = RuleBook(acts={}, rules={"general": general, "special": special}, hash="")

    found = [(match.rule.id, match.at + 1) for match in matches_of(conversation([A_PITCH, K, A]), book)]

    assert found == [("special", 1), ("general", 3)]


def test_a_rule_does_not_yield_where_the_model_finds_it_likelier() -> None:
    """Two findings stand at one turn where what was learned speaks more for the general one."""
    general, special = (
        rule(Step(name="any", role="agent", signals=(Bound(signal=signal, least=10),)), name=name)
        for name, signal in (("general", "likely-passed-over"), ("special", "likely-unreassured"))
    )
    book = RuleBook(acts={}, rules={"general": replace(general, yields_to=("special",)), "special": special}, hash="")

    def found(general_percent: int, special_percent: int) -> list[str]:
        talk = conversation([A])
        signals = {"likely-passed-over": general_percent, "likely-unreassured": special_percent}
        item = replace(talk.utterances[0], signals={**talk.utterances[0].signals, **signals})
        return [match.rule.id for match in matches_of(replace(talk, utterances=(item,)), book)]

    assert found(60, 70) == ["special"]
    assert found(70, 60) == ["general", "special"]
    assert found(70, 5) == ["general"]


_SAID = st.lists(
    st.tuples(st.sampled_from(("agent", "customer")), st.frozensets(st.sampled_from(("refusal", "pitch", "interest")))),
    max_size=25,
)


@given(said=_SAID, within=st.one_of(st.none(), st.integers(1, 6)))
def test_a_match_is_what_its_definition_says(said: list[Said], within: int | None) -> None:
    """Against a plain search: an agent's pitch with a refusal before it, the nearest one within the window."""
    expected = []
    for at, (role, acts) in enumerate(said):
        before = [i for i in range(at) if said[i][0] == "customer" and "refusal" in said[i][1]]
        if role == "agent" and "pitch" in acts and before and (within is None or at - before[-1] <= within):
            expected.append(at + 1)

    assert fires(rule(NO, replace(PITCH, within=within)), said) == expected


_ACTS = st.lists(st.sampled_from(("refusal", "pitch", "interest")), max_size=2, unique=True).map(tuple)
_BOUNDS = st.lists(
    st.builds(Bound, signal=st.sampled_from(("words", "likely-hype")), least=st.none() | st.integers(0, 9)), max_size=1
).map(tuple)
_STEPS = st.builds(
    Step,
    name=st.just("x"),
    role=st.sampled_from(("agent", "customer", None)),
    any=_ACTS,
    all=_ACTS,
    none=_ACTS,
    signals=_BOUNDS,
    guard=_BOUNDS,
    within=st.none() | st.integers(1, 3),
)


@given(
    said=_SAID,
    signals=st.lists(st.dictionaries(st.sampled_from(("words", "likely-hype")), st.integers(0, 9)), min_size=25),
    steps=st.lists(_STEPS, min_size=1, max_size=3),
    until=st.none() | _STEPS,
)
def test_many_turns_are_matched_as_few_are(
    said: list[Said], signals: list[dict[str, float]], steps: list[Step], until: Step | None
) -> None:
    """Whether turns are looked at together or one by one, a rule holds at the same places."""
    talk = conversation(said, signals)
    subject = rule(*(replace(step, name=f"s{at}") for at, step in enumerate(steps)), until=until)
    found = []
    for few in (0, 1000):
        with patch("coach.sequences.FEW", few):
            found.append(matches_of_rule(subject, talk, {}))

    assert found[0] == found[1]


@given(said=_SAID)
def test_what_comes_after_a_window_changes_nothing_in_it(said: list[Said]) -> None:
    """Appending turns never takes a match away from a rule without absent steps."""
    subject = rule(NO, replace(PITCH, within=4))

    assert fires(subject, said) == [at for at in fires(subject, [*said, K, A]) if at <= len(said)]


def test_texts_take_the_form_of_address() -> None:
    """`{Sie|du}` is resolved both ways."""
    assert addressed("{Sie haben|Du hast} recht", "sie") == "Sie haben recht"
    assert addressed("{Sie haben|Du hast} recht", "du") == "Du hast recht"


def test_what_is_to_be_said_is_in_the_calls_language() -> None:
    """What to do is told in the report's language, the words themselves are for the call; a text without any is not."""
    texts: dict[Language, str] = {"de": "Nachfragen: „Passt das?“", "en": "Ask: “Does that fit?”"}
    assert in_both(texts, report="de", call="en") == "Nachfragen: “Does that fit?”"
    assert in_both(texts, report="en", call="en") == texts["en"]
    assert in_both({"de": "Einfach nachfragen.", "en": "Just ask."}, report="de", call="en") == "Einfach nachfragen."


def test_the_message_says_which_case_it_was() -> None:
    """The first case that fits takes the message's place, else the message stays."""
    case = Advice(texts={"de": "eine Sorge", "en": "a worry"}, step="moment", acts=("worry",))
    subject = replace(rule(Step(name="moment", role="customer"), Step(name="reply", role="agent")), messages=(case,))
    book = RuleBook(acts={}, rules={"r": subject}, hash="")

    def told(act: str) -> list[str]:
        talk = conversation([("customer", frozenset({act})), ("agent", frozenset())])
        found, _ = check(talk, book, report_language="de")
        return [item.message for item in found]

    assert told("worry") == ["eine Sorge"]
    assert told("decision") == [subject.message["de"]]


def test_the_message_says_what_was_measured() -> None:
    """A way's own message takes the message's place and names the value, written as the language writes numbers."""
    late = Step(name="late", role="agent", signals=(Bound(signal="cut-off", least=1),))
    way = Way(steps=(late,), confidence="high", message={"de": "{cut-off} Sekunden", "en": "{cut-off} seconds"})
    book = RuleBook(acts={}, rules={"r": replace(rule(late), ways=(way,))}, hash="")
    talk = conversation([A], [{"cut-off": 5.26}])
    told = {language: check(talk, book, report_language=language)[0][0].message for language in LANGUAGES}
    assert told == {"de": "5,3 Sekunden", "en": "5.3 seconds"}


@given(st.text(max_size=600))
def test_a_quote_is_the_text_or_its_beginning(text: str) -> None:
    """A long quote is cut, a short one is whole."""
    short = quoted(text)

    assert short == text or (short.endswith(" …") and text.startswith(short[:-2].rstrip()))


def test_praise_for_a_promise_does_not_quote_the_question_beside_it() -> None:
    """A day that stands in a question is none that anybody promised; the promise itself is quoted."""
    text = "That's booked for the ninth. Is there anything else I can help you with today?"
    promise = replace(rule(Step(name="promise", role="agent", all=("commitment", "date"))), kind="strength")
    talk = conversation([("agent", frozenset({"commitment", "date"}))])
    item = talk.utterances[0]
    acts = {"commitment": Act(name="commitment", score=70), "date": Act(name="date", score=90, words="today")}
    spoken = replace(item, turn=replace(item.turn, text=text), acts=acts)
    specs = {name: ActSpec(id=name, roles=frozenset(), describes={"de": "x", "en": "x"}) for name in acts}
    book = RuleBook(acts=specs, rules={"r": promise}, hash="", folders=())

    _, praised = check(replace(talk, utterances=(spoken,)), book, report_language="en")

    assert [one.quote for one in praised] == [text]


def test_what_a_guard_contradicts_is_shown_as_uncertain_and_stops_nothing() -> None:
    """A trainer sees with --all what phrases found and the model doubts; it neither counts nor hides another rule."""
    doubted = Step(name="pitch", role="agent", any=("pitch",), guard=(Bound(signal="likely-pressing-on", least=50),))
    said: list[Said] = [("customer", frozenset({"refusal"})), ("agent", frozenset({"pitch"}))]
    against: list[dict[str, float]] = [{}, {"likely-pressing-on": 10}]
    second = replace(rule(PITCH, name="second"), yields_to=("first",))
    book = RuleBook(acts={}, rules={"first": rule(doubted, name="first"), "second": second}, hash="", folders=())

    found = {match.rule.id: match.confidence for match in matches_of(conversation(said, against), book)}
    agreed = {match.rule.id: match.confidence for match in matches_of(conversation(said, [{}, {}]), book)}

    assert found == {"first": "low", "second": "high"}
    assert agreed == {"first": "high"}


def test_what_the_model_rules_out_is_not_even_shown() -> None:
    """Below ten per cent a suspicion would only waste the reader's time."""
    doubted = Step(name="pitch", role="agent", any=("pitch",), guard=(Bound(signal="likely-pressing-on", least=50),))
    said: list[Said] = [("customer", frozenset({"refusal"})), ("agent", frozenset({"pitch"}))]
    book = RuleBook(acts={}, rules={"first": rule(doubted, name="first")}, hash="", folders=())

    assert not matches_of(conversation(said, [{}, {"likely-pressing-on": 9}]), book)
    assert matches_of(conversation(said, [{}, {"likely-pressing-on": 11}]), book)
