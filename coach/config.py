"""What a user decides, from four places: options before environment before project before user.

A project says it in `coach.toml` or in `[tool.coach]` of `pyproject.toml`, found upwards from the file that is
reviewed; a user in `~/.config/coach/coach.toml`. An unknown key is an error with its place and the nearest right word.
"""

import os
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from coach.errors import RuleFileError, UsageError
from coach.model import Address, Language, Severity
from coach.rulebook import RuleBook
from coach.yamlfile import YamlFile, did_you_mean, nearest, validated

PREFIX = "COACH_"
STANDARD_INPUT = "-"

Percent = Annotated[float | int, Field(ge=0, le=100)]
Settings = dict[str, float | int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """All that can be decided for a review, with where each decision comes from."""

    language: Language | None = None
    report_lang: Language | None = None
    agent: tuple[str, ...] = ()
    customer: tuple[str, ...] = ()
    swap: bool = False
    alternate: bool = False
    """Lines of a file that names nobody are two speakers by turns."""
    profile: str | None = None
    rules: tuple[Path, ...] = ()
    """Folders whose acts and rules are added to the shipped ones, the last one winning."""
    off: tuple[str, ...] = ()
    """Rules not to run."""
    address: Address = "sie"
    fail_under: float | None = None
    fail_under_mean: float | None = None
    fail_on: Severity | None = None
    settings: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """Rule id → setting → number."""
    model: bool = True
    origins: Mapping[str, str] = field(default_factory=dict)
    """Key as a user writes it → where its value comes from, such as `coach.toml:3` or `--lang`."""


class RulesTable(BaseModel):
    """`rules.folders`, and a table of numbers for each rule id."""

    model_config = ConfigDict(extra="allow", strict=True, frozen=True)
    __pydantic_extra__: dict[str, Settings] = Field(init=False)

    folders: list[str] = []


class ConfigFile(BaseModel):
    """The keys of `coach.toml`; all may be missing."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    language: Language | None = None
    report_lang: Language | None = Field(default=None, alias="report-lang")
    agent: list[str] | None = None
    customer: list[str] | None = None
    profile: str | None = None
    rules: RulesTable = RulesTable()
    off: list[str] | None = None
    address: Address | None = None
    fail_under: Percent | None = Field(default=None, alias="fail-under")
    fail_under_mean: Percent | None = Field(default=None, alias="fail-under-mean")
    fail_on: Severity | None = Field(default=None, alias="fail-on")
    model: bool | None = None


KEYS: Mapping[str, str] = {
    (spec.alias or name): name for name, spec in ConfigFile.model_fields.items() if name != "rules"
}
"""Key as written → field of Config, but for `rules`, which holds folders and settings."""
_LISTS = ("agent", "customer", "off")
_NUMBERS = ("fail-under", "fail-under-mean")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """What one place says: fields of Config that it sets, settings of rules, and where each stands."""

    values: Mapping[str, object] = field(default_factory=dict)
    settings: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    origins: Mapping[str, str] = field(default_factory=dict)


def configured(
    path: str,
    *,
    options: Mapping[str, object] | None = None,
    environ: Mapping[str, str] | None = None,
) -> Config:
    """The configuration for one file (`-`: for the current folder).

    `options` holds fields of Config; None and empty tuples are not given.
    Raises UsageError for a wrong file or variable.
    """
    environ = os.environ if environ is None else environ
    start = Path.cwd() if path == STANDARD_INPUT else Path(path).absolute().parent
    given = {name: value for name, value in (options or {}).items() if value is not None and value != ()}
    origins = {_key(name): f"--{'lang' if name == 'language' else _key(name)}" for name in given}
    chosen = Layer(values=given, origins=origins)
    return merged((chosen, _environment(environ), _project(start), _user(environ)))


def merged(layers: Sequence[Layer]) -> Config:
    """One configuration; of several layers that set a key, the first counts."""
    values: dict[str, object] = {}
    origins: dict[str, str] = {}
    settings: dict[str, dict[str, float]] = {}
    for layer in reversed(layers):
        values |= layer.values
        origins |= layer.origins
        for rule, numbers in layer.settings.items():
            settings.setdefault(rule, {}).update(numbers)
    return Config(**values, settings=settings, origins=origins)  # type: ignore[arg-type]  # checked layer by layer


def checked(config: Config, book: RuleBook) -> None:
    """Raises UsageError where the configuration names a rule or setting that the book does not know."""
    for rule in config.off:
        if rule not in book.rules:
            raise UsageError(
                f"“off” names a rule that does not exist: “{rule}”.",
                place=config.origins.get("off"),
                hint=did_you_mean(rule, book.rules),
            )
    for rule, numbers in config.settings.items():
        place = config.origins.get(f"rules.{rule}")
        if rule not in book.rules:
            raise UsageError(
                f"There is no rule “{rule}” whose settings could be changed.",
                place=place,
                hint=did_you_mean(rule, [*book.rules, "folders"]),
            )
        known = book.rules[rule].settings
        for name in numbers:
            if name not in known:
                hint = did_you_mean(name, known) if known else "This rule has no settings."
                raise UsageError(
                    f"The rule “{rule}” has no setting “{name}”.",
                    place=config.origins.get(f"rules.{rule}.{name}", place),
                    hint=hint,
                )


def project_file(start: Path) -> Path | None:
    """The nearest `coach.toml`, or `pyproject.toml` with a table `[tool.coach]`, in this folder or above it."""
    for folder in (start, *start.parents):
        own = folder / "coach.toml"
        if own.is_file():
            return own
        shared = folder / "pyproject.toml"
        if shared.is_file() and "coach" in _tools(shared):
            return shared
    return None


def user_file(environ: Mapping[str, str]) -> Path:
    """Where a user's own settings stand, whether the file exists or not."""
    base = environ.get("XDG_CONFIG_HOME", "")
    folder = Path(base) if Path(base).is_absolute() else Path(environ.get("HOME") or Path.home()) / ".config"
    return folder / "coach" / "coach.toml"


def _tools(path: Path) -> Mapping[str, object]:
    """The `[tool]` table; empty where somebody else's file is broken and does not speak of this tool."""
    text = _text(path)
    if "coach" not in text:
        return {}
    tools = _parsed(text, path).get("tool")
    return tools if isinstance(tools, dict) else {}


def _project(start: Path) -> Layer:
    path = project_file(start)
    return Layer() if path is None else _layer(path)


def _user(environ: Mapping[str, str]) -> Layer:
    path = user_file(environ)
    return _layer(path) if path.is_file() else Layer()


def _layer(path: Path) -> Layer:
    """What a settings file says."""
    try:
        state = path.stat()
    except OSError as error:
        raise UsageError(f"The settings cannot be read: {error.strerror}.", place=_shown(path)) from None
    return _layer_as_of(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=256)
def _layer_as_of(path: Path, _changed: int, _size: int) -> Layer:
    """What a settings file says at one time; calls of one folder share it."""
    text = _text(path)
    data: object = _parsed(text, path)
    root: tuple[str, ...] = ()
    if path.name == "pyproject.toml":
        root = ("tool", "coach")
        data = _tools(path)["coach"]
    if isinstance(data, dict) and isinstance(data.get("rules"), list):
        data = {**data, "rules": {"folders": data["rules"]}}
    shown = _shown(path)
    places = dict(_places(text, root))
    file = YamlFile(path=shown, data=data, places=places, lines=tuple(text.splitlines()))
    try:
        found = validated(file, ConfigFile)
    except RuleFileError as error:
        raise UsageError(error.message, place=error.place, hint=error.hint) from None
    values = {
        name: tuple(value) if isinstance(value, list) else value
        for name in KEYS.values()
        if (value := getattr(found, name)) is not None
    }
    if found.rules.folders:
        values["rules"] = tuple(path.parent / folder for folder in found.rules.folders)
    origins = {".".join(map(str, where)): f"{shown}:{line}" for where, (line, _) in places.items() if where}
    return Layer(values=values, settings=found.rules.__pydantic_extra__ or {}, origins=origins)


def _environment(environ: Mapping[str, str]) -> Layer:
    """What the variables `COACH_…` say; one that is nearly right is an error, others belong to somebody else."""
    names = {PREFIX + key.replace("-", "_").upper(): key for key in (*KEYS, "rules")}
    values: dict[str, object] = {}
    origins: dict[str, str] = {}
    for variable in sorted(name for name in environ if name.startswith(PREFIX)):
        text = environ[variable]
        key = names.get(variable)
        if key is None:
            near = nearest(variable.removeprefix(PREFIX), [name.removeprefix(PREFIX) for name in names])
            if near is not None:
                raise UsageError(
                    f"The variable {variable} is not known.", place="environment", hint=f"Did you mean {PREFIX}{near}?"
                )
            continue
        if not text.strip():
            continue
        origins[key] = variable
        if key == "rules":
            values["rules"] = tuple(Path(part) for part in text.split(os.pathsep) if part)
        else:
            values[KEYS[key]] = _from_text(variable, key, text.strip())
    return Layer(values=values, origins=origins)


def _from_text(variable: str, key: str, text: str) -> object:
    value: object = text
    if key in _LISTS:
        value = [part.strip() for part in text.split(",") if part.strip()]
    elif key in _NUMBERS:
        value = _number(text)
    elif key == "model":
        value = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}.get(text.lower(), text)
    try:
        found = getattr(ConfigFile.model_validate({key: value}), KEYS[key])
    except ValidationError as error:
        reason = str(error.errors(include_url=False)[0]["msg"])
        raise UsageError(f"“{text}” is not a value for {variable}.", place="environment", hint=f"{reason}.") from None
    return tuple(found) if isinstance(found, list) else found


def _number(text: str) -> object:
    try:
        return float(text)
    except ValueError:
        return text


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise UsageError(f"The settings cannot be read: {reason}.", place=_shown(path)) from None


def _parsed(text: str, path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"This is not valid TOML: {error}.", place=_shown(path)) from None


def _shown(path: Path) -> str:
    """The path as seen from the current folder where it lies in it."""
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(path)


def _places(text: str, root: tuple[str, ...]) -> Iterator[tuple[tuple[str | int, ...], tuple[int, int]]]:
    """Path of each key or table below `root`, and its line and column, as far as lines tell."""
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), start=1):
        stripped = line.strip()
        column = len(line) - len(line.lstrip()) + 1
        if stripped.startswith("["):
            table = where = _key_path(stripped.strip("[").partition("]")[0])
        elif "=" in stripped and not stripped.startswith("#"):
            key = _key_path(stripped.partition("=")[0])
            where = (*table, *key) if key else ()
        else:
            continue
        if len(where) > len(root) and where[: len(root)] == root:
            yield where[len(root) :], (number, column)


def _key_path(key: str) -> tuple[str, ...]:
    """A dotted, perhaps quoted key as its parts; empty where it is none."""
    try:
        data: object = tomllib.loads(f"{key} = 0")
    except tomllib.TOMLDecodeError:
        return ()
    parts: list[str] = []
    while isinstance(data, dict) and len(data) == 1:
        ((name, data),) = data.items()
        parts.append(name)
    return tuple(parts)


def _key(name: str) -> str:
    return name.replace("_", "-")
