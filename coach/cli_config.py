"""`coach config`: what holds for a file, and who says so."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coach.cli_parts import Debug, RuleFolders, finish
from coach.errors import ExitCode
from coach.output import write

if TYPE_CHECKING:
    from coach.config import Config

config_app = typer.Typer(help="Show the settings.", no_args_is_help=True)


@config_app.command("show")
def show_config(
    path: Annotated[
        Path, typer.Argument(metavar="PATH", help="A transcript or a folder; the current folder by default.")
    ] = Path(),
    *,
    rules: RuleFolders = None,
    debug: Debug = False,
) -> None:
    """Show each setting, its value, and where it comes from."""

    def work() -> int:
        from coach.bars import bars_checked
        from coach.config import configured

        config = configured(str(path / "x" if path.is_dir() else path), options={"rules": tuple(rules or ())})
        bars_checked(config)
        rows = list(_rows(config))
        wide = [max(len(row[column]) for row in rows) for column in (0, 1)]
        write("".join(f"{key:<{wide[0]}}  {value:<{min(wide[1], 40)}}  {origin}\n" for key, value, origin in rows))
        return ExitCode.OK

    finish(work, debug=debug)


def _rows(config: "Config") -> Iterator[tuple[str, str, str]]:
    """Key as it is written in `coach.toml`, value in TOML, origin."""
    from coach.config import KEYS

    for key, field in sorted({**KEYS, "rules.folders": "rules"}.items()):
        origin = config.origins.get(key) or (config.origins.get("rules") if field == "rules" else None)
        yield key, _toml(getattr(config, field)), origin or "default"
    for rule, numbers in sorted(config.settings.items()):
        for name, number in sorted(numbers.items()):
            key = f"rules.{rule}.{name}"
            yield key, _toml(number), config.origins.get(key, "")
    for rule, most in sorted(config.rule_bars.items()):
        key = f"bars.rules.{rule}"
        yield key, _toml(most), config.origins.get(key, "")
    for kind, bars in sorted(config.profile_bars.items()):
        own: dict[str, object] = {"fail-under": bars.fail_under, "fail-on": bars.fail_on}
        own |= {f"rules.{rule}": most for rule, most in sorted(bars.rules.items())}
        for name, value in own.items():
            if value is not None:
                key = f"bars.profiles.{kind}.{name}"
                yield key, _toml(value), config.origins.get(key, config.origins.get(f"bars.profiles.{kind}", ""))
    for waiver in config.waivers:
        shown = f'{{rule = "{waiver.rule}", path = "{waiver.path}", expires = {waiver.expires}}}'
        yield "waivers", shown, waiver.place


def _toml(value: object) -> str:
    if value is None:
        return "(none)"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return f"[{', '.join(_toml(item) for item in value)}]"
    return str(value) if isinstance(value, int | float) else f'"{value}"'
