"""Imports run inwards: from the command line to the stages, from each stage to the values; never back, never across."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "coach"
MODULES = sorted(path.relative_to(ROOT) for path in PACKAGE.rglob("*.py"))

VALUES = {
    "coach.brief",
    "coach.callfile",
    "coach.errors",
    "coach.model",
    "coach.rolewords",
    "coach.rulebook",
    "coach.signals",
    "coach.yamlfile",
}
"""What every stage may import."""
FILES = {"coach.rulefiles"}
"""The shapes of YAML files, for whoever loads one."""
FIGURES = {"coach.measure"}
"""Agreement with people in figures, for the report that shows it; it imports nothing of the coach itself."""
BESIDE = {"scorefile": FILES, "agreement": FIGURES}
"""Modules of a stage that may import more than values."""
SCORE = {"coach.score", "coach.scorefile", "coach.focus", "coach.metrics"}
STAGES = {
    "read": {"coach.read"},
    "understand": {"coach.understand"},
    "check": {"coach.check", "coach.passage", "coach.sequences"},
    "score": SCORE,
    "report": {"coach.report"},
}
OUTSIDE = {
    "cli",
    "bars",
    "baseline",
    "cache",
    "call",
    "cli_cache",
    "cli_calibrate",
    "cli_config",
    "cli_parts",
    "cli_reports",
    "cli_review",
    "cli_rules",
    "run",
    "config",
    "configfile",
    "decisive",
    "gate",
    "glossary",
    "sketch",
    "standing",
    "waivers",
    "files",
    "kept",
    "masked",
    "progress",
    "stored",
    "task",
    "examples",
    "rulefolder",
    "handbook",
    "corpus",
    "measure",
    "calibrate",
    "delivery",
    "start",
    "phases",
    "profiles",
    "redact",
    "convert",
    "inspection",
    "cli_transcripts",
}
"""Modules on the command line's side: they compose stages, and no stage imports them."""
COMMANDS = tuple(path.as_posix() for path in MODULES if path.stem == "cli" or path.stem.startswith("cli_"))
ONLY = {
    "spacy": ("coach/understand/",),
    "typer": COMMANDS,
    "rich": (
        "coach/report/terminal.py",
        "coach/report/page.py",
        "coach/report/summary.py",
        "coach/report/agreement.py",
        "coach/report/inspection.py",
        *COMMANDS,
    ),
    "jinja2": ("coach/report/html/",),
    "markupsafe": ("coach/report/html/",),
    "multiprocessing": ("coach/run.py",),
    "concurrent": ("coach/run.py",),
    "subprocess": ("coach/run.py",),
    "docx": ("coach/read/word.py",),
    "openpyxl": ("coach/read/workbook.py",),
}
"""Libraries and the only places that may import them."""


def imports(path: Path) -> Iterator[str]:
    """Everything a module imports, anywhere in it, by full name."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: a relative import"
            if node.module == "coach":
                yield from (f"coach.{alias.name}" for alias in node.names if not alias.name.startswith("__"))
            elif node.module:
                yield node.module


def within(name: str, packages: set[str]) -> bool:
    """The module is one of these or lies in one of them."""
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def stage_of(path: Path) -> str | None:
    """The stage that a module belongs to."""
    name = ".".join(path.with_suffix("").parts).removesuffix(".__init__")
    return next((stage for stage, packages in STAGES.items() if within(name, packages)), None)


@pytest.mark.parametrize("path", [path for path in MODULES if stage_of(path)], ids=str)
def test_a_stage_imports_only_values_and_itself(path: Path) -> None:
    """No stage knows another stage or the command line."""
    own = STAGES[stage_of(path) or ""]
    allowed = VALUES | own | BESIDE.get(path.stem, set())
    wrong = [name for name in imports(path) if within(name, {"coach"}) and not within(name, allowed)]
    assert wrong == []


@pytest.mark.parametrize(
    "path", [path for path in MODULES if f"coach.{path.stem}" in VALUES | FILES | FIGURES], ids=str
)
def test_values_import_no_stage(path: Path) -> None:
    """The values at the centre know only each other."""
    wrong = [name for name in imports(path) if within(name, {"coach"}) and not within(name, VALUES | FILES)]
    assert wrong == []


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_nothing_but_the_program_itself_imports_the_command_line(path: Path) -> None:
    """`cli` is imported by `__main__` alone."""
    if path.stem != "__main__":
        assert "coach.cli" not in set(imports(path))


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_libraries_stay_in_their_places(path: Path) -> None:
    """Only understanding needs spaCy, only options Typer, only print Rich, only many calls processes."""
    for library, places in ONLY.items():
        if any(within(name, {library}) for name in imports(path)):
            assert path.as_posix().startswith(places), f"{path} imports {library}"


def test_every_module_has_its_layer() -> None:
    """A new module at the top is put into a layer knowingly."""
    known = {"__init__", "__main__", "rules", "needed", "output"} | OUTSIDE
    top = {path.stem for path in MODULES if path.parent == Path("coach") and stage_of(path) is None}
    assert {name for name in top if f"coach.{name}" not in VALUES | FILES} <= known


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_a_module_can_be_read_at_one_sitting(path: Path) -> None:
    """No module has 400 lines or more."""
    assert len((ROOT / path).read_text(encoding="utf-8").splitlines()) < 400
