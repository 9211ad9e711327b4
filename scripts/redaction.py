"""Counts how much that is personal gets a placeholder, and how many placeholders stand for nothing personal.

    python scripts/redaction.py [--misses]

Measured on tests/redact/mentions.txt: made-up calls with each mention marked. Calls with odd numbers may be looked at
while the finding is mended, those with even numbers may not: their figures are the ones to quote. A mention counts as
found where all its words are replaced. `--misses` lists what was missed and replaced wrongly, for odd numbers only.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from coach.model import Language, Speaker, Transcript, Turn  # noqa: E402
from coach.redact.call import redaction_of  # noqa: E402

MENTIONS = ROOT / "tests" / "redact" / "mentions.txt"
_MARK = re.compile(r"\[([a-z]+):([^\]]+)\]")
_SIGNED = 52
"""In calls with higher numbers most names stand where nothing announces them: `bei Krause`, `Wirsching ist krank`."""
_GROUP = ("seen while mending", "not seen")


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A call with what is personal in it."""

    number: int
    language: Language
    style: str
    transcript: Transcript
    gold: tuple[tuple[int, int, int, str], ...]
    """Turn, start, end and kind of each mention."""


def marked_calls(text: str) -> Iterator[Marked]:
    """The calls of the file, in order."""
    for block in re.split(r"\n\s*\n", text):
        lines = [line for line in block.strip().split("\n") if line and not line.startswith("#")]
        if not lines:
            continue
        number, language, style = lines[0].split()
        turns: list[Turn] = []
        gold: list[tuple[int, int, int, str]] = []
        for at, line in enumerate(lines[1:], start=1):
            speaker, _, marked = line.partition(": ")
            plain, end = "", 0
            for match in _MARK.finditer(marked):
                plain += marked[end : match.start()]
                gold.append((at, len(plain), len(plain) + len(match[2]), match[1]))
                plain += match[2]
                end = match.end()
            turns.append(Turn(number=at, speaker=speaker, text=plain + marked[end:], line=at))
        yield Marked(
            number=int(number),
            language="de" if language == "de" else "en",
            style=style,
            transcript=Transcript(
                path=f"{number}", format="text", turns=tuple(turns), speakers=(Speaker(label="A"), Speaker(label="B"))
            ),
            gold=tuple(gold),
        )


def counted(call: Marked, tally: Counter[tuple[str, ...]], misses: list[str]) -> None:
    """Adds the call to the tally: (group, kind or style, what)."""
    found = redaction_of(call.transcript, call.language).spans
    texts = {turn.number: turn.text for turn in call.transcript.turns}
    group = _GROUP[call.number % 2 == 0]
    for turn, start, end, kind in call.gold:
        inside = [span for span in found[turn] if span.start < end and span.end > start]
        bare = "".join(
            character
            for place, character in enumerate(texts[turn][start:end], start=start)
            if not any(span.start <= place < span.end for span in inside)
        )
        hit = not any(map(str.isalnum, re.sub(r"\b(?:von|der|de|van)\b", "", bare)))
        beside = " other" if call.number > _SIGNED else ""
        for row in (kind, f"{kind} {call.language} {call.style}{beside}" if kind == "name" else ""):
            if row:
                tally[group, row, "hit" if hit else "miss"] += 1
        if not hit:
            misses.append(f"{call.number}: missed {kind} “{texts[turn][start:end]}” in “{texts[turn]}”")
    for turn, spans in found.items():
        for span in spans:
            right = any(t == turn and span.start < end and span.end > start for t, start, end, _ in call.gold)
            tally[group, span.kind, "right" if right else "wrong"] += 1
            if not right:
                misses.append(
                    f"{call.number}: replaced {span.kind} “{texts[turn][span.start : span.end]}” in “{texts[turn]}”"
                )


def main() -> None:
    """Prints recall and precision of each kind, for the two groups of calls."""
    tally: Counter[tuple[str, ...]] = Counter()
    misses: list[str] = []
    calls = list(marked_calls(MENTIONS.read_text(encoding="utf-8")))
    for call in calls:
        own: list[str] = []
        counted(call, tally, own)
        misses += own if call.number % 2 else []
    sentences = sum(len(call.transcript.turns) for call in calls)
    print(f"{len(calls)} made-up calls, {sentences} turns, {sum(len(call.gold) for call in calls)} mentions")
    for group in _GROUP:
        print(f"\n{group:<24} recall          precision")
        for row in sorted({row for which, row, _ in tally if which == group}):
            hit, miss = tally[group, row, "hit"], tally[group, row, "miss"]
            right, wrong = tally[group, row, "right"], tally[group, row, "wrong"]
            recall = f"{hit}/{hit + miss} = {hit / (hit + miss):.2f}" if hit + miss else "–"
            precision = f"{right}/{right + wrong} = {right / (right + wrong):.2f}" if right + wrong else ""
            print(f"  {row:<22} {recall:<15} {precision}".rstrip())
    if "--misses" in sys.argv[1:]:
        print("", *misses, sep="\n")


if __name__ == "__main__":
    main()
