"""The paper of the terminal report: its width, its colours, lines with hanging indents, headings and bars."""

from dataclasses import dataclass

from rich.console import Console
from rich.text import Text

from coach.model import Language
from coach.report.escape import clean

GOOD = "bold color(28)"
BAD = "bold color(160)"
HEAD = "bold color(26)"
STRONG = "bold"
MEASURE = 110
"""Columns of running text; longer lines are hard to read, whatever the terminal's width."""
WIDEST = 160
"""Columns of headings, bars, tables and the dialogue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Where and in which language a report is printed."""

    console: Console
    language: Language

    @property
    def width(self) -> int:
        """Columns in use, at least 40."""
        return max(40, min(WIDEST, self.console.width))

    @property
    def ascii(self) -> bool:
        """The terminal cannot print more than ASCII."""
        return self.console.options.ascii_only


def put(page: Page, text: Text | str, *, first: Text | str = "", rest: str | None = None, wide: bool = False) -> None:
    """Print the text, wrapped at words, after `first`, and its further lines after `rest`; no trailing spaces.

    Running text keeps to a readable measure; `wide` lets rows of tables and the dialogue use the whole page.
    """
    start = first if isinstance(first, Text) else Text(first)
    following = " " * start.cell_len if rest is None else rest
    body = text.copy() if isinstance(text, Text) else Text(text)
    if body.plain != clean(body.plain):
        body = Text(clean(body.plain), style=body.style)
    columns = page.width if wide else min(MEASURE, page.width)
    room = max(10, columns - max(start.cell_len, len(following)))
    lines = body.wrap(page.console, room, overflow="fold") or [Text()]
    for number, line in enumerate(lines):
        line.rstrip()
        prefix = start if not number else Text(following)
        page.console.print(prefix + line, soft_wrap=True, highlight=False)


def heading(page: Page, title: str, *, mark: str = "─") -> None:
    """A title with a line behind it, after an empty line."""
    shown = clean(title)
    line = ("=" if mark == "═" else "-") if page.ascii else mark
    rest = max(0, page.width - Text(shown).cell_len - 1)
    if mark == "─":
        page.console.print()
    page.console.print(Text.assemble((shown, HEAD), " ", line * rest), soft_wrap=True, highlight=False)


def bar(page: Page, value: float, half: int) -> Text:
    """A bar that grows from the zero line in the middle, to the left below 50 and to the right above."""
    full, track, middle = ("#", ".", "|") if page.ascii else ("█", "·", "│")
    cells = round(abs(value - 50) / 50 * half)
    left = cells if value < 50 else 0
    right = cells if value > 50 else 0
    return Text.assemble(
        track * (half - left), (full * left, BAD), (middle, STRONG), (full * right, GOOD), track * (half - right)
    )
