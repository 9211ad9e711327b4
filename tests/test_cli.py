"""`coach review`: options in, report and exit code out, and never a traceback."""

import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from coach import __version__, call
from coach.cli import main
from coach.errors import RuleFileError
from coach.read import read

PUSHY = """\
Berater: Guten Tag, hier ist Krüger von der Vergleichs GmbH. Wir haben da ein tolles Angebot für Sie.
Kunde: Nein danke, kein Interesse. Ich habe gestern schon einen Vertrag unterschrieben.
Berater: Prima! Dann sage ich Ihnen kurz, was Sie mit unserem Tarif sparen.
Kunde: Nochmal: ich habe schon einen Vertrag.
Berater: Gut, gut. Wann passt Ihnen ein Termin?
Kunde: Gar nicht. Auf Wiederhören.
"""
KIND = """\
Agent: Good morning, this is Lucy from Harbour Energy. What can I do for you today?
Customer: My bill has doubled since last year and I don't understand why.
Agent: I see, it has doubled and nobody told you why. I'm sorry about that. What has changed in the house since then?
Customer: Nothing. We were even away for three weeks.
Agent: Then the reading must be wrong, that is our mistake. I'll have it checked and call you by Friday noon.
Customer: Thank you, that's a great help.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a command gave back."""

    code: int
    out: str
    err: str


Command = Callable[..., Answer]
ROOT = Path(__file__).resolve().parent.parent
COACH = [sys.executable, "-P", "-m", "coach"]


@pytest.fixture
def coach(
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Command:
    """Runs the command in an empty folder with an empty home; two calls lie there."""
    for name in [name for name in os.environ if name.startswith(("COACH_", "XDG_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pushy.txt").write_text(PUSHY, encoding="utf-8")
    (tmp_path / "kind.txt").write_text(KIND, encoding="utf-8")

    def command(*arguments: str) -> Answer:
        code = main(arguments)
        captured = capsys.readouterr()
        return Answer(code=code, out=captured.out, err=captured.err)

    return command


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """For a process of its own: this checkout's package, and no settings of whoever runs the tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("COACH_", "XDG_"))}
    return {**kept, "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}


def test_a_review_is_printed_in_the_language_of_the_call(coach: Command) -> None:
    """Without options there is a terminal report, nothing on standard error, and success."""
    german, english = coach("review", "pushy.txt"), coach("review", "kind.txt")
    assert (german.code, german.err, english.code, english.err) == (0, "", 0, "")
    assert "Daran arbeiten" in german.out
    assert "“" in english.out
    assert "\x1b" not in german.out


def test_the_report_may_speak_the_other_language(coach: Command) -> None:
    """`--report-lang` goes before the call's language."""
    assert "Daran arbeiten" not in coach("review", "pushy.txt", "--report-lang", "en").out


def test_json_names_what_was_found(coach: Command) -> None:
    """The report for machines holds every call in the order given, and is the same each time."""
    answer = coach("review", "pushy.txt", "kind.txt", "--format", "json")
    report = json.loads(answer.out)
    assert (report["schema"], report["version"]) == ("coach-report/1", __version__)
    assert [item["path"] for item in report["reports"]] == ["pushy.txt", "kind.txt"]
    found = {(item["rule"], item["turn"]) for item in report["reports"][0]["findings"]}
    assert ("pitch-after-refusal", 3) in found
    assert report["reports"][0]["score"]["overall"] < 50 < report["reports"][1]["score"]["overall"]
    assert answer.out == coach("review", "pushy.txt", "kind.txt", "-f", "json").out


def test_several_reports_come_from_one_run(coach: Command, tmp_path: Path) -> None:
    """Each format goes to its output; what cannot be written is named and the others are there all the same."""
    alone = coach("review", "pushy.txt").out
    answer = coach("review", "pushy.txt", "-f", "json", "-o", "a.json", "-f", "terminal")
    assert (answer.code, answer.err, answer.out) == (0, "", alone)
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["reports"][0]["path"] == "pushy.txt"
    answer = coach("review", "pushy.txt", "-o", "nowhere/a.json", "-o", "b.txt")
    assert answer.code == 2
    assert answer.err.startswith("coach: nowhere/a.json: ")
    assert (tmp_path / "b.txt").read_text(encoding="utf-8") == alone


def test_standard_input_is_a_file_called_dash(coach: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """A call can be piped in, once."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PUSHY.encode())))
    report = json.loads(coach("review", "-", "-f", "json").out)
    assert report["reports"][0]["path"] == "-"
    twice = coach("review", "-", "-")
    assert twice.code == 2
    assert "only once" in twice.err


def test_roles_can_be_named_and_swapped(coach: Command) -> None:
    """What a user says about the roles goes before what the words show."""

    def roles(*options: str) -> list[str]:
        report = json.loads(coach("review", "pushy.txt", "-f", "json", *options).out)
        return [speaker["role"] for speaker in report["reports"][0]["speakers"]]

    assert roles() == ["agent", "customer"]
    assert roles("--swap") == ["customer", "agent"]
    assert roles("--agent", "Kunde") == ["customer", "agent"]
    assert roles("--customer", "Berater") == ["customer", "agent"]
    wrong = coach("review", "pushy.txt", "--agent", "Kunden")
    assert wrong.code == 2
    assert "Did you mean “Kunde”?" in wrong.err


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ((), 0),
        (("--fail-under", "0"), 0),
        (("--fail-under", "100"), 1),
        (("--fail-under-mean", "100"), 1),
        (("--fail-under-mean", "0"), 0),
        (("--fail-on", "error"), 1),
        (("--fail-on", "note"), 1),
    ],
)
def test_bars_decide_the_exit_code(coach: Command, options: tuple[str, ...], code: int) -> None:
    """Findings alone do not fail; a bar that was missed does, and is named on standard error."""
    answer = coach("review", "pushy.txt", "kind.txt", *options)
    assert answer.code == code
    assert bool(answer.err) == (code == 1)


def test_a_score_equal_to_the_bar_passes(coach: Command) -> None:
    """`--fail-under` means below."""
    score = json.loads(coach("review", "pushy.txt", "-f", "json").out)["reports"][0]["score"]["overall"]
    assert coach("review", "pushy.txt", "--fail-under", str(score)).code == 0
    assert coach("review", "pushy.txt", "--fail-under", str(round(score + 0.1, 1))).code == 1


def test_one_bad_file_is_reported_and_the_rest_goes_on(coach: Command) -> None:
    """What cannot be read goes to standard error and into the JSON; 2 beats 1."""
    answer = coach("review", "missing.txt", "pushy.txt", "-f", "json", "--fail-under", "100")
    report = json.loads(answer.out)
    assert answer.code == 2
    assert answer.err.startswith("coach: missing.txt: ")
    assert [item["path"] for item in report["errors"]] == ["missing.txt"]
    assert [item["path"] for item in report["reports"]] == ["pushy.txt"]


def test_what_nobody_expected_is_one_sentence(coach: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistake of the program takes one call, not the others; `--debug` shows where it happened."""
    real = read
    monkeypatch.setattr(call, "read", lambda data, path, **_: 1 / 0 if path == "kind.txt" else real(data, path=path))
    answer = coach("review", "kind.txt", "pushy.txt")
    assert answer.code == 2
    assert "ZeroDivisionError" in answer.err
    assert "--debug" in answer.err
    assert "Traceback" not in answer.err
    assert "Daran arbeiten" in answer.out
    assert "Traceback" in coach("review", "kind.txt", "--debug").err


def test_a_broken_rule_file_stops_the_run(coach: Command, tmp_path: Path) -> None:
    """Nothing is skipped in silence, and the place is named."""
    (tmp_path / "own" / "acts").mkdir(parents=True)
    act = tmp_path / "own" / "acts" / "odd.yml"
    act.write_text("id: odd\nrole: agent\ndescibes: {de: x, en: y}\n", encoding="utf-8")
    answer = coach("review", "pushy.txt", "--rules", "own")
    assert (answer.code, answer.out) == (2, "")
    assert "odd.yml:3:1" in answer.err
    assert "Did you mean “describes”?" in answer.err
    act.write_text("id: odd\nrole: agent\ndescribes: {de: x, en: y}\ncues: {de: ['(a|b']}\n", encoding="utf-8")
    answer = coach("review", "pushy.txt", "--rules", "own")
    assert (answer.code, answer.out) == (2, "")
    assert "odd.yml:4: “(” is not closed" in answer.err


def test_settings_reach_the_review(coach: Command, tmp_path: Path) -> None:
    """What the project says holds, and a rule that does not exist is an error."""
    (tmp_path / "coach.toml").write_text('fail-on = "error"\noff = ["pitch-after-refusal"]\n', encoding="utf-8")
    answer = coach("review", "pushy.txt", "-f", "json")
    assert answer.code == 1
    assert "pitch-after-refusal" not in {item["rule"] for item in json.loads(answer.out)["reports"][0]["findings"]}
    (tmp_path / "coach.toml").write_text('off = ["pitch-after-refusals"]\n', encoding="utf-8")
    answer = coach("review", "pushy.txt")
    assert (answer.code, answer.out) == (2, "")
    assert "coach.toml:1" in answer.err
    assert "Did you mean “pitch-after-refusal”?" in answer.err


def test_output_is_written_whole(coach: Command, tmp_path: Path) -> None:
    """The file holds the report, without colours, and nothing goes to standard output."""
    answer = coach("review", "pushy.txt", "-f", "json", "-o", "out.json")
    assert (answer.code, answer.out) == (0, "")
    assert json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["errors"] == []
    coach("review", "pushy.txt", "-o", "out.txt", "--width", "60")
    lines = (tmp_path / "out.txt").read_text(encoding="utf-8").splitlines()
    assert max(map(len, lines)) <= 60
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kind.txt", "out.json", "out.txt", "pushy.txt"]


@pytest.mark.parametrize("target", ["nowhere/out.json", "pushy.txt", "."])
def test_output_that_cannot_be_written_leaves_nothing_behind(coach: Command, tmp_path: Path, target: str) -> None:
    """No half-written file, no transcript overwritten, and exit code 2."""
    answer = coach("review", "pushy.txt", "-f", "json", "-o", target)
    assert (answer.code, answer.out) == (2, "")
    assert target in answer.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kind.txt", "pushy.txt"]
    assert (tmp_path / "pushy.txt").read_text(encoding="utf-8") == PUSHY


def test_output_keeps_the_mode_of_the_file_and_follows_links(coach: Command, tmp_path: Path) -> None:
    """A file that is replaced stays readable by whom it was; a link stays a link."""
    (tmp_path / "real.json").write_text("old", encoding="utf-8")
    (tmp_path / "real.json").chmod(0o640)
    (tmp_path / "link.json").symlink_to("real.json")
    assert coach("review", "pushy.txt", "-f", "json", "-o", "link.json").code == 0
    assert (tmp_path / "link.json").is_symlink()
    assert (tmp_path / "real.json").stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "real.json").read_text(encoding="utf-8").startswith("{")


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("review",),
        ("review", "--fail-under", "101", "x"),
        ("review", "--lang", "fr", "x"),
        ("reviev",),
        ("review", "--nope"),
    ],
)
def test_wrong_use_exits_with_2(coach: Command, arguments: tuple[str, ...]) -> None:
    """Usage errors are on standard error or, for the bare command, the help."""
    assert coach(*arguments).code == 2


def test_version_is_told(coach: Command) -> None:
    """`--version` is one line."""
    assert coach("--version") == Answer(code=0, out=f"coach {__version__}\n", err="")


@pytest.mark.parametrize(
    ("arguments", "variables"),
    [
        (["--help"], {}),
        (["review", "--help"], {}),
        (["rules", "test", "--help"], {}),
        (["--version"], {}),
        ([], {"_COACH_COMPLETE": "complete_bash", "COMP_WORDS": "coach re", "COMP_CWORD": "1"}),
        (["--show-completion", "bash"], {"_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"}),
    ],
)
def test_help_version_and_completion_import_nothing_heavy(
    arguments: list[str], variables: dict[str, str], environment: dict[str, str]
) -> None:
    """What answers at once must not wait for spaCy, pydantic, numpy or YAML."""
    program = (
        "import sys\nfrom coach.cli import main\n"
        f"code = main({arguments!r})\n"
        "heavy = {'spacy', 'pydantic', 'yaml', 'numpy'} & set(sys.modules)\n"
        "sys.exit(f'imported: {heavy}' if heavy else code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], check=False, capture_output=True, text=True, env={**environment, **variables}
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path, environment: dict[str, str]) -> None:
    """`coach review … | head -1` stays quiet, and the bar still decides the exit code."""
    call = tmp_path / "pushy.txt"
    call.write_text(PUSHY, encoding="utf-8")
    child = subprocess.Popen(
        [*COACH, "review", str(call), "--dialogue", "--all", "--fail-under", "100"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    )
    assert child.stdout is not None
    assert child.stderr is not None
    child.stdout.close()
    errors = child.stderr.read().decode()
    child.stderr.close()
    assert child.wait() == 1
    assert errors.count("\n") == 1
    assert "below 100" in errors


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, a full disk to try on")
def test_a_full_disk_is_named(environment: dict[str, str]) -> None:
    """What cannot be written to standard output is exit code 2 and one sentence."""
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COACH, "rules", "schema"], check=False, stdout=full, stderr=subprocess.PIPE, env=environment
        )
    assert done.returncode == 2
    assert done.stderr.decode().startswith("coach: standard output: ")
    assert done.stderr.decode().endswith("\n  Make room there, or write to another disk.\n")
    assert done.stderr.count(b"\n") == 2


def test_ctrl_c_is_quiet(tmp_path: Path, environment: dict[str, str]) -> None:
    """Interrupted while it waits for standard input, the command ends with 130 and says nothing."""
    child = subprocess.Popen(
        [*COACH, "review", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env=environment,
    )
    time.sleep(2.5)
    child.send_signal(signal.SIGINT)
    out, err = child.communicate(timeout=20)
    assert (child.returncode, out, err) == (130, b"", b"")


def test_a_rule_error_is_never_swallowed_as_a_bad_file(coach: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """A broken rule met while reviewing concerns all calls and ends the run."""

    def broken(_data: bytes, *, path: str, **_rest: object) -> None:
        raise RuleFileError("Broken.", place=f"{path}.yml:1:1")

    monkeypatch.setattr(call, "read", broken)
    answer = coach("review", "pushy.txt", "kind.txt")
    assert (answer.code, answer.out, answer.err) == (2, "", "coach: pushy.txt.yml:1:1: Broken.\n")


def test_lines_without_names_are_reviewed_by_turns_on_request(coach: Command, tmp_path: Path) -> None:
    """Refused with the option named; with it, reviewed with a note."""
    lines = (
        "Guten Tag, Stadtwerke Neuburg, Becker, was kann ich für Sie tun?",
        "Ja, hallo, ich hab eine Frage zu meiner Rechnung.",
        "Gern, das schaue ich mir für Sie an.",
    )
    (tmp_path / "bare.txt").write_text("\n".join(lines), encoding="utf-8")

    refused = coach("review", "bare.txt")
    assert refused.code == 2
    assert "--alternate" in refused.err

    answer = coach("review", "bare.txt", "--alternate")
    assert answer.code == 0
    assert "abwechselnd als zwei Sprecher" in " ".join(answer.out.split())
