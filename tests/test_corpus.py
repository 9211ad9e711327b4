"""The labelled calls are whole, rightly labelled, and no split knows another."""

from collections import defaultdict
from pathlib import Path

import pytest

from coach.corpus import SIGNAL_OF, SPLITS, Call, calls_of, exchanges_of
from coach.rules import load_rules
from coach.signals import LIKELY

FOLDER = Path(__file__).resolve().parent.parent / "corpus"
CALLS = calls_of(FOLDER)
SHARED_AT_MOST = 0.2
"""Share of a call's four-word runs that another split's call may have in common."""


def split(call: Call) -> str:
    """The call's split."""
    return SPLITS.get(call.author, "train")


def test_every_learned_signal_belongs_to_a_rule_and_is_declared() -> None:
    """One signal a rule, all of them known to rule files."""
    assert set(SIGNAL_OF) == set(load_rules().rules)
    assert {signal for signal, _ in SIGNAL_OF.values()} == set(LIKELY)


def test_there_are_calls_of_every_split_in_both_languages() -> None:
    """Something to train on, to tune on, and to measure on."""
    assert {(split(call), call.language) for call in CALLS} == {
        (name, language) for name in ("train", "dev", "test") for language in ("de", "en")
    }


@pytest.mark.parametrize("author", sorted({call.author for call in CALLS}))
def test_labels_stand_at_turns_that_exist_and_name_rules(author: str) -> None:
    """Every label names a rule of its kind, at a turn of the right role; every turn has an act."""
    kinds = {rule.id: rule.kind for rule in load_rules().rules.values()}
    for call in (call for call in CALLS if call.author == author):
        for label_set, kind in ((call.findings, "finding"), (call.strengths, "strength")):
            for rule, turn in label_set:
                assert kinds[rule] == kind, call.name
                assert call.roles[turn - 1] == SIGNAL_OF[rule][1], (call.name, rule, turn)
        assert all(1 <= turn <= len(call.roles) and rule in kinds for rule, turn in call.optional), call.name
        assert all(call.acts), call.name
        assert {"agent", "customer"} == set(call.roles), call.name


def test_authors_and_scenarios_stay_in_one_split() -> None:
    """A folder holds one author's calls, and an author is in one split."""
    for call in CALLS:
        assert call.path.parent.name == call.author, call.name


def test_no_call_resembles_one_of_another_split() -> None:
    """No test or dev call shares more than a few four-word runs with any call of another split."""
    holders: dict[tuple[str, ...], set[int]] = defaultdict(set)
    runs = []
    for at, call in enumerate(CALLS):
        words = " ".join(turn.text for turn in call.transcript.turns).lower().split()
        mine = {tuple(words[i : i + 4]) for i in range(len(words) - 3)}
        runs.append(mine)
        for run in mine:
            holders[run].add(at)
    for at, call in enumerate(CALLS):
        if split(call) == "train":
            continue
        shared: dict[int, int] = defaultdict(int)
        for run in runs[at]:
            for other in holders[run]:
                shared[other] += 1
        for other, count in shared.items():
            if split(CALLS[other]) != split(call):
                assert count <= SHARED_AT_MOST * len(runs[at]), (call.name, CALLS[other].name)


def test_cuttings_are_rightly_labelled_and_only_for_training() -> None:
    """Every label of a cutting names a rule at a turn of its side, and no author of cuttings is measured."""
    cuttings = exchanges_of(FOLDER / "exchanges")

    assert cuttings
    for cutting in cuttings:
        assert cutting.author not in SPLITS, cutting.name
        for rule, turn in cutting.findings | cutting.optional:
            assert cutting.roles[turn - 1] == SIGNAL_OF[rule][1], (cutting.name, rule, turn)


def test_a_sixth_of_the_calls_is_labelled_a_second_time() -> None:
    """The second labels belong to calls that exist."""
    names = {call.name for call in CALLS}
    second = [f"{path.parent.name}/{path.stem}" for path in (FOLDER / "second").rglob("*.yaml")]

    assert set(second) <= names
    assert len(second) >= len(CALLS) / 7
