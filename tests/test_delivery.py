"""Formats and outputs are paired in order, and what is unclear is an error."""

from pathlib import Path

import pytest

from coach.delivery import Delivery, deliveries, is_redacted
from coach.errors import UsageError


@pytest.mark.parametrize(
    ("formats", "outputs", "pairs"),
    [
        ((), (), [("terminal", None)]),
        (("json",), (), [("json", None)]),
        (("json",), ("a.txt",), [("json", "a.txt")]),
        (("json", "terminal"), ("a", "b"), [("json", "a"), ("terminal", "b")]),
        (("json", "terminal"), ("a",), [("json", "a"), ("terminal", None)]),
        (("json", "terminal"), ("-", "b"), [("json", None), ("terminal", "b")]),
        (("json", "json"), ("a", "b"), [("json", "a"), ("json", "b")]),
        ((), ("a.json", "b.txt", "c"), [("json", "a.json"), ("terminal", "b.txt"), ("terminal", "c")]),
        ((), ("A.JSON",), [("json", "A.JSON")]),
    ],
)
def test_each_report_has_its_place(
    formats: tuple[str, ...], outputs: tuple[str, ...], pairs: list[tuple[str, str | None]]
) -> None:
    """The n-th output belongs to the n-th format; what is left over goes to standard output."""
    wanted = [Delivery(format=name, file=None if file is None else Path(file)) for name, file in pairs]
    assert list(deliveries(formats, outputs)) == wanted


@pytest.mark.parametrize(
    ("formats", "outputs", "words"),
    [
        (("json",), ("a", "b"), "2 outputs for 1 format"),
        (("json", "terminal"), (), "standard output: json, terminal"),
        (("json", "terminal"), ("a", "./a"), "Two reports"),
        (("json", "terminal"), ("-",), "Two reports"),
        (("jsn",), (), "no format “jsn”"),
        ((), ("talk.PDF",), "no format for “talk.PDF”"),
    ],
)
def test_what_is_unclear_is_an_error(formats: tuple[str, ...], outputs: tuple[str, ...], words: str) -> None:
    """Nothing is guessed where two readings are possible."""
    with pytest.raises(UsageError, match=words) as caught:
        deliveries(formats, outputs)
    assert caught.value.hint


@pytest.mark.parametrize(("name", "by_default"), [("terminal", False), ("json", False), ("csv", True), ("html", True)])
def test_personal_data_are_replaced_in_what_is_sent_around(name: str, *, by_default: bool) -> None:
    """A format decides where nobody else does."""
    assert is_redacted(name, decided=None) is by_default
    assert is_redacted(name, decided=True)
    assert not is_redacted(name, decided=False)
