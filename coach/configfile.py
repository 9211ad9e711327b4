"""The files and variables in which a user decides something: their keys and shapes, and where each value stands.

Only where there is such a file or variable is this module loaded: Pydantic takes its time.
"""

import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from coach.config import KEYS, SWITCH, Bars, Layer, parsed, shown, text_of, tools_of
from coach.errors import RuleFileError, UsageError
from coach.model import Address, Language, Severity
from coach.waivers import Waiver
from coach.yamlfile import YamlFile, validated

Percent = Annotated[float | int, Field(ge=0, le=100)]
Most = Annotated[int, Field(ge=0)]
Settings = dict[str, float | int]


class RulesTable(BaseModel):
    """`rules.folders`, and a table of numbers for each rule id."""

    model_config = ConfigDict(extra="allow", strict=True, frozen=True)
    __pydantic_extra__: dict[str, Settings] = Field(init=False)

    folders: list[str] = []


class BarsTable(BaseModel):
    """The bars for one kind of call."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    fail_under: Percent | None = Field(default=None, alias="fail-under")
    fail_on: Severity | None = Field(default=None, alias="fail-on")
    rules: dict[str, Most] = {}


class AllBarsTable(BaseModel):
    """`bars.rules`: how often each rule may be found in a call; `bars.profiles`: bars for kinds of call."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    rules: dict[str, Most] = {}
    profiles: dict[str, BarsTable] = {}


class WaiverTable(BaseModel):
    """Findings of a rule that are accepted in some calls, until a day."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    rule: str
    path: Annotated[str, Field(min_length=1)]
    reason: Annotated[str, Field(pattern=r"\S")]
    expires: date


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
    redact: bool | None = None
    fail_under: Percent | None = Field(default=None, alias="fail-under")
    fail_under_mean: Percent | None = Field(default=None, alias="fail-under-mean")
    fail_on: Severity | None = Field(default=None, alias="fail-on")
    bars: AllBarsTable = AllBarsTable()
    waivers: list[WaiverTable] = []
    model: bool | None = None
    cache: bool | None = None


_LISTS = ("agent", "customer", "off")
_NUMBERS = ("fail-under", "fail-under-mean")
_SWITCHES = ("redact", "model", "cache")


@lru_cache(maxsize=256)
def layer_as_of(path: Path, _changed: int, _size: int) -> Layer:
    """What a settings file says at one time; calls of one folder share it. Raises UsageError for a wrong file."""
    text = text_of(path)
    data: object = parsed(text, path)
    root: tuple[str, ...] = ()
    if path.name == "pyproject.toml":
        root = ("tool", "coach")
        data = tools_of(path)["coach"]
    if isinstance(data, dict) and isinstance(data.get("rules"), list):
        data = {**data, "rules": {"folders": data["rules"]}}
    name = shown(path)
    places = dict(_places(text, root))
    file = YamlFile(path=name, data=data, places=places, lines=tuple(text.splitlines()))
    try:
        found = validated(file, ConfigFile)
    except RuleFileError as error:
        raise UsageError(error.message, place=error.place, hint=error.hint) from None
    values = {
        field: tuple(value) if isinstance(value, list) else value
        for field in KEYS.values()
        if (value := getattr(found, field)) is not None
    }
    if found.rules.folders:
        values["rules"] = tuple(path.parent / folder for folder in found.rules.folders)
    if found.waivers:
        values["waivers"] = tuple(
            Waiver(
                rule=item.rule,
                path=item.path,
                reason=item.reason,
                expires=item.expires,
                folder=path.parent,
                place=f"{name}:{places[where][0]}" if (where := ("waivers", at)) in places else name,
            )
            for at, item in enumerate(found.waivers)
        )
    return Layer(
        values=values,
        settings=found.rules.__pydantic_extra__ or {},
        rule_bars=found.bars.rules,
        profile_bars={kind: _bars(table) for kind, table in found.bars.profiles.items()},
        origins={".".join(map(str, where)): f"{name}:{line}" for where, (line, _) in places.items() if where},
    )


def _bars(table: BarsTable) -> Bars:
    return Bars(fail_under=table.fail_under, fail_on=table.fail_on, rules=table.rules)


def from_text(variable: str, key: str, text: str) -> object:
    """The value of a variable, as the key of that name holds it; raises UsageError where it is none."""
    value: object = text
    if key in _LISTS:
        value = [part.strip() for part in text.split(",") if part.strip()]
    elif key in _NUMBERS:
        value = _number(text)
    elif key in _SWITCHES:
        value = SWITCH.get(text.lower(), text)
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


def _places(text: str, root: tuple[str, ...]) -> Iterator[tuple[tuple[str | int, ...], tuple[int, int]]]:
    """Path of each key or table below `root`, and its line and column, as far as lines tell."""
    table: tuple[str | int, ...] = ()
    where: tuple[str | int, ...]
    items: Counter[tuple[str, ...]] = Counter()
    for number, line in enumerate(text.splitlines(), start=1):
        stripped = line.strip()
        column = len(line) - len(line.lstrip()) + 1
        if stripped.startswith("[["):
            key = _key_path(stripped.strip("[").partition("]")[0])
            table = where = (*key, items[key])
            items[key] += 1
        elif stripped.startswith("["):
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
