"""The documents name every command, option and setting; nothing is added in silence."""

import re
import tomllib
from pathlib import Path

import pytest
import typer.main

from coach.cli import app
from coach.config import KEYS
from coach.configfile import ConfigFile
from coach.rules import load_rules

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
MANUAL = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
EXAMPLE = MANUAL.partition("```toml")[2].partition("```")[0]


def commands() -> list[tuple[str, list[str]]]:
    """Each command with its long options."""
    found: list[tuple[str, list[str]]] = []

    def walk(command: object, name: str) -> None:
        inner = getattr(command, "commands", {})
        for key, value in inner.items():
            walk(value, f"{name} {key}")
        if not inner:
            parameters = getattr(command, "params", [])
            found.append((name, [option for item in parameters for option in item.opts if option.startswith("--")]))

    walk(typer.main.get_command(app), "coach")
    return found


@pytest.mark.parametrize(("name", "options"), commands(), ids=lambda value: value if isinstance(value, str) else "")
def test_the_manual_names_every_command_and_its_options(name: str, options: list[str]) -> None:
    """A command or an option that nobody can find does not exist."""
    assert f"`{name}" in MANUAL
    common = {"--help", "--debug", "--lang", "--rules", "--address"}
    missing = [option for option in options if f"`{option}" not in MANUAL and option not in common]
    assert missing == []


@pytest.mark.parametrize("name", [name for name, _ in commands()])
def test_the_readme_shows_every_command(name: str) -> None:
    """The first page a reader sees has each command once."""
    assert name in README


@pytest.mark.parametrize("key", [*KEYS, "rules"])
def test_the_manual_names_every_setting(key: str) -> None:
    """Each key of coach.toml stands in the example."""
    assert re.search(rf"^(\[{key}\]|{key} = )", EXAMPLE, flags=re.MULTILINE)


def test_the_settings_in_the_manual_are_valid() -> None:
    """What a reader copies works, down to the rule's setting."""
    found = ConfigFile.model_validate(tomllib.loads(EXAMPLE))
    assert found.rules.folders == ["our-rules"]
    rules = load_rules().rules
    for name, numbers in (found.rules.__pydantic_extra__ or {}).items():
        assert set(numbers) <= set(rules[name].settings)


def test_the_rule_in_the_readme_is_valid(tmp_path: Path) -> None:
    """The rule of ten lines loads."""
    text = README.partition("```yaml\n")[2].partition("```")[0]
    name = re.search(r"^id: (.*)$", text, flags=re.MULTILINE)
    assert name is not None
    folder = tmp_path / "care"
    folder.mkdir()
    (folder / f"{name[1]}.yml").write_text(text, encoding="utf-8")
    assert name[1] in load_rules([tmp_path]).rules
