"""A few hundred spoiled files end as transcripts or as errors; `scripts/fuzz.py` does the same with many thousands."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def fuzz() -> ModuleType:
    """The script."""
    spec = importlib.util.spec_from_file_location("fuzz", ROOT / "scripts" / "fuzz.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["fuzz"] = module
    spec.loader.exec_module(module)
    return module


def test_spoiled_files_are_read_or_refused(fuzz: ModuleType) -> None:
    """No input ends in anything but a sound transcript or a CoachError."""
    tally = fuzz.run(500, 20_260_301, fuzz.seeds(fuzz.SAMPLES))

    assert [(name, number, trace) for name, number, _, trace in tally.failures] == []
    assert sum(tally.outcomes.values()) == 500
    assert len(tally.outcomes) > 10


def test_the_same_seed_spoils_alike(fuzz: ModuleType) -> None:
    """A failure can be looked at again."""
    files = fuzz.seeds(fuzz.SAMPLES)[:20]

    assert fuzz.run(40, 3, files).outcomes == fuzz.run(40, 3, files).outcomes
