"""Rule and act files → a RuleBook; every mistake is named with file, line, column and the nearest right word."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from coach.errors import RuleFileError, first_of
from coach.model import DIMENSIONS, Language, Role
from coach.rulebook import (
    ActExamples,
    ActSpec,
    Advice,
    Bound,
    Cue,
    Example,
    Rule,
    RuleBook,
    Step,
    Way,
    shipped_rules,
)
from coach.rulefiles import (
    ActFile,
    AdviceFile,
    BoundFile,
    CaseFile,
    CueFile,
    ExampleFile,
    ExamplesOneFile,
    MeasuringTextsFile,
    RuleFile,
    StepFile,
    TextsFile,
    UntilFile,
    WayFile,
)
from coach.signals import BUILT_IN_ACTS, CALL_SIGNALS, LIKELY, MEASURE, TURN_SIGNALS
from coach.yamlfile import YamlFile, did_you_mean, load, validated

LANGUAGES: tuple[Language, ...] = ("de", "en")
_CUSTOMER_LETTERS = {"K", "C"}


def load_rules(
    extra: Sequence[Path] = (),
    *,
    examples: bool = False,
    base: Path | None = None,
    mistakes: list[RuleFileError] | None = None,
) -> RuleBook:
    """All shipped acts and rules, with those of the extra folders added or put in place of their namesakes.

    Examples are read only on request: a review does not need them.
    Raises RuleFileError for the first mistake; nothing is skipped. Where a list of `mistakes` is given,
    the mistakes are put there instead, and the book lacks what those files say.
    """
    folders = (base or shipped_rules(), *extra)
    digest = hashlib.sha256()
    act_files: dict[str, tuple[YamlFile, ActFile]] = {}
    rule_files: dict[str, tuple[YamlFile, RuleFile]] = {}
    for folder in folders:
        paths = _rule_paths(folder)
        if not paths and not any((folder / name).exists() for name in ("profiles", "phases.yml")):
            raise RuleFileError(
                "There are no rule files here.",
                place=str(folder),
                hint="Rules are files such as listening/my-rule.yml; `coach init` writes an example.",
            )
        for path in paths:
            text = _text(path)
            digest.update(path.name.encode() + b"\0" + text.encode() + b"\0")
            name = path.relative_to(folder).as_posix()
            shown = name if folder == folders[0] else str(path)
            if not examples:
                text = _without_examples(text)
            with _noted(mistakes):
                file = load(text, path=shown)
                if path.parent.name == "acts":
                    act_files[_named(file, path)] = (file, validated(file, ActFile))
                else:
                    rule_files[_named(file, path)] = (file, validated(file, RuleFile))
    acts = {name: _act(*act_files[name]) for name in sorted(act_files)}
    known = frozenset(acts) | BUILT_IN_ACTS
    for act_file, act_data in act_files.values():
        for index, member in enumerate(act_data.any_of):
            if member not in known or (member in acts and acts[member].members):
                message = f"There is no act “{member}” that could be a member."
                raise act_file.error(message, ("any-of", index), hint=did_you_mean(member, known))
    rules: dict[str, Rule] = {}
    for name, (file, data) in sorted(rule_files.items()):
        with _noted(mistakes):
            rules[name] = _rule(file, data, known, frozenset(rule_files))
    return RuleBook(
        acts=acts, rules=rules, hash=digest.hexdigest()[:16], folders=tuple(str(folder) for folder in folders)
    )


@contextmanager
def _noted(mistakes: list[RuleFileError] | None) -> Iterator[None]:
    """Puts a mistake on the list, where there is one; else lets it through."""
    try:
        yield
    except RuleFileError as error:
        if mistakes is None:
            raise
        mistakes += [error, *error.further]


def _rule_paths(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise RuleFileError(
            "This folder of rules does not exist.", place=str(folder), hint="Name a folder with *.yml files."
        )
    wanted = {"acts", *DIMENSIONS}
    return sorted(
        path
        for path in folder.rglob("*.y*ml")
        if path.suffix in (".yml", ".yaml") and path.parent.name in wanted and path.is_file()
    )


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise RuleFileError(
            f"The file is not UTF-8 (byte {error.start}).", place=str(path), hint="Save it as UTF-8."
        ) from None
    except OSError as error:
        raise RuleFileError(f"The file cannot be read: {error.strerror}.", place=str(path)) from None


def _without_examples(text: str) -> str:
    """The text up to a top-level `examples:`, where that is the last top-level key; else all of it."""
    head, found, tail = text.partition("\nexamples:")
    if not found or any(line[:1] not in ("", " ", "#", "\r", "-") for line in tail.splitlines()[1:]):
        return text
    return head + "\n"


def _named(file: YamlFile, path: Path) -> str:
    """The id, which is the file's name."""
    data = file.data
    name = data.get("id") if isinstance(data, dict) else None
    if not isinstance(name, str):
        raise file.error("The key “id” is missing.", ())
    if name != path.stem:
        raise file.error(
            f"The id “{name}” is not the file's name.", ("id",), hint=f"Write `id: {path.stem}`, or rename the file."
        )
    return name


def _act(file: YamlFile, data: ActFile) -> ActSpec:
    roles: frozenset[Role] = frozenset(("agent", "customer")) if data.role == "any" else frozenset((data.role,))
    return ActSpec(
        id=data.id,
        roles=roles,
        describes=_texts(data.describes),
        least=data.least,
        members=tuple(data.any_of),
        cues={language: tuple(_cue(item) for item in getattr(data.cues, language)) for language in LANGUAGES},
        tokens={
            language: tuple(tuple(pattern) for pattern in getattr(data.tokens, language)) for language in LANGUAGES
        },
        examples={
            language: ActExamples(
                has=tuple(getattr(data.examples, language).has), lacks=tuple(getattr(data.examples, language).lacks)
            )
            for language in LANGUAGES
        },
        path=file.path,
    )


def _texts(data: TextsFile) -> Mapping[Language, str]:
    return {"de": data.de, "en": data.en}


def _cue(item: str | CueFile) -> Cue:
    if isinstance(item, str):
        return Cue(phrase=item)
    return Cue(phrase=item.phrase, score=item.score, unless=tuple(item.unless), negatable=item.negatable)


def _rule(file: YamlFile, data: RuleFile, acts: frozenset[str], rules: frozenset[str]) -> Rule:
    if data.kind == "finding" and not data.instead:
        raise file.error("A finding says what to say instead: the key “instead” is missing.", ())
    for index, other in enumerate(data.yields_to):
        if other not in rules:
            raise file.error(f"There is no rule “{other}”.", ("yields-to", index), hint=did_you_mean(other, rules))
    ways, wrong = [], list[RuleFileError]()
    for index, way in enumerate(data.ways):
        with _noted(wrong):
            ways.append(_way(file, way, ("ways", index), acts, data.settings))
    if wrong:
        raise first_of(wrong)
    steps = {step.name for way in ways for step in way.steps}
    instead = tuple(_advice(file, item, ("instead", i), acts, steps) for i, item in enumerate(data.instead))
    messages = tuple(_advice(file, item, ("message-when", i), acts, steps) for i, item in enumerate(data.message_when))
    if data.instead and data.instead[-1].when is not None:
        raise file.error("The last “instead” must fit every case: leave out its “when”.", ("instead",))
    return Rule(
        id=data.id,
        kind=data.kind,
        dimension=data.dimension,
        severity=data.severity,
        title=_texts(data.title),
        message=_texts(data.message),
        why=_texts(data.why),
        source=data.source,
        instead=instead,
        limits=_texts(data.limits),
        ways=tuple(ways),
        keep=_texts(data.keep) if data.keep else None,
        messages=messages,
        once=data.once,
        yields_to=tuple(data.yields_to),
        whole_call=data.whole_call,
        symmetric=data.symmetric,
        settings=data.settings,
        examples={language: _examples(file, data, language) for language in LANGUAGES},
        path=file.path,
    )


def _way(
    file: YamlFile, way: WayFile, where: tuple[str | int, ...], acts: frozenset[str], settings: Mapping[str, float]
) -> Way:
    steps = tuple(_step(file, step, (*where, "steps", index), acts, settings) for index, step in enumerate(way.steps))
    names = [step.name for step in steps]
    for index, step in enumerate(steps):
        if names.index(step.name) != index:
            raise file.error(f"Two steps are named “{step.name}”.", (*where, "steps", index, "name"))
    if all(step.absent for step in steps):
        raise file.error("At least one step must be present in the call.", (*where, "steps"))
    if sum(step.report for step in steps) > 1:
        raise file.error("Only one step can be the one reported.", (*where, "steps"))
    if any(step.absent and step.report for step in steps):
        raise file.error("A step that must not come cannot be the one reported.", (*where, "steps"))
    until = None
    if way.until is not None:
        until = _step(file, way.until, (*where, "until"), acts, settings)
    call = _bounds(file, way.call, (*where, "call"), CALL_SIGNALS, settings)
    message = None if way.message is None else _way_message(file, way.message, (*where, "message"), steps)
    return Way(steps=steps, confidence=way.confidence, until=until, call=call, message=message)


def _way_message(
    file: YamlFile, data: MeasuringTextsFile, where: tuple[str | int, ...], steps: Sequence[Step]
) -> Mapping[Language, str]:
    """The message; a signal in it must be compared at the turn that is reported, so that it has a value there."""
    reported = next((step for step in steps if step.report), [step for step in steps if not step.absent][-1])
    known = frozenset(bound.signal for bound in reported.signals)
    for language, text in (("de", data.de), ("en", data.en)):
        for name in MEASURE.findall(text):
            if name not in known:
                message = f"The step “{reported.name}” compares no signal “{name}” that could be put in."
                raise file.error(message, (*where, language), hint=did_you_mean(name, known))
    return {"de": data.de, "en": data.en}


def _step(
    file: YamlFile,
    step: StepFile | UntilFile,
    where: tuple[str | int, ...],
    acts: frozenset[str],
    settings: Mapping[str, float],
) -> Step:
    unknown = [
        file.error(f"There is no act “{act}”.", (*where, key, index), hint=did_you_mean(act, acts))
        for key in ("any", "all", "none")
        for index, act in enumerate(getattr(step, key))
        if act not in acts
    ]
    if unknown:
        raise first_of(unknown)
    signals = _bounds(file, step.signals, (*where, "signals"), TURN_SIGNALS, settings)
    made = Step(
        name="until", role=step.role, any=tuple(step.any), all=tuple(step.all), none=tuple(step.none), signals=signals
    )
    if isinstance(step, UntilFile):
        return made
    return replace(
        made,
        name=step.name,
        guard=_bounds(file, step.guard, (*where, "guard"), LIKELY, settings),
        within=None if step.within == "call" else step.within,
        absent=step.absent,
        report=step.report,
    )


def _bounds(
    file: YamlFile,
    bounds: Mapping[str, BoundFile],
    where: tuple[str | int, ...],
    known: Iterable[str],
    settings: Mapping[str, float],
) -> tuple[Bound, ...]:
    names = frozenset(known)
    made = []
    for name, bound in bounds.items():
        if name not in names:
            raise file.error(f"There is no signal “{name}” here.", (*where, name), hint=did_you_mean(name, names))
        if bound.least is None and bound.most is None and bound.over is None:
            raise file.error("A comparison needs “least”, “most” or “over”.", (*where, name))
        if bound.over is not None and bound.over not in settings:
            raise file.error(
                f"The rule has no setting “{bound.over}”.",
                (*where, name, "over"),
                hint=did_you_mean(bound.over, settings),
            )
        made.append(Bound(signal=name, least=bound.least, most=bound.most, over=bound.over))
    return tuple(made)


def _advice(
    file: YamlFile, data: AdviceFile | CaseFile, where: tuple[str | int, ...], acts: frozenset[str], steps: set[str]
) -> Advice:
    texts: dict[Language, str] = {"de": data.de, "en": data.en}
    if data.when is None:
        return Advice(texts=texts)
    if data.when.step not in steps:
        raise file.error(
            f"There is no step “{data.when.step}”.", (*where, "when", "step"), hint=did_you_mean(data.when.step, steps)
        )
    for index, act in enumerate(data.when.acts):
        if act not in acts:
            raise file.error(f"There is no act “{act}”.", (*where, "when", "acts", index), hint=did_you_mean(act, acts))
    return Advice(texts=texts, step=data.when.step, acts=tuple(data.when.acts))


def _examples(file: YamlFile, data: RuleFile, language: Language) -> tuple[Example, ...]:
    group: ExamplesOneFile = getattr(data.examples, language)
    wanted = ("bad", "good") if data.kind == "finding" else ("fires", "silent")
    for key in {"bad", "good", "fires", "silent"}.difference(wanted):
        if getattr(group, key):
            raise file.error(
                f"The examples of a {data.kind} are called “{wanted[0]}” and “{wanted[1]}”.",
                ("examples", language, key),
            )
    found = []
    for key in wanted:
        for index, item in enumerate(getattr(group, key)):
            where = ("examples", language, key, index)
            example = _example(file, item, where)
            if (key == wanted[0]) != bool(example.marked):
                raise file.error(
                    f"A “{key}” example must mark {'at least one turn' if key == wanted[0] else 'no turn'} with “*”.",
                    where,
                )
            found.append(example)
    return tuple(found)


def _example(file: YamlFile, item: ExampleFile, where: tuple[str | int, ...]) -> Example:
    turns: list[tuple[Role, str]] = []
    marked = []
    for line in item.call.strip().splitlines():
        label, colon, words = line.strip().partition(":")
        letter = label.removeprefix("*")
        if not colon or letter not in {"A", *_CUSTOMER_LETTERS}:
            raise file.error(
                f"A line of an example begins with “A:” (agent) or “K:”/“C:” (customer), not “{line.strip()[:30]}”.",
                (*where, "call"),
            )
        turns.append(("customer" if letter in _CUSTOMER_LETTERS else "agent", words.strip()))
        if label.startswith("*"):
            marked.append(len(turns))
    return Example(
        turns=tuple(turns),
        marked=tuple(marked),
        better=item.better,
        also=tuple(item.also),
        whole=item.whole,
        meta=item.meta,
        line=file.places.get(where, (1, 1))[0],
    )
