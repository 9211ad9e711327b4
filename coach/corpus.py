"""Labelled calls: a transcript beside a `.gold.yaml`, as training, measuring and calibrating read them."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from coach.errors import CoachError
from coach.model import Language, Role, Speaker, Transcript, Turn
from coach.yamlfile import load

Label = tuple[str, int]
"""(rule id, turn number)."""

SPLITS: Mapping[str, str] = {
    "a04": "dev",
    "a10": "dev",
    "a14": "dev",
    "a140": "dev",
    "a141": "dev",
    "a142": "dev",
    "a143": "dev",
    "a144": "dev",
    "a145": "dev",
    "a176": "dev",
    "a178": "dev",
    "a179": "dev",
    "a182": "dev",
    "a205": "dev",
    "a207": "dev",
    "a228": "dev",
    "a230": "dev",
    "a241": "dev",
    "a244": "dev",
    "a245": "dev",
    "a246": "dev",
    "a247": "dev",
    "a248": "dev",
    "a249": "dev",
    "a250": "dev",
    "a07": "test",
    "a12": "test",
    "a17": "test",
    "a26": "test",
    "a88": "test",
    "a89": "test",
    "a90": "test",
    "a91": "test",
    "a92": "test",
    "a113": "test",
    "a118": "test",
}
"""Author → split; all other authors are `train`. An author's calls, and so a scenario's, are never split."""

RICH: frozenset[str] = frozenset(
    (
        "a146 a147 a148 a149 a150 a154 a155 a156 a157 a158 a159 a162 a163 a164 a165 a166 a170 a171 a172 a173 a174 a177"
    ).split()
)
"""Authors who were asked for many statements passed over: the model learns from them what such turns look like, but not
how often they come, and no threshold is chosen on their calls."""

SIGNAL_OF: Mapping[str, tuple[str, Literal["agent", "customer"]]] = {
    "ignored-statement": ("likely-passed-over", "agent"),
    "ignored-question": ("likely-left-open", "agent"),
    "customer-repeats": ("likely-said-again", "customer"),
    "script-reading": ("likely-recited", "agent"),
    "no-needs-analysis": ("likely-unasked-offer", "agent"),
    "interruption": ("likely-cutting-in", "agent"),
    "pitch-after-refusal": ("likely-pressing-on", "agent"),
    "no-graceful-exit": ("likely-unaccepted-no", "agent"),
    "pressure": ("likely-pressure", "agent"),
    "late-contact": ("likely-late", "agent"),
    "bare-answer": ("likely-thin-answer", "agent"),
    "flat-refusal": ("likely-bare-no", "agent"),
    "talking-down": ("likely-looking-down", "agent"),
    "monologue": ("likely-long-talk", "agent"),
    "unexplained-jargon": ("likely-jargon", "agent"),
    "overpromise": ("likely-absolute-promise", "agent"),
    "blame-shifting": ("likely-blaming", "agent"),
    "competitor-bashing": ("likely-disparaging", "agent"),
    "price-haggling": ("likely-haggling", "agent"),
    "missing-apology": ("likely-unregretted-fault", "agent"),
    "no-time": ("likely-hurry", "agent"),
    "customer-tiering": ("likely-tiering", "agent"),
    "vague-commitment": ("likely-loose-promise", "agent"),
    "policy-shield": ("likely-rule-as-wall", "agent"),
    "missing-reassurance": ("likely-unreassured", "agent"),
    "no-next-step": ("likely-loose-end", "agent"),
    "overhype": ("likely-hype", "agent"),
    "enthusiasm-drop": ("likely-cooling", "agent"),
    "acknowledges": ("likely-acknowledging", "agent"),
    "open-question": ("likely-open-asking", "agent"),
    "accepts-refusal": ("likely-accepting-no", "agent"),
    "explains-tradeoffs": ("likely-weighing", "agent"),
    "offers-alternative": ("likely-other-way", "agent"),
    "owns-mistake": ("likely-owning", "agent"),
    "honest-limits": ("likely-honest-limit", "agent"),
    "concrete-commitment": ("likely-who-by-when", "agent"),
    "involves-customer": ("likely-handing-choice", "agent"),
    "reassures": ("likely-reassuring", "agent"),
    "proactive-care": ("likely-caring", "agent"),
    "delights": ("likely-delighting", "agent"),
}
"""Rule id → the signal that is learned from its labels, and whose turn it stands at."""

_LINE = re.compile(r"^\s*(?:[\[(]?(\d{1,2}):(\d\d)(?::(\d\d))?[\])]?\s*)?\**([^:]{1,40}?)\**\s*:\s*(.+)$")
_REMARK = re.compile(r"\([^()]{1,80}\)|\[[^\[\]]{1,80}\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A labelled call."""

    name: str
    path: Path
    transcript: Transcript
    language: Language
    roles: tuple[Role, ...]
    author: str
    scenario: str
    style: str
    quality: str
    type: str
    score: float
    agents: tuple[str, ...]
    findings: frozenset[Label]
    strengths: frozenset[Label]
    optional: frozenset[Label]
    acts: tuple[tuple[str, ...], ...]
    cutting: bool = False
    """A few turns out of a call: nothing is known of its beginning, its end and its acts."""

    @property
    def usual(self) -> bool:
        """Faults come in it as often as in calls at large: it is a whole call, and its author's are not rich in one."""
        return not self.cutting and self.author not in RICH


_AUTHOR = re.compile("a[0-9]{2,4}")


def calls_of(folder: Path, *, splits: Collection[str] | None = None) -> list[Call]:
    """The labelled calls of a folder, by name; with `splits`, only those whose author is in one of them."""
    found = []
    for gold in sorted(folder.rglob("*.gold.yaml")):
        author = gold.parent.name
        if splits is not None and _AUTHOR.fullmatch(author) and SPLITS.get(author, "train") not in splits:
            continue  # most of them lie in a folder named after their author, and need no look
        call = read_call(gold)
        if splits is None or SPLITS.get(call.author, "train") in splits:
            found.append(call)
    return found


def read_call(gold: Path) -> Call:
    """One call from its `.gold.yaml` and the transcript of the same name beside it."""
    text_path = gold.with_name(gold.name.removesuffix(".gold.yaml") + ".txt")
    file = load(gold.read_text(encoding="utf-8-sig"), path=str(gold))
    data = file.data
    if not isinstance(data, dict):
        raise CoachError("The labels must be keys and values.", place=str(gold))
    turns = _turns(text_path)
    named = data.get("agent")
    agents = tuple(str(name) for name in (named if isinstance(named, list) else [named]))
    roles: tuple[Role, ...] = tuple("agent" if turn.speaker in agents else "customer" for turn in turns)
    labels = dict.fromkeys(turn.speaker for turn in turns)
    transcript = Transcript(
        path=str(text_path),
        format="text",
        turns=turns,
        speakers=tuple(
            Speaker(label=label, role="agent" if label in agents else "customer", confidence=1.0) for label in labels
        ),
        language="de" if data.get("lang") == "de" else "en",
    )
    given = data.get("acts")
    acts = given if isinstance(given, dict) else {}
    return Call(
        name=f"{data.get('author', '')}/{gold.name.removesuffix('.gold.yaml')}",
        path=text_path,
        transcript=transcript,
        language="de" if data.get("lang") == "de" else "en",
        roles=roles,
        author=str(data.get("author", "")),
        scenario=str(data.get("scenario") or gold.name.rsplit("-", 1)[0]),
        style=str(data.get("style", "written")),
        quality=str(data.get("quality", "")),
        type=str(data.get("type", "")),
        score=float(data.get("score", 50)),
        agents=agents,
        findings=_labels(data.get("findings")),
        strengths=_labels(data.get("strengths")),
        optional=_labels(data.get("optional")),
        acts=tuple(tuple(acts.get(number, ())) for number in range(1, len(turns) + 1)),
    )


_HEADER = re.compile(r"#(\d+)\s+(.*)")
_LABEL = re.compile(r"(\??)([a-z-]+)@(\d+)")


def exchanges_of(folder: Path) -> list[Call]:
    """The labelled cuttings of a folder, one file a rule and language: `#1 rule@turn, ?debatable@turn`, then turns."""
    found: list[Call] = []
    for path in sorted(folder.rglob("*-[de][en].txt")):
        blocks = path.read_text(encoding="utf-8-sig").strip().split("\n\n")
        found.extend(_cutting(path, block.strip().splitlines()) for block in blocks if block.strip())
    return found


def _cutting(path: Path, lines: list[str]) -> Call:
    header = _HEADER.fullmatch(lines[0].strip())
    if header is None:
        raise CoachError("A cutting has no header such as `#1 rule@turn`.", place=f"{path}: {lines[0]}")
    labels = [(mark, rule, int(turn)) for mark, rule, turn in _LABEL.findall(header[2])]
    turns = []
    for number, line in enumerate(lines[1:], start=1):
        speaker, _, words = line.partition(":")
        text = " ".join(_REMARK.sub(" ", words).split())
        turns.append(Turn(number=number, speaker=speaker.strip(), text=text, line=number))
    roles: tuple[Role, ...] = tuple("agent" if turn.speaker == "A" else "customer" for turn in turns)
    language: Language = "de" if path.stem.endswith("-de") else "en"
    sure = frozenset((rule, turn) for mark, rule, turn in labels if not mark)
    return Call(
        name=f"{path.parent.name}/{path.stem}#{header[1]}",
        path=path,
        transcript=Transcript(
            path=str(path),
            format="text",
            turns=tuple(turns),
            speakers=tuple(Speaker(label=label) for label in dict.fromkeys(turn.speaker for turn in turns)),
            language=language,
        ),
        language=language,
        roles=roles,
        author=path.parent.name,
        scenario=path.stem,
        style="written",
        quality="",
        type="",
        score=50.0,
        agents=("A",),
        findings=sure,
        strengths=sure,
        optional=frozenset((rule, turn) for mark, rule, turn in labels if mark),
        acts=tuple(() for _ in turns),
        cutting=True,
    )


def _labels(items: object) -> frozenset[Label]:
    if not isinstance(items, list):
        return frozenset()
    return frozenset((str(item["rule"]), int(item["turn"])) for item in items if isinstance(item, dict))


def _turns(path: Path) -> tuple[Turn, ...]:
    """The turns of a corpus file: one a line."""
    turns: list[Turn] = []
    lines = [line for line in path.read_text(encoding="utf-8-sig").splitlines() if line.strip()]
    for number, line in enumerate(lines, start=1):
        found = _LINE.match(line)
        if not found:
            raise CoachError("A line of a labelled call has no speaker.", place=f"{path}:{number}")
        first, second, third, label, words = found.groups()
        start = None
        if first is not None:
            parts = [int(part) for part in (first, second, third) if part is not None]
            start = float(sum(part * 60**power for power, part in enumerate(reversed(parts))))
        text = _REMARK.sub(" ", words).strip().strip('„“”"»«').strip()
        turns.append(Turn(number=number, speaker=label.strip(), text=" ".join(text.split()), line=number, start=start))
    return tuple(turns)
