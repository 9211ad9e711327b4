"""What a user decides, from four places: options before environment before project before user.

A project says it in `coach.toml` or in `[tool.coach]` of `pyproject.toml`, found upwards from the file that is
reviewed; a user in `~/.config/coach/coach.toml`. An unknown key is an error with its place and the nearest right word.
"""

import os
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from coach.callfile import STANDARD_INPUT
from coach.errors import UsageError
from coach.model import Address, Language, Severity
from coach.rulebook import RuleBook
from coach.waivers import Waiver

PREFIX = "COACH_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """What a call must not fall below, or hold more often; empty where nothing is asked."""

    fail_under: float | None = None
    fail_on: Severity | None = None
    rules: Mapping[str, int] = field(default_factory=dict)
    """Rule id → how often it may be found in a call."""


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
    redact: bool | None = None
    """Whether personal data are replaced in reports; None: as the format is meant."""
    cache: bool = True
    """Whether results are kept for the next run."""
    rule_bars: Mapping[str, int] = field(default_factory=dict)
    """Rule id → how often it may be found in a call of any kind."""
    profile_bars: Mapping[str, Bars] = field(default_factory=dict)
    """Kind of call → its bars, which take the place of the general ones."""
    waivers: tuple[Waiver, ...] = ()
    """What the team has accepted; those of the nearest settings file that names any."""
    origins: Mapping[str, str] = field(default_factory=dict)
    """Key as a user writes it → where its value comes from, such as `coach.toml:3` or `--lang`."""


KEYS: Mapping[str, str] = {
    name.replace("_", "-"): name
    for name in (
        "language",
        "report_lang",
        "agent",
        "customer",
        "profile",
        "off",
        "address",
        "redact",
        "fail_under",
        "fail_under_mean",
        "fail_on",
        "model",
        "cache",
    )
}
"""Key as written → field of Config, but for the tables `rules`, `bars` and `waivers`."""
SWITCH: Mapping[str, bool] = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """What one place says: fields of Config that it sets, settings of rules, and where each stands."""

    values: Mapping[str, object] = field(default_factory=dict)
    settings: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    rule_bars: Mapping[str, int] = field(default_factory=dict)
    profile_bars: Mapping[str, Bars] = field(default_factory=dict)
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
    bars: Mapping[str, int] = given.pop("rule_bars", {})  # type: ignore[assignment]  # the command line's own
    origins |= {f"bars.rules.{rule}": "--fail-on-rule" for rule in bars}
    chosen = Layer(values=given, rule_bars=bars, origins=origins)
    return merged((chosen, _environment(environ), _project(start), _user(environ)))


def configurations(
    options: Mapping[str, object], *, check: Callable[[Config], None] | None = None
) -> Callable[[str], Config]:
    """The configuration of each file by its path; files of one folder share it, and it is checked once."""
    known: dict[str, Config] = {}

    def config_of(path: str) -> Config:
        folder = os.path.dirname(path) if path != STANDARD_INPUT else ""  # noqa: PTH120  # called a thousand times
        if folder not in known:
            known[folder] = configured(path, options=options)
            if check is not None:
                check(known[folder])
        return known[folder]

    return config_of


def merged(layers: Sequence[Layer]) -> Config:
    """One configuration; of several layers that set a key, the first counts."""
    values: dict[str, object] = {}
    origins: dict[str, str] = {}
    settings: dict[str, dict[str, float]] = {}
    rule_bars: dict[str, int] = {}
    profile_bars: dict[str, Bars] = {}
    for layer in reversed(layers):
        values |= layer.values
        origins |= layer.origins
        rule_bars |= layer.rule_bars
        for kind, bars in profile_bars.items():  # what is said closer by, for all calls, goes before it
            profile_bars[kind] = Bars(
                fail_under=None if "fail_under" in layer.values else bars.fail_under,
                fail_on=None if "fail_on" in layer.values else bars.fail_on,
                rules={rule: most for rule, most in bars.rules.items() if rule not in layer.rule_bars},
            )
        profile_bars |= layer.profile_bars
        for rule, numbers in layer.settings.items():
            settings.setdefault(rule, {}).update(numbers)
    return Config(  # checked layer by layer
        **values,  # type: ignore[arg-type]
        settings=settings,
        rule_bars=rule_bars,
        profile_bars=profile_bars,
        origins=origins,
    )


def checked(config: Config, book: RuleBook) -> None:
    """Raises UsageError where the configuration names a rule or setting that the book does not know."""
    from coach.yamlfile import did_you_mean

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
        if shared.is_file() and "coach" in tools_of(shared):
            return shared
    return None


def user_file(environ: Mapping[str, str]) -> Path:
    """Where a user's own settings stand, whether the file exists or not."""
    base = environ.get("XDG_CONFIG_HOME", "")
    folder = Path(base) if Path(base).is_absolute() else Path(environ.get("HOME") or Path.home()) / ".config"
    return folder / "coach" / "coach.toml"


def tools_of(path: Path) -> Mapping[str, object]:
    """The `[tool]` table; empty where somebody else's file is broken and does not speak of this tool."""
    text = text_of(path)
    if "coach" not in text:
        return {}
    tools = parsed(text, path).get("tool")
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
        raise UsageError(f"The settings cannot be read: {error.strerror}.", place=shown(path)) from None
    from coach.configfile import layer_as_of

    return layer_as_of(path, state.st_mtime_ns, state.st_size)


def _environment(environ: Mapping[str, str]) -> Layer:
    """What the variables `COACH_…` say; one that is nearly right is an error, others belong to somebody else."""
    names = {PREFIX + key.replace("-", "_").upper(): key for key in (*KEYS, "rules")}
    values: dict[str, object] = {}
    origins: dict[str, str] = {}
    if not any(name.startswith(PREFIX) for name in environ):
        return Layer()
    for variable in sorted(name for name in environ if name.startswith(PREFIX)):
        text = environ[variable]
        key = names.get(variable)
        if key is None:
            from coach.yamlfile import nearest

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
        elif key != "cache" or text.strip().lower() in SWITCH:  # else it is the cache's folder
            from coach.configfile import from_text

            values[KEYS[key]] = from_text(variable, key, text.strip())
    return Layer(values=values, origins=origins)


def text_of(path: Path) -> str:
    """The file's text; raises UsageError where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise UsageError(f"The settings cannot be read: {reason}.", place=shown(path)) from None


def parsed(text: str, path: Path) -> dict[str, object]:
    """The file's TOML; raises UsageError where it is none."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"This is not valid TOML: {error}.", place=shown(path)) from None


def shown(path: Path) -> str:
    """The path as seen from the current folder where it lies in it."""
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(path)


def _key(name: str) -> str:
    return name.replace("_", "-")
