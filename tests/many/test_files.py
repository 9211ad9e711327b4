"""Which files a run takes, in which order, and what it says of those it cannot take."""

import os
from pathlib import Path

import pytest

from coach.callfile import bytes_of
from coach.errors import UnreadableTranscriptError, UsageError
from coach.files import found_files, listed
from coach.task import Unreviewed


def names(found: list[str | Unreviewed], top: Path) -> list[str]:
    """The paths below the folder; what is wrong begins with “!”."""
    shown = [(f"!{item.path}" if isinstance(item, Unreviewed) else item) for item in found]
    return [item.replace(f"{top}{os.sep}", "") for item in shown]


def test_a_folder_gives_its_transcripts_by_name(folder: Path) -> None:
    """Sidecars, labels, hidden files and what is no talk are passed over; a one-sided call is worth a message."""
    assert names(found_files([str(folder)]), folder) == ["a.txt", "b/c.txt", "b/d.md", "e.txt", "f.txt"]


def test_the_order_is_that_of_the_names_and_no_file_comes_twice(folder: Path) -> None:
    """A file that is named and lies in a named folder is reviewed where it is named first."""
    found = found_files([str(folder / "e.txt"), str(folder), str(folder / "b")])
    assert names(found, folder) == ["e.txt", "a.txt", "b/c.txt", "b/d.md", "f.txt"]


def test_a_file_named_twice_is_reviewed_once(folder: Path) -> None:
    """A list with a file in it twice would count its score twice in the mean, whatever the path is written like."""
    found = found_files([str(folder / "e.txt"), f"{folder}/b/../e.txt", str(folder / "e.txt"), "none.txt", "none.txt"])
    assert names(found, folder) == ["e.txt", "none.txt"]


def test_what_is_named_outright_is_taken(folder: Path) -> None:
    """Even a file that a folder would pass over, and one that is not there: its reader speaks."""
    found = found_files([str(folder / "notes.md"), "missing.txt", "-"])
    assert names(found, folder) == ["notes.md", "missing.txt", "-"]


def test_patterns_are_sorted_and_must_fit_something(folder: Path) -> None:
    """`**` goes to any depth; a pattern that fits nothing is an error in its place."""
    assert names(found_files([f"{folder}/**/*.txt"]), folder) == ["a.txt", "b/c.txt", "e.txt", "f.txt"]
    found = found_files([f"{folder}/*.vtt", f"{folder}/a*.txt"])
    assert names(found, folder) == ["!*.vtt", "a.txt"]


def test_a_file_may_be_called_like_a_pattern(folder: Path) -> None:
    """What exists is meant as it is written."""
    odd = folder / "call [1].txt"
    odd.write_text("x", encoding="utf-8")
    assert found_files([str(odd)]) == [str(odd)]


def test_links_are_followed_once_and_circles_are_told(folder: Path) -> None:
    """A link to a folder above, or to itself, ends nowhere and takes nothing else with it."""
    (folder / "b" / "up").symlink_to(folder)
    (folder / "round.txt").symlink_to(folder / "round.txt")
    (folder / "z").symlink_to(folder / "b")
    found = found_files([str(folder)])
    assert names(found, folder) == ["a.txt", "b/c.txt", "b/d.md", "!b/up", "e.txt", "f.txt", "!round.txt"]
    assert "back to a folder above" in next(item.message for item in found if isinstance(item, Unreviewed))


def test_a_folder_without_transcripts_is_told(tmp_path: Path) -> None:
    """An empty folder is a mistake, with a hint at what is looked for."""
    (tmp_path / "empty").mkdir()
    (item,) = found_files([str(tmp_path / "empty")])
    assert isinstance(item, Unreviewed)
    assert "no transcripts" in item.message
    assert ".txt" in (item.hint or "")


def test_a_list_names_files_by_line_or_nul(tmp_path: Path) -> None:
    """Both kinds of list work, with spaces and line breaks in names for the second."""
    lines, nuls, empty = tmp_path / "lines", tmp_path / "nuls", tmp_path / "empty"
    lines.write_bytes(b"a b.txt\r\n\nc.txt\n")
    nuls.write_bytes(b"a\nb.txt\0c.txt\0")
    empty.write_bytes(b"\n")
    assert listed(str(lines)) == ["a b.txt", "c.txt"]
    assert listed(str(nuls)) == ["a\nb.txt", "c.txt"]
    for wrong in (str(empty), str(tmp_path / "none")):
        with pytest.raises(UsageError):
            listed(wrong)


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What somebody is still writing to is never half read; one change is waited out."""
    path = tmp_path / "call.txt"
    path.write_bytes(b"Agent: Hello.\n")
    real, changes = os.fstat, [9]

    def writing(number: int) -> os.stat_result:
        if changes[0]:
            changes[0] -= 1
            with path.open("ab") as file:
                file.write(b"x")
        return real(number)

    monkeypatch.setattr(os, "fstat", writing)
    with pytest.raises(UnreadableTranscriptError, match="changed while it was read"):
        bytes_of(path, path="call.txt")
    changes[0] = 1
    assert bytes_of(path, path="call.txt").startswith(b"Agent")
