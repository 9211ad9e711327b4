"""A review survives being packed, whole and equal, and what is broken never passes for one."""

import json
import os
import zlib
from dataclasses import fields, replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from coach import cache as kept
from coach.brief import as_line, brief_of, from_line
from coach.call import book_for, review_file
from coach.callfile import CallFile, call_file
from coach.config import Config
from coach.decisive import call_key
from coach.model import Review
from coach.stored import at_path, packed, report_in, unpacked

from .conftest import KIND, PUSHY, ROOT

CALLS = sorted(str(path) for path in (ROOT / "examples").glob("*.txt"))


@cache
def reviewed(text: str, path: str = "call.txt") -> Review:
    """The review of a call."""
    config = Config()
    return review_file(CallFile(path=path, data=text.encode()), book_for(config), config)


@pytest.mark.parametrize("path", CALLS, ids=lambda path: Path(path).stem)
def test_an_unpacked_review_is_equal(path: str) -> None:
    """All of it, to the last digit, and with the same values inside one another."""
    config = Config()
    review = review_file(call_file(path), book_for(config), config)
    again = unpacked(packed(review))
    assert again == review
    assert packed(again) == packed(review)
    own = {id(finding) for finding in again.findings}
    assert all(id(finding) in own for item in again.focus for finding in item.findings)


def test_every_field_is_stored() -> None:
    """Also those that no review of today fills."""
    review = reviewed(PUSHY)
    talk = review.conversation
    meta = replace(talk.transcript.meta, call_date=date(2025, 11, 18), agent="Krüger", ids={"a": "b"}, duration=2.5)
    odd = replace(talk.transcript.turns[0], start=0.1, end=1e-9, remarks=("lacht",), doubtful=("\ud800",))
    turns = (odd, *talk.transcript.turns[1:])
    transcript = replace(talk.transcript, meta=meta, turns=turns, notes=("x",))
    changed = replace(
        review,
        conversation=replace(talk, transcript=transcript),
        notices=("y",),
        findings=(replace(review.findings[0], state="waived", state_reason="z"), *review.findings[1:]),
    )
    assert unpacked(packed(changed)) == changed


def test_a_report_may_stand_beside_a_review() -> None:
    """Either is read without the other."""
    review = reviewed(PUSHY)
    both = packed(review, report="„Für Sie“\n")
    assert (unpacked(both), report_in(both)) == (review, "„Für Sie“\n")
    assert report_in(packed(review)) == ""


def test_a_review_may_lie_elsewhere() -> None:
    """The path is the only thing that changes."""
    review = reviewed(PUSHY)
    moved = at_path(review, "other/call.txt")
    assert moved.conversation.transcript.path == "other/call.txt"
    assert at_path(moved, "call.txt") == review


@pytest.mark.parametrize("text", [PUSHY, KIND])
def test_a_brief_survives_its_line(text: str) -> None:
    """One line, and no word of the call in it but names and rules' titles."""
    brief = brief_of(reviewed(text))
    line = as_line(brief)
    assert b"\n" not in line
    assert from_line(line, "call.txt") == brief
    assert "Vertrag" not in line.decode()
    assert "doubled" not in line.decode()


@pytest.mark.parametrize(
    "data",
    [b"", b"x", *(len(row).to_bytes(8, "big") + row for row in (zlib.compress(b"{}"), zlib.compress(b"[1,2]"), b"x"))],
)
def test_what_is_no_review_is_an_error(data: bytes) -> None:
    """Never a review of something else."""
    with pytest.raises((ValueError, TypeError, LookupError, zlib.error)):
        unpacked(data)


def test_entries_are_whole_or_not_there(tmp_path: Path) -> None:
    """Owner only; a changed byte, a shorter file or another name make it vanish."""
    root = tmp_path / "deep" / "cache"
    key, other = kept.key_of([b"a"]), kept.key_of([b"b"])
    assert kept.get(root, key) is None
    entry = kept.Entry(head=b"line", body=b"body\nwith lines\n")
    assert kept.put(root, key, entry)
    assert kept.get(root, key) == entry
    (path,) = [found.path for found in kept.entries(root)]
    assert path.stat().st_mode & 0o777 == 0o600
    assert root.stat().st_mode & 0o777 == path.parent.stat().st_mode & 0o777 == 0o700
    data = path.read_bytes()
    for broken in (data[:-1], data.replace(b"body", b"bodY"), b"", data[:20]):
        path.write_bytes(broken)
        assert kept.get(root, key) is None
    (root / other[:2]).mkdir(exist_ok=True)
    (root / other[:2] / other).write_bytes(data)
    assert kept.get(root, other) is None


def test_a_cache_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    """A file in its place, and the run goes on without."""
    (tmp_path / "cache").write_text("x", encoding="utf-8")
    assert not kept.put(tmp_path / "cache", kept.key_of([b"a"]), kept.Entry(head=b"x"))


def test_the_oldest_go_first(tmp_path: Path) -> None:
    """The cache stays below its bound, drafts that nobody finishes vanish, other people's files stay."""
    keys = [kept.key_of([bytes([number])]) for number in range(8)]
    for number, key in enumerate(keys):
        kept.put(tmp_path, key, kept.Entry(head=b"x", body=bytes(1000)))
        path = tmp_path / key[:2] / key
        times = (1_000_000 + number, 1_000_000 + number)
        os.utime(path, times)
    draft = tmp_path / keys[0][:2] / f"{keys[0]}.1.tmp"
    draft.write_bytes(b"half")
    os.utime(draft, (1, 1))
    foreign = tmp_path / "ab" / "mine.txt"
    foreign.parent.mkdir(exist_ok=True)
    foreign.write_text("x", encoding="utf-8")
    kept.prune(tmp_path, largest=6000)
    assert [kept.get(tmp_path, key) is not None for key in keys] == [False] * 4 + [True] * 4
    assert not draft.exists()
    assert kept.clear(tmp_path)[0] == 4
    assert foreign.exists()


def test_the_name_of_a_result_holds_all_that_decides_it() -> None:
    """Content, name, sidecar and settings count; the folder, bars and reports do not."""
    file, config = CallFile(path="a/call.txt", data=b"x"), Config()
    key = call_key(file, config)
    for same in (Config(fail_under=3, redact=True, rule_bars={"monologue": 1}), Config(origins={"x": "y"})):
        assert call_key(file, same) == key
    assert call_key(replace(file, path="b/call.txt"), config) == key
    others = [
        call_key(replace(file, data=b"y"), config),
        call_key(replace(file, path="a/other.txt"), config),
        call_key(replace(file, sidecar=b""), config),
        *(call_key(file, other) for other in (Config(language="de"), Config(model=False), Config(off=("monologue",)))),
        call_key(file, Config(settings={"monologue": {"words": 1}})),
    ]
    assert len({key, *others}) == len(others) + 1
    undecided = {"rules", "redact", "cache", "fail_under", "fail_under_mean", "fail_on", "rule_bars", "profile_bars"}
    assert undecided < {field.name for field in fields(Config)}


def test_a_line_of_json_is_all_that_a_brief_is() -> None:
    """Lists of plain values."""
    assert isinstance(json.loads(as_line(brief_of(reviewed(KIND)))), list)
