"""The shipped model gives whole numbers that hang on nothing but the call."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from coach.model import Role, Turn, Utterance
from coach.understand.features import DENSE_SIGNALS, OWN_REMEMBERED, REMEMBERED, dense
from coach.understand.fields import field_names
from coach.understand.forest import Trees, forest_of, joined
from coach.understand.hashing import SIZE
from coach.understand.learned import MODEL_FILE, Linear, load_model
from coach.understand.replies import COLUMNS

ROOT = Path(__file__).resolve().parent.parent


def test_the_model_is_small_and_holds_integers_only() -> None:
    """Under 20 MB, no pickles, no floating-point numbers."""
    assert MODEL_FILE.stat().st_size < 20_000_000
    with np.load(MODEL_FILE, allow_pickle=False) as stored:
        assert {stored[name].dtype.kind for name in stored.files} <= {"i", "u", "U"}


def test_sums_and_tables_give_the_percentages_they_say() -> None:
    """A sum at a table's n-th bound is n per cent, one below n - 1; few features weigh 1.76 times."""
    rows = np.zeros(SIZE, dtype=np.int32)
    rows[7] = 1
    linear = Linear(
        labels=("a",),
        rows=rows,
        weights=np.array([[0], [30]], dtype=np.int16),
        bias=np.array([-5]),
        table=np.arange(100)[None, :],
    )

    assert linear.percentages([np.array(row) for row in ([7], [8], [7, 8])]).tolist() == [[48], [0], [48]]


def test_a_forest_is_the_sum_of_the_leaves_that_a_row_reaches() -> None:
    """Two trees of one label, one of another, none of a third; however many rows there are, and below zero too."""
    one = Trees(
        roots=np.array([0, 3]),
        feature=np.array([0, -1, -1, -1], dtype=np.int16),
        value=np.array([10, 100, -900, 300], dtype=np.int32),
        larger=np.array([2, 0, 0, 0], dtype=np.int32),
    )
    leaf, none = one.feature[-1:], one.feature[:0]
    other = Trees(roots=np.array([0]), feature=leaf, value=leaf.astype(np.int32) - 8, larger=one.larger[-1:])
    third = Trees(roots=np.zeros(0, dtype=np.int64), feature=none, value=one.value[:0], larger=one.larger[:0])
    forest = forest_of(joined([one, other, third]))

    rows = np.array([[10], [11]] * 100)
    assert forest.sums(rows).tolist() == [[400, -600] * 100, [-9] * 200, [0] * 200]
    assert forest.sums(rows[:0]).shape == (3, 0)


def test_the_dense_view_sees_neighbours_and_the_history_of_each_side() -> None:
    """Acts of the turns around, fields beside, the sum so far and the best of three turns, replies."""
    roles: tuple[Role, ...] = ("customer", "agent", "customer", "agent", "customer", "customer", "customer")
    turns = [
        Utterance(
            turn=Turn(number=at + 1, speaker=role, text="", line=at + 1),
            role=role,
            words=(),
            acts={},
            signals={"words": at},
        )
        for at, role in enumerate(roles)
    ]
    scores = [{"refusal": score} for score in (90, 7, 600, 8, 10, 20, 30)]
    counted = np.zeros((7, len(field_names())), dtype=np.int64)
    counted[:, field_names().index("fault")] = range(7)
    replies = np.arange(7 * len(COLUMNS), dtype=np.int64).reshape(7, -1)
    rows = dense(turns, scores, ["refusal", "pitch"], counted, replies)
    measured, history = len(DENSE_SIGNALS), 2 * (len(REMEMBERED) + len(OWN_REMEMBERED))
    fields = field_names().index("fault")

    assert rows[:, [0, 2, 4, 6, 8]].tolist()[3] == [8, 600, 7, 10, 20]
    assert rows[:, 0].tolist() == [90, 7, 600, 8, 10, 20, 30]
    assert rows[0, [2, 4]].tolist() == [0, 0]
    assert rows[:, 10].tolist() == list(range(7))
    begin = 10 + 3 * measured
    assert rows[:, begin : begin + 2].tolist() == [[0, 0], [90, 90], [7, 7], [690, 600], [15, 8], [15, 8], [15, 8]]
    assert rows[:, begin + history].tolist() == [0, 0, 0, 1, 0, 0, 1]
    beside = [begin + history + 1 + part * len(field_names()) + fields for part in range(3)]
    assert rows[:, beside].tolist()[2] == [2, 1, 3]
    assert (rows[:, -len(COLUMNS) :] == replies).all()


@pytest.mark.parametrize("threads", ["1", "2"])
def test_the_report_is_the_same_with_any_number_of_threads(threads: str) -> None:
    """Byte for byte, as the first run in this process's settings gives it."""
    command = [sys.executable, "-m", "coach", "review", "examples/de-rente-schlecht.txt", "--format", "json"]
    variables = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), threads)
    here = {"PATH": "/usr/bin:/bin", "HOME": str(ROOT), "COACH_CACHE": "false", "PYTHONPATH": str(ROOT)}
    plain = subprocess.run(command, check=True, capture_output=True, cwd=ROOT, env=here)
    threaded = subprocess.run(command, check=True, capture_output=True, cwd=ROOT, env=here | variables)

    assert plain.stdout == threaded.stdout
    assert b"pitch-after-refusal" in plain.stdout


def test_a_missing_model_is_no_error(tmp_path: Path) -> None:
    """Without the file, cues and structure work alone."""
    assert load_model(tmp_path / "none.npz") is None
