"""What `coach rules test`, `lint` and `schema` work on: the rule files under a path, their mistakes, their schemas."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from coach.errors import RuleFileError, UsageError
from coach.model import DIMENSIONS
from coach.rulebook import shipped_rules
from coach.rulefiles import ActFile, RuleFile
from coach.rules import load_rules

ACTS = "acts"
_LINE = re.compile(r"(:[0-9]+)+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFolder:
    """Where rules stand, and which of them are meant."""

    extra: tuple[Path, ...]
    """The folder to load beside the shipped rules; empty where the shipped ones themselves are meant."""
    rules: tuple[str, ...]
    acts: tuple[str, ...]
    file: Path | None = None
    """The only file that is meant."""


def rule_folder(path: Path | None) -> RuleFolder:
    """The rules that a path means: a file, a folder of one dimension, or a whole folder; None: the shipped rules."""
    shipped = shipped_rules().resolve()
    if path is None:
        return _folder(shipped, sorted(shipped.rglob("*.y*ml")), shipped=shipped)
    if not path.exists():
        raise UsageError(
            "There is nothing under this path.", place=str(path), hint="Name a rule file or a folder of rules."
        )
    if path.is_file():
        if path.absolute().parent.name not in (ACTS, *DIMENSIONS):
            raise UsageError(
                "A rule file stands in a folder named after its dimension, an act file in “acts”.",
                place=str(path),
                hint=f"Put it into {', '.join((ACTS, *DIMENSIONS[:-1]))} or {DIMENSIONS[-1]}.",
            )
        return _folder(path.absolute().parent.parent, [path], shipped=shipped, file=path)
    folder = path.absolute().parent if path.absolute().name in (ACTS, *DIMENSIONS) else path
    return _folder(folder, sorted(path.rglob("*.y*ml")), shipped=shipped)


def mistakes_in(folder: RuleFolder) -> tuple[RuleFileError, ...]:
    """The mistakes of the files, shipped files that are broken included."""
    from coach.call import cue_mistakes
    from coach.profiles import load_profiles

    found: list[RuleFileError] = []
    book = load_rules(folder.extra, examples=True, mistakes=found)
    found.extend(cue_mistakes(book))
    if not found:  # a profile names rules and acts, which must be there
        try:
            load_profiles(book)
        except RuleFileError as error:
            found.append(error)
    if folder.file is not None:
        name = folder.file.name
        found = [error for error in found if Path(_LINE.sub("", error.place or "")).name == name]
    return tuple(found)


def schema_text(of: Literal["act", "rule", "profile", "phases", "report"]) -> str:
    """The JSON Schema of a kind of file, as it is written into `rules/schema`."""
    if of == "report":
        from coach.report.json_v1 import schema

        made = dict(schema())
    else:
        from coach.phases import PhasesFile
        from coach.profiles import ProfileFile

        schemas = {
            "act": ActFile.model_json_schema,
            "rule": RuleFile.model_json_schema,
            "profile": ProfileFile.model_json_schema,
            "phases": PhasesFile.model_json_schema,
        }
        described = schemas[of]()
        made = {"$schema": "https://json-schema.org/draft/2020-12/schema", **described}
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"


def _folder(folder: Path, files: list[Path], *, shipped: Path, file: Path | None = None) -> RuleFolder:
    files = [path for path in files if path.suffix in (".yml", ".yaml")]
    return RuleFolder(
        extra=() if folder.resolve() == shipped else (folder,),
        rules=tuple(path.stem for path in files if path.absolute().parent.name in DIMENSIONS),
        acts=tuple(path.stem for path in files if path.absolute().parent.name == ACTS),
        file=file,
    )
