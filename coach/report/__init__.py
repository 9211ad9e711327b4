"""Reviews → what people and machines read. A reporter is a module with a `render`, and one line here."""

from importlib import import_module
from types import ModuleType

REPORTERS: tuple[tuple[str, str], ...] = (
    ("terminal", "coach.report.terminal"),
    ("json", "coach.report.json_v1"),
    ("html", "coach.report.html"),
    ("jsonl", "coach.report.jsonl"),
    ("markdown", "coach.report.markdown"),
    ("csv", "coach.report.csv_findings"),
    ("csv-calls", "coach.report.csv_calls"),
    ("junit", "coach.report.junit"),
    ("sarif", "coach.report.sarif"),
    ("github", "coach.report.github"),
    ("github-summary", "coach.report.github_summary"),
    ("gitlab", "coach.report.gitlab"),
)
"""The name of each format and its module, which is imported only when it is asked for."""


def reporter(name: str) -> ModuleType:
    """The module of a format; KeyError for a name that is not in REPORTERS."""
    return import_module(dict(REPORTERS)[name])
