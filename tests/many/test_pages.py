"""A folder of pages: one per call and an overview, all of them or none, and nothing of anybody else's overwritten."""

from pathlib import Path

import pytest

from .conftest import KIND, PUSHY, Command


def names(folder: str) -> list[str]:
    """What lies in the folder, hidden drafts included."""
    return sorted(path.name for path in Path(folder).iterdir())


@pytest.mark.parametrize("options", [("-f", "html", "-o", "pages/"), ("-o", "pages/")])
def test_each_call_has_its_page_and_a_bad_file_is_told(coach: Command, options: tuple[str, ...]) -> None:
    """The overview names what could not be reviewed; the exit code is 2, and other reports are written beside."""
    answer = coach("review", "calls", *options)
    assert answer.code == 2
    assert answer.out == ""
    assert answer.err.endswith(f"coach: 4 pages and the overview written: {Path('pages', 'index.html')}\n")
    assert names("pages") == ["a.html", "b-c.html", "b-d.html", "e.html", "index.html"]
    index = Path("pages/index.html").read_text(encoding="utf-8")
    assert "f.txt" in index
    assert 'href="b-c.html"' in index
    assert "Agent 1" not in index


def test_pages_are_written_anew_and_strangers_stay(coach: Command) -> None:
    """An existing folder needs no slash; the pages are the same bytes, and a page without a call stays."""
    Path("pages").mkdir()
    Path("pages/mine.txt").write_text("mine", encoding="utf-8")
    coach("review", "calls", "-f", "html", "-o", "pages")
    before = {name: Path("pages", name).read_bytes() for name in names("pages")}
    coach("review", "calls", "-f", "html", "-o", "pages")
    assert {name: Path("pages", name).read_bytes() for name in names("pages")} == before
    assert Path("pages/mine.txt").read_text(encoding="utf-8") == "mine"


def test_what_somebody_wrote_is_not_overwritten(coach: Command) -> None:
    """A file of their own, or a page with notes, stops the whole folder; nothing is changed."""
    Path("pages").mkdir()
    Path("pages/e.html").write_text("<p>Minutes of the meeting", encoding="utf-8")
    answer = coach("review", "calls/a.txt", "calls/e.txt", "-f", "html", "-o", "pages/")
    assert answer.code == 2
    assert "coach: pages/e.html: The page cannot be written: there is a file of this name" in answer.err
    assert names("pages") == ["e.html"]
    Path("pages/e.html").unlink()
    coach("review", "calls/a.txt", "calls/e.txt", "-f", "html", "-o", "pages/")
    page = Path("pages/e.html")
    noted = page.read_text(encoding="utf-8").replace('"page-notes">{}', '"page-notes">{"notes":{"c1-call":"x"}}')
    page.write_text(noted, encoding="utf-8")
    again = coach("review", "calls/a.txt", "calls/e.txt", "-f", "html", "-o", "pages/")
    assert again.code == 2
    assert "notes or ticks" in again.err
    assert page.read_text(encoding="utf-8") == noted


def test_a_folder_that_cannot_be_made_leaves_nothing(coach: Command) -> None:
    """The other reports of the run are written all the same."""
    answer = coach("review", "calls/a.txt", "-f", "html", "-o", "no/where/", "-f", "json", "-o", "report.json")
    assert answer.code == 2
    assert answer.err.startswith("coach: no/where: The pages cannot be written: ")
    assert not Path("no").exists()
    assert Path("report.json").exists()


@pytest.mark.parametrize("name", ["json", "terminal", "junit"])
def test_a_folder_takes_pages_only(coach: Command, name: str) -> None:
    """Other formats are one file; that is said before any call is reviewed."""
    answer = coach("review", "calls", "-f", name, "-o", "pages/")
    assert answer.code == 2
    assert f"The format “{name}” is one file, not a folder." in answer.err
    assert not Path("pages").exists()


def test_agents_are_told_apart_without_their_names(coach: Command) -> None:
    """Placeholders begin anew in each call; agents have numbers that are the same in all of them."""
    Path("many").mkdir()
    for number in range(12):
        text = KIND.replace("Agent:", "Tarquin Vale:") if number % 3 else PUSHY.replace("Berater:", "Yorick Ammann:")
        Path(f"many/{number:02}.txt").write_text(text.format(number=number), encoding="utf-8")
    review = ("review", "many", "--report-lang", "en", "--by-agent")
    coach(*review, "-f", "html", "-o", "pages/")
    index = Path("pages/index.html").read_text(encoding="utf-8")
    assert "<bdi>Agent 1</bdi>" in index
    assert "8 calls" in index
    assert "Tarquin" not in index
    for shown in (coach(*review, "--redact").out, coach(*review, "--redact", "--all").out):
        summary = shown.rpartition("By agent")[2]
        assert "Agent 2: 8 calls" in summary
        assert "Yorick" not in summary
    assert "Yorick Ammann: 4 calls" in coach(*review).out


def test_pages_that_cannot_be_written_in_whole_are_not_there(coach: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full in the middle leaves the folder as it was."""
    coach("review", "calls/a.txt", "-f", "html", "-o", "pages/")
    before = {name: Path("pages", name).read_bytes() for name in names("pages")}
    written = Path.open

    def full(path: Path, *arguments: object, **more: object) -> object:
        if path.name == "index.html":
            raise OSError(28, "No space left on device")
        return written(path, *arguments, **more)  # type: ignore[call-overload]

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", full)
        answer = coach("review", "calls", "-f", "html", "-o", "pages/")
    assert answer.code == 2
    assert "No space left on device" in answer.err
    assert {name: Path("pages", name).read_bytes() for name in names("pages")} == before
