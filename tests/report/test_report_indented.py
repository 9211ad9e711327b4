"""JSON is written as the standard library writes it, only sooner."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as some

from coach.report.indented import indented

PLAIN = (
    some.none() | some.booleans() | some.integers() | some.floats(allow_nan=False, allow_infinity=False) | some.text()
)
VALUES = some.recursive(PLAIN, lambda inner: some.lists(inner) | some.dictionaries(some.text(), inner))


@given(VALUES)
def test_it_is_the_standard_librarys_json(value: object) -> None:
    """To the byte, and with any margin the same but for it."""
    plain = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)
    assert indented(value) == plain
    assert indented(value, "    ") == plain.replace("\n", "\n    ")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {"a": [-float("inf")]}])
def test_what_json_cannot_write_is_an_error(value: object) -> None:
    """No report that others cannot read."""
    with pytest.raises(ValueError, match="cannot write"):
        indented(value)


def test_a_value_of_another_kind_is_an_error() -> None:
    """A report is converted knowingly, never dumped."""
    with pytest.raises(TypeError, match="set"):
        indented({"a": set()})
