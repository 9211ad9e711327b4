"""The coach against people's labels: what both see, what only one sees, and how far the scores agree.

Labels are `NAME.gold.yaml` beside `NAME.txt`, or one CSV file with a line for each label: `call,turn,rule`. A line with
an empty turn and rule says that somebody looked at the call and saw nothing; a further column `optional` that is not
empty makes a label that counts neither way. Columns may have German names, rules be named by their titles. Where a CSV
file holds labels of one kind only, findings or strengths, the other kind was not looked for and is left out.
"""

import csv
import difflib
import io
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from coach.call import review_transcript
from coach.config import Config, checked
from coach.corpus import read_call
from coach.errors import CoachError
from coach.measure import (
    Agreement,
    Comparison,
    Counts,
    Disagreement,
    Label,
    RuleAgreement,
    ScoreAgreement,
    compare,
    kappa,
    pairs_in_order,
    per_rule,
    spearman,
    total,
)
from coach.model import Review, Transcript
from coach.read import read_path
from coach.rulebook import Rule, RuleBook
from coach.rules import load_rules
from coach.yamlfile import YamlFile, did_you_mean, load

GOLD = ".gold.yaml"
COLUMNS = ("call", "turn", "rule")
OPTIONAL = "optional"
_GERMAN = {"gespräch": "call", "datei": "call", "beitrag": "turn", "regel": "rule", "file": "call"}
_NEAR = 3
"""Rules that are offered in place of one that is not known."""
_KINDS = ("finding", "strength")
_VERSION = re.compile(r"-(bad|mixed|good)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A call with what people saw in it."""

    name: str
    transcript: Transcript
    labels: frozenset[Label]
    optional: frozenset[Label] = field(default_factory=frozenset)
    """What only one of two people would see; it counts neither way."""
    mark: float | None = None
    scenario: str = ""
    """Calls that share it are versions of one another and are compared by their marks."""


def calibrate(path: Path, *, config_of: Callable[[str], Config]) -> Agreement:
    """The agreement over a folder with `.gold.yaml` files, or over the calls that a CSV file names.

    `config_of` gives the configuration of a call by its path; labels of rules that it turns off do not count.
    Raises CoachError, with the place, for labels that do not fit their calls.
    """
    config = config_of(str(path / "x" if path.is_dir() else path))
    book = load_rules(config.rules)
    checked(config, book)
    calls = labelled_calls(path, rules=book.rules)
    kinds = {book.rules[rule].kind for call in calls for rule, _ in call.labels | call.optional}
    reviews = []
    for call in calls:
        own = config_of(call.transcript.path)
        if own.rules != config.rules:
            raise CoachError(
                "This call has other folders of rules than the rest.",
                place=call.transcript.path,
                hint="Calibrate folders with settings of their own one by one.",
            )
        checked(own, book)
        reviews.append((call, review_transcript(call.transcript, book, own), frozenset(own.off)))
    return agreement(reviews, book, kinds=_KINDS if path.is_dir() or not kinds else kinds)


def agreement(
    reviews: Sequence[tuple[Labelled, Review, Collection[str]]], book: RuleBook, *, kinds: Collection[str] = _KINDS
) -> Agreement:
    """Each call's review against its labels; the third of each is the rules that were turned off.

    Only what is of one of these kinds is compared.
    """
    comparisons: dict[str, list[Comparison]] = {kind: [] for kind in _KINDS}
    disagreements: list[Disagreement] = []
    scores: list[tuple[float, float]] = []
    scenarios: dict[str, list[tuple[float, float]]] = defaultdict(list)
    turns = 0
    for call, review, off in reviews:
        turns += len(call.transcript.turns)
        reported = {
            "finding": {(item.rule, item.turn) for item in review.findings if item.confidence != "low"},
            "strength": {(item.rule, item.turn) for item in review.strengths},
        }
        for kind in _KINDS:
            if kind not in kinds:
                continue
            labels, optional = (
                {label for label in some if label[0] not in off and book.rules[label[0]].kind == kind}
                for some in (call.labels, call.optional)
            )
            one = compare(call.name, reported[kind], labels, optional)
            comparisons[kind].append(one)
            disagreements += _disagreements(call, one)
        overall = review.scorecard.overall
        if call.mark is not None and overall is not None:
            scores.append((call.mark, overall))
            scenarios[call.scenario].append((call.mark, overall))
    both = [*comparisons["finding"], *comparisons["strength"]]
    rules = tuple(_agreements(comparisons, turns))
    in_order, pairs = pairs_in_order(scenarios)
    return Agreement(
        calls=len(reviews),
        turns=turns,
        totals=(
            *(
                _agreement(
                    kind,
                    kind,
                    total(comparisons[kind]),
                    turns * sum(rule.kind == kind for rule in book.rules.values()),
                )
                for kind in _KINDS
                if kind in kinds
            ),
            _agreement("all", "all", total(both), turns * sum(rule.kind in kinds for rule in book.rules.values())),
        ),
        rules=rules,
        scores=ScoreAgreement(
            calls=len(scores),
            spearman=spearman(scores),
            in_order=in_order,
            pairs=pairs,
            mean_error=sum(abs(mark - score) for mark, score in scores) / len(scores) if scores else None,
        ),
        noisiest=_noisiest(rules),
        disagreements=tuple(disagreements),
    )


def _agreements(comparisons: Mapping[str, Sequence[Comparison]], turns: int) -> Iterable[RuleAgreement]:
    for kind in _KINDS:
        for rule, counts in sorted(per_rule(comparisons[kind]).items()):
            yield _agreement(rule, kind, counts, turns)


def _agreement(rule: str, kind: str, counts: Counts, cells: int) -> RuleAgreement:
    return RuleAgreement(rule=rule, kind=kind, counts=counts, kappa=kappa(counts, cells))


def _noisiest(rules: Sequence[RuleAgreement]) -> str | None:
    """Of the rules with the most false alarms, the one with the fewest hits."""
    noisy = [item for item in rules if item.counts.false]
    best = min(noisy, key=lambda item: (-item.counts.false, item.counts.hits, item.rule), default=None)
    return best.rule if best else None


def _disagreements(call: Labelled, one: Comparison) -> list[Disagreement]:
    turns = {turn.number: turn for turn in call.transcript.turns}
    return [
        Disagreement(
            call=call.name,
            rule=rule,
            turn=number,
            line=turns[number].line,
            seen_by="coach" if (rule, number) in one.false else "people",
            speaker=turns[number].speaker,
            quote=turns[number].text,
        )
        for rule, number in sorted((*one.false, *one.missed), key=lambda label: (label[1], label[0]))
    ]


def labelled_calls(path: Path, *, rules: Mapping[str, Rule]) -> list[Labelled]:
    """The calls with their labels, by name; raises CoachError at the first label that does not fit."""
    if path.is_dir():
        golds = sorted(path.rglob(f"*{GOLD}"))
        if not golds:
            raise CoachError(
                "There are no labels in this folder.",
                place=str(path),
                hint=f"Labels are NAME{GOLD} beside NAME.txt; a CSV file is named itself.",
            )
        return [_from_gold(gold, path, rules) for gold in golds]
    if not path.is_file():
        raise CoachError(
            "There is nothing under this path.",
            place=str(path),
            hint=f"Name a folder with *{GOLD} files or a CSV file.",
        )
    return _from_csv(path, rules)


def _from_gold(gold: Path, folder: Path, rules: Collection[str]) -> Labelled:
    file = load(_text(gold), path=str(gold))
    transcript = gold.with_name(gold.name.removesuffix(GOLD) + ".txt")
    if not transcript.is_file():
        raise CoachError(
            "The transcript to these labels is missing.", place=str(gold), hint=f"Put {transcript.name} beside them."
        )
    mark = _checked(file, rules)
    call = read_call(gold)
    last = len(call.transcript.turns)
    for part in ("findings", "strengths", "optional"):
        for index, item in enumerate(_part(file, part)):
            if item["turn"] > last:
                raise file.error(f"The call has {last} turns only.", (part, index, "turn"))
    spoken = {turn.speaker for turn in call.transcript.turns}
    for agent in call.agents:
        if agent not in spoken:
            raise file.error(f"Nobody in the call is called “{agent}”.", ("agent",), hint=did_you_mean(agent, spoken))
    name = gold.relative_to(folder).as_posix().removesuffix(GOLD)
    scenario = str(_keys(file).get("scenario") or _VERSION.sub("", Path(name).name))
    return Labelled(
        name=name,
        transcript=call.transcript,
        labels=call.findings | call.strengths,
        optional=call.optional,
        mark=mark,
        scenario=f"{Path(name).parent}/{scenario}",
    )


def _keys(file: YamlFile) -> Mapping[str, object]:
    if not isinstance(file.data, dict):
        raise file.error("The labels must be keys and values.", ())
    return file.data


def _part(file: YamlFile, part: str) -> list[dict[str, int]]:
    """The labels under a key, which `_checked` has looked at."""
    found = _keys(file).get(part)
    return found if isinstance(found, list) else []


def _checked(file: YamlFile, rules: Collection[str]) -> float | None:
    """The trainer's mark, if there is one; raises at the first key that is not as it must be."""
    data = _keys(file)
    if data.get("lang") not in ("de", "en"):
        raise file.error("The key “lang” is “de” or “en”.", ("lang",))
    if not data.get("agent"):
        raise file.error("The key “agent” names the label of whoever serves.", ("agent",))
    for part in ("findings", "strengths", "optional"):
        items = data.get(part) or []
        if not isinstance(items, list):
            raise file.error(f"“{part}” is a list of labels such as {{rule: monologue, turn: 3}}.", (part,))
        for index, item in enumerate(items):
            _check_label(file, (part, index), item, rules)
    if not isinstance(data.get("acts") or {}, dict):
        raise file.error("“acts” holds a list of acts for each turn.", ("acts",))
    mark = data.get("score")
    if mark is None:
        return None
    if isinstance(mark, bool) or not isinstance(mark, int | float) or not 0 <= mark <= 100:
        raise file.error("The key “score” is a number from 0 to 100.", ("score",))
    return float(mark)


def _check_label(file: YamlFile, where: tuple[str | int, ...], item: object, rules: Collection[str]) -> None:
    if not isinstance(item, dict) or not {"rule", "turn"} <= item.keys():
        raise file.error("A label has a rule and a turn: {rule: monologue, turn: 3}.", where)
    rule, turn = item["rule"], item["turn"]
    if rule not in rules:
        raise file.error(f"There is no rule “{rule}”.", (*where, "rule"), hint=did_you_mean(str(rule), rules))
    if isinstance(turn, bool) or not isinstance(turn, int) or turn < 1:
        raise file.error("A turn is a number from 1.", (*where, "turn"))


def _from_csv(path: Path, rules: Mapping[str, Rule]) -> list[Labelled]:
    text = _text(path)
    head = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text), delimiter=";" if head.count(";") > head.count(",") else ",")
    named = [name.strip().casefold() for name in reader.fieldnames or ()]
    reader.fieldnames = [name if _GERMAN.get(name, name) in named else _GERMAN.get(name, name) for name in named]
    by_title = _by_title(rules)
    for column in COLUMNS:
        if column not in reader.fieldnames:
            raise CoachError(
                f"The column “{column}” is missing.", place=f"{path}:1", hint=f"The columns are {', '.join(COLUMNS)}."
            )
    transcripts: dict[str, Transcript] = {}
    labels: dict[str, set[Label]] = defaultdict(set)
    optional: dict[str, set[Label]] = defaultdict(set)
    for row in reader:
        place = f"{path}:{reader.line_num}"
        call, turn, rule = ((row[column] or "").strip() for column in COLUMNS)
        if not call:
            raise CoachError("This line names no call.", place=place)
        if call not in transcripts:
            transcripts[call] = _transcript(path.parent, call, place)
        labels.setdefault(call, set())
        if not turn and not rule:
            continue
        rule = rule if rule in rules else by_title.get(rule.casefold(), rule)
        if rule not in rules:
            raise CoachError(f"There is no rule “{rule}”.", place=place, hint=_nearest(rule, rules, by_title))
        last = len(transcripts[call].turns)
        if not (turn.isascii() and turn.isdigit() and 1 <= int(turn) <= last):
            raise CoachError(
                f"“{turn}” is no turn of {call}.",
                place=place,
                hint=f"It has turns 1 to {last}; `coach review --dialogue` numbers them.",
            )
        (optional if (row.get(OPTIONAL) or "").strip() else labels)[call].add((rule, int(turn)))
    if not transcripts:
        raise CoachError("There are no labels in this file.", place=str(path), hint="A line is call,turn,rule.")
    return [
        Labelled(
            name=name,
            transcript=transcripts[name],
            labels=frozenset(labels[name]),
            optional=frozenset(optional[name]),
        )
        for name in sorted(transcripts)
    ]


def _by_title(rules: Mapping[str, Rule]) -> Mapping[str, str]:
    """Title in either language, and the id in any case → id; no title that two rules share."""
    titles = [(title.casefold(), rule.id) for rule in rules.values() for title in {*rule.title.values(), rule.id}]
    owners: dict[str, set[str]] = defaultdict(set)
    for title, rule in titles:
        owners[title].add(rule)
    return {title: next(iter(ids)) for title, ids in owners.items() if len(ids) == 1}


def _nearest(rule: str, rules: Mapping[str, Rule], by_title: Mapping[str, str]) -> str:
    """The ids whose names are most like this one."""
    known = {**{name: name for name in rules}, **by_title}
    close = difflib.get_close_matches(rule.casefold(), list(known), n=2 * _NEAR, cutoff=0.4)
    ids = list(dict.fromkeys(known[name] for name in close))[:_NEAR]
    near = f"Did you mean {' or '.join(f'“{name}”' for name in ids)}? " if ids else ""
    return f"{near}`coach rules list` names all rules."


def _transcript(folder: Path, call: str, place: str) -> Transcript:
    """The call of that name, with or without `.txt`."""
    found = next((path for path in (folder / call, folder / f"{call}.txt") if path.is_file()), None)
    if found is None:
        raise CoachError(
            f"There is no transcript “{call}”.", place=place, hint="Calls are named from the folder of the CSV file on."
        )
    return read_path(str(found))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise CoachError("The file is not UTF-8.", place=str(path), hint="Save it as UTF-8.") from None
    except OSError as error:
        raise CoachError(f"The file cannot be read: {error.strerror}.", place=str(path)) from None
