"""What decides a review, as bytes: the call, the settings, rules and model, and the program itself.

Files are hashed as they are, without a look inside: a known result must not cost the loading of rules.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import fields
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from coach import __version__
from coach.cache import key_of
from coach.callfile import CallFile
from coach.config import Config
from coach.rulebook import shipped_rules
from coach.stored import shape

_INDIFFERENT = frozenset(
    "rules redact cache fail_under fail_under_mean fail_on rule_bars profile_bars waivers origins".split()
)
"""Fields of Config that do not change a review; folders of rules count by what stands in them."""
_LIBRARIES = ("spacy",)


def call_key(file: CallFile, config: Config) -> str:
    """The name of the call's result: equal names, equal results (but for the path and dates without a year)."""
    name = Path(file.path).name
    sidecar = b"-" if file.sidecar is None else b"+" + file.sidecar
    part = b"-" if file.part is None else b"+" + file.part.encode("utf-8", "replace")
    return key_of(
        [
            _program(),
            _rules(config.rules),
            *_settings(config),
            name.encode("utf-8", "replace"),
            file.data,
            sidecar,
            part,
        ]
    )


def derived_key(what: bytes, body: bytes) -> str:
    """The name of what the program makes of a packed review, nothing else deciding it."""
    return key_of([what, _program(), body])


def _settings(config: Config) -> Iterator[bytes]:
    for item in fields(config):
        if item.name not in _INDIFFERENT:
            value = getattr(config, item.name)
            if item.name == "settings":
                value = sorted((rule, sorted(numbers.items())) for rule, numbers in value.items())
            yield f"{item.name}={value!r}".encode("utf-8", "replace")


@cache
def _program() -> bytes:
    """The version, and every file of the package: in a checkout the version alone says too little."""
    package = Path(__file__).resolve().parent
    versions = " ".join([__version__, shape(), *(_version(name) for name in _LIBRARIES)])
    paths = (path for path in package.rglob("*") if path.suffix in {".py", ".npz", ".tsv", ".txt"})
    return versions.encode() + _digest(package, paths)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "?"


@cache
def _rules(extra: tuple[Path, ...]) -> bytes:
    return b"".join(_digest(folder, folder.rglob("*.y*ml")) for folder in (shipped_rules(), *extra))


def _digest(folder: Path, paths: Iterable[Path]) -> bytes:
    """The hash of the files with their names; a file that cannot be read counts as empty: who reads it will say so."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        try:
            data = path.read_bytes()
        except OSError:
            data = b""
        digest.update(f"{path.relative_to(folder).as_posix()}\0{len(data)}\0".encode("utf-8", "replace") + data)
    return digest.digest()
