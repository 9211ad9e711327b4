"""The GitHub Action and the hooks, by running what they run."""

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
HOOKS = {item["id"]: item for item in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
CALL = "A: Guten Tag, es geht um Ihren Tarif.\nK: Nein danke, kein Interesse.\nA: Wir sind aber Marktführer und vergleichen achtzig Anbieter!\nK: Ich habe nein gesagt.\nA: Der Bonus gilt nur noch heute, unterschreiben Sie jetzt!\nK: Auf Wiederhören.\n"  # noqa: E501


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A repository with two calls, one under a name with a blank."""
    folder = tmp_path / "checkout"
    (folder / "calls").mkdir(parents=True)
    (folder / "calls" / "one.txt").write_text(CALL, encoding="utf-8")
    (folder / "calls" / "und zwei.txt").write_text(CALL, encoding="utf-8")
    return folder


def act(checkout: Path, **inputs: str) -> tuple[subprocess.CompletedProcess[str], Path, Path]:
    """The step “Review” with the coach of this checkout in place of the installed one; its summary and outputs."""
    temp = checkout.parent / "runner"
    programs = temp / "coach" / "bin"
    programs.mkdir(parents=True, exist_ok=True)
    for name, line in (("python", '"$@"'), ("coach", '-P -m coach "$@"')):
        (programs / name).write_text(f"#!/bin/sh\nexec {shlex.quote(sys.executable)} {line}\n", encoding="utf-8")
        (programs / name).chmod(0o755)
    step = next(item for item in ACTION["runs"]["steps"] if item.get("id") == "review")
    values = {name: inputs.get(name, spec.get("default", "")) for name, spec in ACTION["inputs"].items()}
    names = {key: re.fullmatch(r"\$\{\{ inputs\.(\w+) \}\}", value) for key, value in step["env"].items()}
    summary, output = temp / "summary.md", temp / "output"
    environment = {
        **os.environ,
        **{key: values[found[1]] for key, found in names.items() if found},
        "PYTHONPATH": str(ROOT),
        "RUNNER_TEMP": str(temp),
        "GITHUB_STEP_SUMMARY": str(summary),
        "GITHUB_OUTPUT": str(output),
        "XDG_CACHE_HOME": str(temp / "cache"),
    }
    (temp / "step.sh").write_text(step["run"], encoding="utf-8")
    command = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(temp / "step.sh")]
    done = subprocess.run(command, cwd=checkout, env=environment, capture_output=True, text=True, check=False)
    return done, summary, output


def test_the_action_annotates_sums_up_and_writes_sarif(checkout: Path) -> None:
    """And misses the bar, with its exit code for later steps."""
    done, summary, output = act(
        checkout, paths="calls/one.txt\ncalls/und zwei.txt\n", args="--fail-on 'error' --no-model", sarif="coach.sarif"
    )

    assert done.returncode == 1, done.stderr
    assert output.read_text("utf-8") == "exit-code=1\n"
    assert done.stdout.startswith("::error file=calls/")
    assert "file=calls/und zwei.txt,line=" in done.stdout
    assert summary.read_text("utf-8").count("<details>") == 2
    assert json.loads((checkout / "coach.sarif").read_text("utf-8"))["runs"][0]["results"]


def test_the_action_passes_without_a_bar_and_runs_no_commands_of_its_inputs(checkout: Path) -> None:
    """Words of `args` and `paths` are words."""
    done, _, output = act(checkout, paths="calls", args="--no-model --agent '$(touch hacked)' --agent A --customer K")

    assert not (checkout / "hacked").exists()
    assert done.returncode in (0, 2)
    done, _, output = act(checkout, paths="calls", args="--no-model")
    assert done.returncode == 0, done.stderr
    assert output.read_text("utf-8").endswith("exit-code=0\n")


def test_the_action_refuses_what_it_cannot_split(checkout: Path) -> None:
    """A gate that loses its bar would be worse than none."""
    done, _, _ = act(checkout, paths="calls", args="--fail-on 'error")

    assert done.returncode == 1
    assert "cannot be split" in done.stderr


def test_the_action_names_only_what_it_declares() -> None:
    """Inputs that are used exist, and those that exist are used; the rest comes by the environment, never by text."""
    text = (ROOT / "action.yml").read_text(encoding="utf-8")

    assert set(re.findall(r"inputs\.(\w+)", text)) == set(ACTION["inputs"])
    assert not any("${{" in step["run"] for step in ACTION["runs"]["steps"])


@pytest.mark.parametrize(("arguments", "code"), [(["--fail-on", "error"], 1), (["--fail-under", "0"], 0)])
def test_the_hook_reviews_the_files_that_it_is_given(checkout: Path, arguments: list[str], code: int) -> None:
    """Its entry, its arguments, the files of the commit."""
    hook = HOOKS["coach"]
    program, *entry = shlex.split(hook["entry"])
    assert program == "coach"
    command = [sys.executable, "-P", "-m", "coach", *entry, *arguments, "--no-model", "calls/one.txt"]
    done = subprocess.run(
        command, cwd=checkout, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )

    assert done.returncode == code, done.stderr
    assert re.search(hook["files"], "calls/one.txt")
    assert not re.search(hook["files"], "calls/one.meta.yaml")


def test_the_hook_of_rules_names_a_mistake(checkout: Path) -> None:
    """In a rule of one's own."""
    folder = checkout / "our-rules" / "care"
    folder.mkdir(parents=True)
    (folder / "x.yml").write_text("id: y\n", encoding="utf-8")
    _, *entry = shlex.split(HOOKS["coach-rules"]["entry"])
    command = [sys.executable, "-P", "-m", "coach", *entry, *HOOKS["coach-rules"]["args"]]
    done = subprocess.run(
        command, cwd=checkout, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )

    assert done.returncode != 0
    assert "x.yml" in done.stdout + done.stderr


def test_the_documents_show_what_there_is() -> None:
    """Every format, both hooks, the inputs of the action."""
    from coach.report import REPORTERS

    text = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    known = {name for name, _ in REPORTERS} - {"terminal", "json", "html"}

    assert [name for name in known if f"| `{name}` |" not in text] == []
    assert all(f"`{name}`" in text or f"id: {name}" in text for name in HOOKS)
    assert {"paths", "args", "sarif"} <= set(re.findall(r"^ {10}(\w+):", text, flags=re.MULTILINE))
