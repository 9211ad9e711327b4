"""The wheel holds the rules and runs anywhere; the scripts set themselves up once, safely, and say what is missing."""

import os
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from coach import __version__

ROOT = Path(__file__).resolve().parent.parent
TOOLS = "sh cat chmod cksum cp dirname find ln mkdir mv printf readlink rm sleep tail".split()
PYTHON = """\
#!/bin/sh
# Stands in for Python: answers what the setup asks, and notes what it is told to do.
case "$*" in
*'print('*) echo "$FAKE_VERSION" ;;
*'< (3, 11)'*) [ "$FAKE_VERSION" != 3.9 ] ;;
*'import venv, ensurepip'*) [ -z "$FAKE_BARE" ] ;;
'-m venv '*) sleep "${FAKE_SLEEP:-0}"; mkdir -p "$3/bin"; cp "$0" "$3/bin/python"; echo venv >>"$FAKE_LOG" ;;
'-m pip --version') ;;
'-m pip install '*) echo install >>"$FAKE_LOG"; [ -z "$FAKE_OFFLINE" ] || { echo 'no network' >&2; exit 1; } ;;
'-P -m coach'*) shift 3; echo "coach: $*" ;;
*) exit 3 ;;
esac
"""

Checkout = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without the network."""
    pytest.importorskip("hatchling")
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_holds_what_the_tool_needs(wheel: Path) -> None:
    """Rules, data, types and licence are inside; tests and the corpus are not."""
    names = set(zipfile.ZipFile(wheel).namelist())
    assert wheel.name == f"call_coach-{__version__}-py3-none-any.whl"
    rules = {f"coach/_rules/{path.relative_to(ROOT / 'rules').as_posix()}" for path in (ROOT / "rules").rglob("*.yml")}
    data = {path.relative_to(ROOT).as_posix() for path in (ROOT / "coach" / "data").rglob("*") if path.is_file()}
    assert rules | data | {"coach/py.typed", "coach/_rules/schema/rule.json"} <= names
    assert not [name for name in names if not name.startswith(("coach/", "call_coach-"))]
    assert [name for name in names if name.endswith("licenses/LICENSE")]


def test_the_wheel_runs_in_an_empty_folder(wheel: Path, tmp_path: Path) -> None:
    """Unpacked somewhere else, far from the checkout, it reviews a call with the rules inside."""
    unpacked, empty = tmp_path / "unpacked", tmp_path / "empty"
    zipfile.ZipFile(wheel).extractall(unpacked)
    empty.mkdir()
    call = (
        "Agent: Good morning, what can I do for you?\nCustomer: My bill has doubled.\nAgent: I am sorry to hear that.\n"
    )
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COACH_")}
    done = subprocess.run(
        [sys.executable, "-P", "-m", "coach", "review", "-", "--format", "json"],
        check=False,
        cwd=empty,
        env={**kept, "PYTHONPATH": str(unpacked), "HOME": str(empty)},
        input=call,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert '"language": "en"' in done.stdout
    program = "from coach.rulebook import shipped_rules; print(shipped_rules())"
    where = subprocess.run(
        [sys.executable, "-P", "-c", program],
        check=True,
        env={**kept, "PYTHONPATH": str(unpacked)},
        capture_output=True,
    )
    assert where.stdout.decode().strip() == str(unpacked / "coach" / "_rules")
    assert list(empty.iterdir()) == []


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """A checkout with the scripts, on a machine that has nothing but the usual tools and a stand-in for Python."""
    root, machine = tmp_path / "check out", tmp_path / "bin"
    shutil.copytree(ROOT / "scripts", root / "scripts")
    (root / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    machine.mkdir()
    for tool in TOOLS:
        found = shutil.which(tool)
        if found:
            (machine / tool).symlink_to(found)
    (machine / "python3").write_text(PYTHON, encoding="utf-8")
    (machine / "python3").chmod(0o755)

    def run(*arguments: str, script: Path | None = None, **variables: str) -> "subprocess.CompletedProcess[str]":
        fixed = {"PATH": str(machine), "FAKE_LOG": str(tmp_path / "log"), "FAKE_VERSION": "3.12"}
        return subprocess.run(
            [script or root / "scripts" / "coach", *arguments],
            check=False,
            cwd=tmp_path,
            env={**fixed, **variables},
            capture_output=True,
            text=True,
        )

    return run


def log(tmp_path: Path) -> list[str]:
    """What the stand-in was told to do."""
    path = tmp_path / "log"
    return path.read_text(encoding="utf-8").split() if path.exists() else []


def test_the_first_run_sets_up_and_the_second_does_not(checkout: Checkout, tmp_path: Path) -> None:
    """Progress goes to standard error; standard output is the tool's; arguments pass through as they are."""
    first = checkout("review", "a b", "*", "--all")
    assert (first.returncode, first.stdout) == (0, "coach: review a b * --all\n")
    assert first.stderr.splitlines()[0] == "coach: making .venv with python3 (3.12) …"
    assert first.stderr.splitlines()[-1] == "coach: ready."
    second = checkout("--version")
    assert (second.stdout, second.stderr) == ("coach: --version\n", "")
    assert log(tmp_path) == ["venv", "install"]
    assert not (tmp_path / "check out" / ".venv" / ".setup-lock").is_symlink()


def test_a_changed_pyproject_is_installed_again(checkout: Checkout, tmp_path: Path) -> None:
    """The environment stays, what it holds is brought up to date."""
    checkout()
    (tmp_path / "check out" / "pyproject.toml").write_text("[project] # more\n", encoding="utf-8")
    assert "ready" in checkout().stderr
    assert log(tmp_path) == ["venv", "install", "install"]


def test_a_moved_checkout_is_installed_again(checkout: Checkout, tmp_path: Path) -> None:
    """The old place is written into an environment."""
    checkout()
    (tmp_path / "check out").rename(tmp_path / "moved")
    done = checkout("x", script=tmp_path / "moved" / "scripts" / "coach")
    assert (done.stdout, done.stderr.splitlines()[-1]) == ("coach: x\n", "coach: ready.")


def test_a_link_to_the_script_works(checkout: Checkout, tmp_path: Path) -> None:
    """As in ~/bin."""
    link = tmp_path / "mycoach"
    link.symlink_to("check out/scripts/coach")
    assert checkout("x", script=link).stdout == "coach: x\n"


def test_a_failed_setup_is_explained_and_done_again(checkout: Checkout, tmp_path: Path) -> None:
    """Without the network the reason is shown, nothing is taken for ready, and no lock stays behind."""
    failed = checkout("x", FAKE_OFFLINE="yes")
    assert (failed.returncode, failed.stdout) == (2, "")
    assert "no network" in failed.stderr
    assert checkout("x").stdout == "coach: x\n"
    assert log(tmp_path) == ["venv", "install", "install"]


def test_what_a_killed_setup_left_behind_is_cleared(checkout: Checkout, tmp_path: Path) -> None:
    """Half an environment and a lock of a process that is gone do no harm."""
    venv = tmp_path / "check out" / ".venv"
    (venv / "bin").mkdir(parents=True)
    (venv / "bin" / "half").write_text("", encoding="utf-8")
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    (venv / ".setup-lock").symlink_to(f"pid-{gone.pid}")
    assert checkout("x").stdout == "coach: x\n"
    assert not (venv / "bin" / "half").exists()


def test_two_at_once_set_up_once(checkout: Checkout, tmp_path: Path) -> None:
    """The second waits for the first and finds all ready."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(2) as pool:
        begin = time.monotonic()
        both = list(pool.map(lambda name: checkout(name, FAKE_SLEEP="1"), ("one", "two")))
    assert sorted(done.stdout for done in both) == ["coach: one\n", "coach: two\n"]
    assert log(tmp_path) == ["venv", "install"]
    assert sum("waiting for it" in done.stderr for done in both) == 1
    assert time.monotonic() - begin < 20


def test_a_python_without_venv_is_named(checkout: Checkout) -> None:
    """The package to install is said, for the version that is there."""
    done = checkout("x", FAKE_BARE="yes")
    assert (done.returncode, done.stdout) == (2, "")
    assert "Python 3.12 is here, but without venv and ensurepip" in done.stderr
    assert "apt install python3.12-venv" in done.stderr


def test_an_old_python_is_named(checkout: Checkout) -> None:
    """What was found is said, and what is needed."""
    done = checkout("x", FAKE_VERSION="3.9")
    assert done.returncode == 2
    assert "Python 3.11 or newer is needed. Found only: python3 (3.9)." in done.stderr


def test_other_names_of_python_are_tried(checkout: Checkout, tmp_path: Path) -> None:
    """A machine may have python3.12 and no python3."""
    (tmp_path / "bin" / "python3").rename(tmp_path / "bin" / "python3.12")
    assert "making .venv with python3.12 (3.12)" in checkout("x").stderr
