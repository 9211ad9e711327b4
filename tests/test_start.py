"""`coach init`: what it writes is valid and passes its own laws, and nothing is overwritten."""

import tomllib
from pathlib import Path

import pytest

from coach.cli import main
from coach.config import KEYS, configured
from coach.configfile import ConfigFile
from coach.errors import UsageError
from coach.rules import load_rules
from coach.start import start


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    """A folder into which everything was written."""
    folder = tmp_path / "calls"
    start(folder)
    return folder


def test_the_example_rule_passes_all_laws(begun: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What a rule's author starts from holds, in both languages, without a warning."""
    assert main(("rules", "test", str(begun / "our-rules"), "--laws")) == 0
    captured = capsys.readouterr()
    assert captured.out.endswith("all hold.\n")
    assert captured.err == ""
    assert main(("rules", "lint", str(begun / "our-rules"))) == 0


def test_the_settings_are_valid_and_load_the_folder(begun: Path) -> None:
    """A call in the folder is reviewed with the example rule."""
    config = configured(str(begun / "call.txt"), environ={"HOME": str(begun)})
    assert config.rules == (begun / "our-rules",)
    assert "no-callback-number" in load_rules(config.rules).rules


def test_every_setting_is_there_and_valid_once_its_sign_is_taken_away(begun: Path) -> None:
    """Whoever uncomments a line gets what it says."""
    text = (begun / "coach.toml").read_text(encoding="utf-8")
    lines = [line.removeprefix("# ") if "=" in line or "[" in line else line for line in text.splitlines()]
    found = tomllib.loads("\n".join(lines))
    assert set(found) == {*KEYS, "rules", "bars"}
    ConfigFile.model_validate(found)


@pytest.mark.parametrize("there", ["coach.toml", "our-rules/care/mine.yml"])
def test_nothing_is_overwritten(tmp_path: Path, there: str) -> None:
    """Where one part is there already, no part is written."""
    path = tmp_path / there
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="nothing was written"):
        start(tmp_path)
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == [path]
    assert path.read_text(encoding="utf-8") == "mine"


def test_the_command_says_what_it_wrote_and_what_comes_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a folder it writes into the current one; the second time it refuses."""
    monkeypatch.chdir(tmp_path)
    assert main(("init",)) == 0
    out = capsys.readouterr().out
    assert "coach.toml\n" in out
    assert "coach rules test our-rules --laws" in out
    assert main(("init",)) == 2
    assert "coach.toml" in capsys.readouterr().err


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    """A file in the way is no traceback."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match="cannot be written"):
        start(tmp_path / "file" / "calls")
