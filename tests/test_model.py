"""The shipped model gives whole numbers that hang on nothing but the call."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from coach.understand.forest import Part, forest_of
from coach.understand.learned import MODEL_FILE, Linear, load_model

ROOT = Path(__file__).resolve().parent.parent


def test_the_model_is_small_and_holds_integers_only() -> None:
    """Under 20 MB, no pickles, no floating-point numbers."""
    assert MODEL_FILE.stat().st_size < 20_000_000
    with np.load(MODEL_FILE, allow_pickle=False) as stored:
        assert {stored[name].dtype.kind for name in stored.files} <= {"i", "U"}


def test_sums_and_tables_give_the_percentages_they_say() -> None:
    """A sum at a table's n-th bound is n per cent, one below n - 1; few features weigh 1.76 times."""
    rows = np.zeros(1 << 18, dtype=np.int64)
    rows[7] = 1
    linear = Linear(
        labels=("a",),
        rows=rows,
        weights=np.array([[0], [30]], dtype=np.int16),
        bias=np.array([-5]),
        table=np.arange(100)[None, :],
    )

    assert linear.percentages([[7], [8], [7, 8]]) == [[48], [0], [48]]


def test_a_forest_is_the_mean_of_the_leaves_that_a_row_reaches() -> None:
    """Two trees of one label, one of another, none of a third; however many rows there are."""
    forest = forest_of(
        [Part(roots=(0, 2), nodes=(0, 4)), Part(roots=(2, 3), nodes=(4, 5)), Part(roots=(3, 3), nodes=(5, 5))],
        roots=np.array([0, 3, 0]),
        feature=np.array([0, -1, -1, -1, -1]),
        threshold=np.array([10, 0, 0, 0, 0]),
        left=np.array([1, 0, 0, 0, 0]),
        right=np.array([2, 0, 0, 0, 0]),
        leaf=np.array([0, 100, 900, 300, 7]),
    )

    rows = np.array([[10], [11]] * 100)
    assert forest.means(rows).tolist() == [[200, 600] * 100, [7] * 200, [0] * 200]
    assert forest.means(rows[:0]).shape == (3, 0)


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
