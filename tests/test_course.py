"""The course of a call corrects what a turn is suspected of: the same sums weigh more among faults."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.model import Role
from coach.understand.course import BITS, COMMON, LARGEST, NEAR, OWN, PRIOR_TURNS, Course
from coach.understand.learned import load_model

USUAL = (40, 20, 300, 100)


@pytest.fixture(scope="module")
def course() -> Course:
    """Two faults, a merit and something the customer does; sums are log-odds times 256, corrected by nothing."""
    levels = np.arange(1, 1001) / 1000 - 0.0005
    weights = np.zeros((4, OWN + 2 * COMMON), dtype=np.int64)
    weights[:, 0] = 1 << BITS
    return Course(
        labels=("rude", "deaf", "warm", "again"),
        roles=("agent", "agent", "agent", "customer"),
        signs=np.array([1, 1, 2, 0]),
        slopes=np.full(4, 256),
        shifts=np.zeros(4, dtype=np.int64),
        levels=np.ceil(np.log(levels / (1 - levels)) * 256).astype(np.int64),
        logs=np.arange(LARGEST + 1),
        usual=np.array(USUAL),
        weights=weights,
        bias=np.zeros(4, dtype=np.int64),
        table=np.tile(np.ceil(np.log(levels[9::10] / (1 - levels[9::10])) * 256).astype(np.int64), (4, 1)),
    )


turns = st.lists(
    st.tuples(st.sampled_from(["agent", "customer", "other"]), st.tuples(*[st.integers(-2000, 2000)] * 4)),
    min_size=1,
    max_size=12,
)


@given(turns)
def test_what_surrounds_a_turn_is_counted_without_the_turn_itself(
    course: Course, call: list[tuple[Role, tuple[int, int, int, int]]]
) -> None:
    """Means over the other turns, sums over the agent's two turns on either side, and the turn's own."""
    roles = [role for role, _ in call]
    odds = np.array([sums for _, sums in call])
    common, elsewhere = course.views(odds, roles)

    chances = [
        [
            int(course.levels.searchsorted(value, side="right")) if role == own else 0
            for value, own in zip(sums, course.roles, strict=True)
        ]
        for role, sums in call
    ]
    agents = [at for at, role in enumerate(roles) if role == "agent"]
    for at in range(len(call)):
        expected = []
        for columns in ((0, 1), (2,)):
            at_turn = [sum(row[column] for column in columns) for row in chances]
            rest = [at_turn[other] for other in agents if other != at]
            usual = sum(USUAL[column] for column in columns)
            before = [other for other in agents if other < at][-NEAR:]
            after = [other for other in agents if other > at][:NEAR]
            expected += [
                (sum(rest) + PRIOR_TURNS * usual) // (len(rest) + PRIOR_TURNS),
                sum(at_turn[other] for other in before),
                sum(at_turn[other] for other in after),
                at_turn[at],
            ]
        assert common[at].tolist() == expected
        for column, own in enumerate(course.roles):
            rest = [chances[other][column] for other, role in enumerate(roles) if role == own and other != at]
            mean = (sum(rest) + PRIOR_TURNS * USUAL[column]) // (len(rest) + PRIOR_TURNS)
            assert elsewhere[at, column] == mean


def test_a_call_full_of_faults_makes_a_fault_likelier(course: Course) -> None:
    """With weight on the faults elsewhere, the same sums give more than in a call without."""
    weights = course.weights.copy()
    weights[:2, OWN] = 1 << BITS
    leaning = replace(course, weights=weights)
    roles: list[Role] = ["agent", "agent", "agent"]
    linear = np.zeros((3, 4), dtype=np.int64)
    calm = leaning.percentages(linear, np.array([[0, -2000, 0, 0], [-2000] * 4, [-2000] * 4]), roles)
    rough = leaning.percentages(linear, np.array([[0, -2000, 0, 0], [900] * 4, [900] * 4]), roles)

    assert rough[0, 0] > calm[0, 0]
    assert rough[0, 2] == calm[0, 2] == 50


def test_no_turns_are_no_error() -> None:
    """A call without turns has no signals."""
    model = load_model()
    assert model is not None
    assert model.likely([], [], [], *[np.zeros((0, 0), dtype=np.int64)] * 2) == []


def test_all_labels_are_corrected_together_as_each_would_be_alone() -> None:
    """Every label's inputs times its weights, in one go."""
    model = load_model()
    assert model is not None
    course, chance = model.course, np.random.default_rng(3)
    linear, trees = chance.integers(-4000, 4000, (2, 25, len(course.labels)))
    roles: list[Role] = ["agent", "customer", "agent", "other", "agent"] * 5

    alone = [part @ weights for part, weights in zip(course.inputs(linear, trees, roles), course.weights, strict=True)]

    assert course.corrected(linear, trees, roles).tolist() == ((np.stack(alone, axis=1) + course.bias) >> BITS).tolist()
