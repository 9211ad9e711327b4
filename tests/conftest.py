"""Options and fixtures for all tests."""

import signal
from pathlib import Path

import hypothesis
import pytest

hypothesis.settings.register_profile(
    "unhurried", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("unhurried")  # a busy machine is no fault; how fast things are is measured elsewhere


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--rewrite-golden` writes the golden files anew; nothing else ever does."""
    parser.addoption("--rewrite-golden", action="store_true", help="write the golden files of the reports anew")


def pytest_configure() -> None:
    """What tests start can be interrupted, even where whoever started the tests in the background ignores Ctrl-C."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def rewrite_golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be written instead of compared."""
    return bool(request.config.getoption("--rewrite-golden"))


@pytest.fixture(scope="session")
def rules_folder() -> Path:
    """The rules in this checkout."""
    return Path(__file__).resolve().parent.parent / "rules"
