"""Many calls in one run: order, workers, what is kept, what happens when a run or a worker is killed."""

import io
import json
import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from coach import cache, call, task
from coach.callfile import CallFile
from coach.progress import progress
from coach.read import read
from coach.report.many import by_agent

from .conftest import COACH, KIND, PUSHY, Command

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc for the workers")
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
WARM = """
import sys
from coach.cli import main
code = main(sys.argv[1:])
heavy = {'spacy', 'pydantic', 'yaml', 'numpy', 'coach.read', 'coach.rules'} & set(sys.modules)
sys.exit(f'imported: {heavy}' if heavy else code)
"""


def paths(answer: str) -> list[str]:
    """The calls of a JSON report."""
    return [item["path"] for item in json.loads(answer)["reports"]]


def test_a_folder_is_reviewed_in_order_and_one_bad_file_is_told(coach: Command) -> None:
    """The rest goes on; the exit code is 2."""
    answer = coach("review", "calls", "-f", "json")
    assert answer.code == 2
    assert paths(answer.out) == ["calls/a.txt", "calls/b/c.txt", "calls/b/d.md", "calls/e.txt"]
    assert [item["path"] for item in json.loads(answer.out)["errors"]] == ["calls/f.txt"]
    assert answer.err.startswith("coach: calls/f.txt: ")


def test_notes_on_a_folder_are_in_one_language(coach: Command, folder: Path) -> None:
    """Calls in German and English beside each other: the first report's language holds for all, as in the summary."""
    (folder / "two").mkdir()
    for name in ("de-rente-schlecht.txt", "en-pension-bad.txt"):
        (folder / "two" / name).write_bytes((EXAMPLES / name).read_bytes())
    notes = coach("review", "calls/two", "-f", "csv").err.splitlines()
    assert [line.partition(".txt: ")[2] for line in notes] == ["Vor dem Gespräch: 1 Zeile ausgelassen."] * 2


def test_workers_change_nothing(coach: Command) -> None:
    """The same bytes, whoever does the work; standard input is read in any case."""
    alone = coach("review", "calls", "-f", "json", "--no-cache")
    shared = coach("review", "calls", "-f", "json", "--no-cache", "--jobs", "3")
    assert shared == alone
    assert coach("review", "calls", "-f", "json", "--jobs", "2") == alone
    assert coach("review", "calls", "-f", "json") == alone


def test_what_is_passed_on_is_what_would_be_made(coach: Command, folder: Path) -> None:
    """Reports made ready by workers are those that a run would make, elsewhere too, and with uncertain findings."""
    coach("review", "calls", "-f", "json", "--jobs", "2")
    (folder / 'a "b"').mkdir()
    for name in ("a.txt", "b/c.txt", "e.txt"):
        (folder / name).rename(folder / 'a "b"' / Path(name).name)
    for more in ((), ("--all",), ("--redact",)):
        known = coach("review", 'calls/a "b"', "-f", "json", *more)
        assert known == coach("review", 'calls/a "b"', "-f", "json", "--no-cache", *more)
        assert len(paths(known.out)) == 3


def test_placeholders_are_put_in_once(coach: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next run finds them, wherever the call lies; without the cache, nothing is kept."""
    command = ("review", "calls", "--redact", "-f", "jsonl", "-f", "markdown", "-o", "m.jsonl", "-o", "m.md")
    bare = coach(*command, "--no-cache")
    assert list(cache.entries(cache.folder())) == []
    made = [Path(name).read_bytes() for name in ("m.jsonl", "m.md")]
    assert b"[NAME-1]" in made[0]
    coach(*command)
    assert coach(*command) == bare  # what was known is packed, and so are its placeholders now
    monkeypatch.setattr("coach.redact.redacted", lambda _review: pytest.fail("put in once more"))
    assert coach(*command) == bare
    assert [Path(name).read_bytes() for name in ("m.jsonl", "m.md")] == made
    Path("calls").rename("elsewhere")
    moved = coach("review", "elsewhere", "--redact", "-f", "jsonl")
    assert moved.out.encode() == made[0].replace(b"calls/", b"elsewhere/")


def test_a_warm_run_loads_nothing_heavy(folder: Path, environment: dict[str, str]) -> None:
    """What is known, refusals included, needs neither spaCy nor NumPy nor the rules; the report is the same."""
    command = ["review", str(folder), "-f", "json"]
    cold = subprocess.run([*COACH, *command], check=False, capture_output=True, env=environment)
    program = [sys.executable, "-P", "-c", WARM]
    (folder / "b" / "d.md").rename(folder / "b" / "d.txt")  # a suffix that needs no look inside
    subprocess.run([*COACH, *command], check=False, capture_output=True, env=environment)
    (folder / "notes.md").unlink()
    (folder / "numbers.csv").unlink()
    warm = subprocess.run([*program, *command], check=False, capture_output=True, env=environment)
    assert (cold.returncode, warm.returncode) == (2, 2)
    assert warm.stderr == cold.stderr
    assert warm.stdout == cold.stdout.replace(b"d.md", b"d.txt")


def test_a_refusal_that_names_its_file_is_not_kept_for_another(coach: Command) -> None:
    """The same file in another folder is told where its own calls are."""
    rows = "call_id,speaker,text\n" + "".join(
        f"{number},{who},What can I do for you today?\n" for number in (1, 2) for who in ("Agent", "Customer") * 2
    )
    for name in ("one", "two"):
        Path(name).mkdir()
        Path(name, "many.csv").write_text(rows, encoding="utf-8")
    first, second = coach("review", "one/many.csv"), coach("review", "two/many.csv")
    assert (first.code, second.code) == (2, 2)
    assert "one/many.csv#" in first.err
    assert "two/many.csv#" in second.err
    assert "one/" not in second.err


def test_results_are_found_again_until_something_changes(coach: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """Content and settings decide; where the file lies and what the bars are do not."""
    reviewed: list[str] = []
    real = read

    def counted(data: bytes, *, path: str, **rest: object) -> object:
        reviewed.append(path)
        return real(data, path=path, **rest)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(call, "read", counted)

    def fresh(*options: str) -> list[str]:
        reviewed.clear()
        coach("review", "calls/a.txt", "calls/f.txt", *options)
        return list(reviewed)

    both = ["calls/a.txt", "calls/f.txt"]
    assert fresh() == both
    assert fresh() == []
    assert fresh("--fail-under", "40", "--all", "-f", "json") == []
    assert fresh("--no-cache") == both
    assert fresh("--swap") == both
    Path("calls/a.meta.yaml").write_text("agent: Krüger\n", encoding="utf-8")
    assert fresh() == ["calls/a.txt"]
    Path("calls/f.txt").write_text(KIND, encoding="utf-8")
    assert fresh() == ["calls/f.txt"]
    for found in cache.entries(cache.folder()):
        found.path.write_bytes(b"broken")
    assert fresh() == both
    monkeypatch.setenv("COACH_CACHE", "false")
    assert fresh() == both


def test_a_date_without_a_year_holds_until_its_day_comes_round(coach: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """The year depends on the day of reading; a result that rests on it is not used when that would be another one."""
    seen: list[str] = []
    real = call.transcript_of

    def counted(file: CallFile, *rest: object, **more: object) -> object:
        seen.append(file.path)
        return real(file, *rest, **more)  # type: ignore[arg-type]  # passed on as it came

    def on(day: date) -> list[str]:
        def then(data: bytes, *, today: date | None, **rest: object) -> object:
            return read(data, today=today or day, **rest)  # type: ignore[arg-type]  # passed on as it came

        monkeypatch.setattr(task, "date", type("Today", (date,), {"today": classmethod(lambda _cls: day)}))
        monkeypatch.setattr(call, "read", then)
        seen.clear()
        coach("review", "a.txt", "b.txt")
        return sorted(set(seen))

    monkeypatch.setattr(call, "transcript_of", counted)
    Path("a.txt").write_text(f"Freitag, 20. August\n\n{PUSHY}", encoding="utf-8")
    Path("b.txt").write_text(PUSHY, encoding="utf-8")
    assert on(date(2026, 11, 27)) == ["a.txt", "b.txt"]
    assert on(date(2026, 11, 27)) == []
    assert on(date(2026, 12, 6)) == []
    assert on(date(2027, 9, 6)) == ["a.txt"]
    assert on(date(2027, 9, 6)) == []


def test_the_cache_can_be_looked_at_and_cleared(coach: Command) -> None:
    """It says where it is; nothing is left of it."""
    coach("review", "calls")
    assert "5 results" in coach("cache", "show").out
    assert "5 results removed" in coach("cache", "clear").out
    assert list(cache.entries(cache.folder())) == []


def test_standard_input_may_list_files_or_be_a_call(coach: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not both; a call from standard input leaves nothing behind."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"calls/e.txt\ncalls/a.txt\n")))
    assert paths(coach("review", "--files-from", "-", "-f", "json", "--no-cache").out) == ["calls/e.txt", "calls/a.txt"]
    both = coach("review", "-", "--files-from", "-")
    assert both.code == 2
    assert "both" in both.err
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(KIND.encode())))
    assert paths(coach("review", "-", "-f", "json").out) == ["-"]
    assert list(cache.entries(cache.folder())) == []


def test_many_calls_are_a_line_each(coach: Command) -> None:
    """A summary tells the mean, what is found most often and whom to learn from; agents only on request."""
    Path("many").mkdir()
    for number in range(12):
        text = KIND.replace("Agent:", "Agent Ann:") if number % 4 else PUSHY
        Path(f"many/{number:02}.txt").write_text(text.format(number=number), encoding="utf-8")
    answer = coach("review", "many", "--report-lang", "en")
    assert answer.code == 0
    assert "For the next call" not in answer.out
    assert sum(line.strip().endswith(")") and "many/" in line for line in answer.out.splitlines()) >= 12
    assert "in 3 of 12 calls, 3 times" in answer.out
    assert "The call to learn from" in answer.out
    assert "By agent" not in answer.out
    agents = coach("review", "many", "--report-lang", "en", "--by-agent").out.partition("By agent")[2]
    assert "Agent Ann: 9 calls" in agents
    assert "Not named: 3 calls" in agents  # `Berater` is another in each call
    assert "Berater" not in agents
    assert "For the next call" in coach("review", "many", "--report-lang", "en", "--all").out
    assert by_agent([]) == {}


@LINUX
def test_a_worker_that_dies_takes_one_call(coach: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed for want of memory, say: its call is told, another worker does the rest."""
    real = call.review_file

    def deadly(file: CallFile, *rest: object, **more: object) -> object:
        if file.path == "calls/b/c.txt":
            os.kill(os.getpid(), signal.SIGKILL)
        return real(file, *rest, **more)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(call, "review_file", deadly)
    answer = coach("review", "calls", "-f", "json", "--jobs", "2")
    assert answer.code == 2
    assert paths(answer.out) == ["calls/a.txt", "calls/b/d.md", "calls/e.txt"]
    assert "The process that reviewed this call ended (code -9)" in answer.err


def workers_of(process: "subprocess.Popen[bytes]") -> list[int]:
    """The process ids of its children, once there are two."""
    listing = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    for _ in range(400):
        found = [int(part) for part in listing.read_text(encoding="ascii").split()]
        if len(found) == 2:
            return found
        time.sleep(0.02)
    raise AssertionError("no workers")


def gone(pid: int) -> bool:
    """The process has ended, though perhaps nobody has asked how."""
    try:
        return ") Z " in Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return True


@LINUX
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_a_run_that_is_ended_leaves_whole_files_only(
    tmp_path: Path, environment: dict[str, str], how: signal.Signals
) -> None:
    """Ctrl-C ends it at once with 130; kill -9 too, workers and all. No report, no draft, no broken result."""
    calls = tmp_path / "long"
    calls.mkdir()
    for number in range(40):
        (calls / f"{number}.txt").write_text("".join(PUSHY.format(number=n + number) for n in range(100)), "utf-8")
    child = subprocess.Popen(
        [*COACH, "review", str(calls), "--jobs", "2", "-f", "json", "-o", str(tmp_path / "out.json")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    )
    workers = workers_of(child)
    root = tmp_path / "cache" / "reviews"
    for _ in range(5_000):
        if any(len(found.path.name) == 64 for found in cache.entries(root)):  # a whole one, no draft
            break
        time.sleep(0.02)
    child.send_signal(how)
    out, err = child.communicate(timeout=20)  # all the calls take far longer
    assert child.returncode == (130 if how == signal.SIGINT else -signal.SIGKILL)
    assert (out, err) == (b"", b"")
    for _ in range(500):
        if all(gone(pid) for pid in workers):
            break
        time.sleep(0.02)
    assert all(gone(pid) for pid in workers)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cache", "long"]
    whole = [found for found in cache.entries(root) if len(found.path.name) == 64]
    assert whole
    assert all(cache.get(root, found.path.name) is not None for found in whole)


def test_a_terminal_sees_how_far_the_run_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bar on standard error that is wiped away at the end; nothing where nobody looks."""

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    with progress(4) as tell:
        assert tell is not None
        tell(2, 4)
    assert "[###############...............] 2/4" in terminal.getvalue()
    assert terminal.getvalue().endswith("\r\x1b[K")
    with progress(1) as tell:
        assert tell is None
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with progress(4) as tell:
        assert tell is None
