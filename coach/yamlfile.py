"""YAML read strictly: only `true` and `false` are booleans, keys are unique, every value knows its place.

YAML 1.1 reads an unquoted `no`, `ja: yes` or `on` as a boolean; in lists of phrases that loses words.
"""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from coach.errors import RuleFileError, first_of

Model = TypeVar("Model", bound=BaseModel)
Path: TypeAlias = tuple[str | int, ...]
_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MAX_DEPTH = 40
MAX_BYTES = 5_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class YamlFile:
    """Plain data with the place (line, column; 1-based) of every key and item."""

    path: str
    data: object
    places: Mapping[Path, tuple[int, int]]
    lines: tuple[str, ...]

    def error(self, message: str, where: Path, *, hint: str | None = None) -> RuleFileError:
        """An error at the nearest known place, with the line shown."""
        while where and where not in self.places:
            where = where[:-1]
        line, column = self.places.get(where, (1, 1))
        shown = self.lines[line - 1].rstrip() if line <= len(self.lines) else ""
        return RuleFileError(
            f"{message}\n    {line} | {shown}\n    {' ' * len(str(line))} | {' ' * (column - 1)}^",
            place=f"{self.path}:{line}:{column}",
            hint=hint,
        )


def load(text: str, *, path: str) -> YamlFile:
    """The file's only document as plain data; raises RuleFileError with line and column."""
    lines = tuple(text.splitlines())
    empty = YamlFile(path=path, data=None, places={}, lines=lines)
    if len(text) > MAX_BYTES:
        raise empty.error(f"The file is larger than {MAX_BYTES // 1_000_000} MB.", ())
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place: dict[Path, tuple[int, int]] = {(): (mark.line + 1, mark.column + 1)} if mark else {}
        broken = YamlFile(path=path, data=None, places=place, lines=lines)
        raise broken.error(f"This is not valid YAML: {error.problem or error.context}.", ()) from None
    except (yaml.YAMLError, RecursionError) as error:
        raise empty.error(f"This is not valid YAML: {error}.", ()) from None
    places: dict[Path, tuple[int, int]] = {}
    reader = _Reader(path=path, lines=lines, places=places)
    data = reader.plain(node, (), 0) if node is not None else None
    return YamlFile(path=path, data=data, places=places, lines=lines)


@dataclass(slots=True, kw_only=True)
class _Reader:
    path: str
    lines: tuple[str, ...]
    places: dict[Path, tuple[int, int]]

    def plain(self, node: yaml.Node, where: Path, depth: int) -> object:
        self.places.setdefault(where, (node.start_mark.line + 1, node.start_mark.column + 1))
        if depth > MAX_DEPTH:
            raise self._error("The file is nested too deeply (or an alias contains itself).", where)
        if isinstance(node, yaml.ScalarNode):
            return _scalar(node)
        if isinstance(node, yaml.SequenceNode):
            return [self.plain(item, (*where, index), depth + 1) for index, item in enumerate(node.value)]
        if not isinstance(node, yaml.MappingNode):
            raise self._error("This kind of YAML value is not used here.", where)
        found: dict[str | int, object] = {}
        for key_node, value_node in node.value:
            key = _scalar(key_node) if isinstance(key_node, yaml.ScalarNode) else None
            place = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            if isinstance(key, bool) or not isinstance(key, str | int):
                self.places[(*where, "?")] = place
                raise self._error("A key must be a word or a number.", (*where, "?"))
            if key in found:
                self.places[(*where, key)] = place
                raise self._error(f"The key “{key}” stands here a second time.", (*where, key))
            self.places[(*where, key)] = place
            found[key] = self.plain(value_node, (*where, key), depth + 1)
        return found

    def _error(self, message: str, where: Path) -> RuleFileError:
        return YamlFile(path=self.path, data=None, places=self.places, lines=self.lines).error(message, where)


def _scalar(node: yaml.ScalarNode) -> object:
    """Quoted is text; unquoted `true`, `false`, `null`, numbers are what they look like; all else is text."""
    text: str = node.value
    if node.style in ("'", '"', "|", ">"):
        return text
    if text in ("true", "false"):
        return text == "true"
    if text in ("", "null", "~"):
        return None
    digits = text.removeprefix("-")
    if digits.isascii() and digits.isdigit() and len(digits) < 16:
        return int(text)
    whole, dot, part = digits.partition(".")
    if dot and whole.isascii() and whole.isdigit() and part.isascii() and part.isdigit():
        return float(text)
    return text


def validated(file: YamlFile, kind: type[Model]) -> Model:
    """The data as the given model; raises RuleFileError for the first key that is wrong, which knows the others."""
    if not isinstance(file.data, dict):
        raise file.error("The file must hold keys and values.", ())
    try:
        return kind.model_validate(file.data)
    except ValidationError as error:
        found = sorted(error.errors(include_url=False), key=lambda item: item["type"] != "extra_forbidden")
        # a key that is not known is a typing error, most likely, and what is missing may be meant by it
        mistakes = [_mistake(file, kind, item) for item in found]
    raise first_of(mistakes)


def _mistake(file: YamlFile, kind: type[BaseModel], item: ErrorDetails) -> RuleFileError:
    where: Path = tuple(item["loc"])
    if item["type"] == "extra_forbidden":
        hint = did_you_mean(str(where[-1]), _keys_at(kind, where[:-1]))
        return file.error(f"The key “{where[-1]}” is not known here.", where, hint=hint)
    if item["type"] == "missing":
        return file.error(f"The key “{where[-1]}” is missing.", where[:-1])
    if item["type"] == "literal_error":
        expected = str(item.get("ctx", {}).get("expected", ""))
        known = [word.strip("' ") for word in expected.replace(" or ", ",").split(",")]
        hint = did_you_mean(str(item["input"]), known)
        return file.error(f"“{item['input']}” is not a value for this key.", where, hint=hint)
    return file.error(item["msg"].removeprefix("Value error, ") + ".", where)


def _keys_at(kind: type[BaseModel], where: Path) -> list[str]:
    """The keys that the model knows at a place; all its keys where the place is inside a union."""
    current: type[BaseModel] = kind
    for part in where:
        if isinstance(part, str) and part in _by_alias(current):
            inner = _models_in(_by_alias(current)[part])
            if inner:
                current = inner[0]
    return list(_by_alias(current))


def _by_alias(kind: type[BaseModel]) -> dict[str, object]:
    return {field.alias or name: field.annotation for name, field in kind.model_fields.items()}


def _models_in(annotation: object) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in getattr(annotation, "__args__", ()) for model in _models_in(part)]


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like this one, if one is like it at all."""
    found = difflib.get_close_matches(word, list(known), n=1, cutoff=0.7)
    return found[0] if found else None


def did_you_mean(word: str, known: Iterable[str], *, listed_by: str = "") -> str:
    """A hint that offers the nearest known word, or lists them all, or names the command that does."""
    words = sorted(known)
    near = nearest(word, words)
    if near:
        return f"Did you mean “{near}”?"
    return f"`{listed_by}` lists them." if listed_by else f"Known here: {', '.join(words)}."
