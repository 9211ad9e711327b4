"""What can be measured on turns without knowing what they do: lengths, repetition, uptake, position, time."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from coach.model import Act, Language, Role, Turn
from coach.understand.compared import Compared
from coach.understand.counted import Counted
from coach.understand.kin import Known
from coach.understand.prices import prices
from coach.understand.questions import Question
from coach.understand.reasked import reasked
from coach.understand.uptake import share, uptake_of, weight_of
from coach.understand.words import Words

RUN = 5
"""Words in a run that counts as said before."""
BACKCHANNEL_WORDS = 4
_BACKCHANNELS: Mapping[Language, frozenset[str]] = {
    "de": frozenset(
        "mhm hm hmm aha ah ach oh ja jo jau joa nee ok okay gut so stimmt genau klar eben verstehe verstanden echt na soso "
        "alles richtig gern schoen prima logisch interessant aeh aehm und weiter wirklich nein".split()
    ),
    "en": frozenset(
        "mhm hm hmm mm uh-huh huh ah oh yes yeah yep no ok okay right sure fine good great i see really so true aha well "
        "gotcha absolutely of course um uh er go on".split()
    ),
}
_SUPERLATIVES: Mapping[Language, tuple[str, ...]] = {
    "de": (
        "beste",
        "einzigartig",
        "einmalig",
        "revolution",
        "sensationell",
        "phaenomenal",
        "unschlagbar",
        "spitzen",
        "marktfuehr",
        "fuehrende",
        "genial",
        "grandios",
        "bahnbrechend",
        "konkurrenzlos",
        "weltklasse",
        "traumhaft",
        "fantastisch",
        "irre",
        "hammer",
        "unfassbar",
        "unglaublich",
        "perfekt",
        "ultimativ",
        "legendaer",
        "exklusiv",
        "rekord",
        "premium",
        "spektakulaer",
        "modernste",
        "groesste",
        "schnellste",
        "schoenste",
        "tollste",
        "krass",
        "galaktisch",
        "mega",
        "ohnegleichen",
        "gigantisch",
    ),
    "en": (
        "best",
        "unique",
        "revolution",
        "game-chang",
        "world-class",
        "unbeat",
        "amazing",
        "incredible",
        "phenomenal",
        "stunning",
        "sensational",
        "leading",
        "ultimate",
        "perfect",
        "unrivalled",
        "unrivaled",
        "fantastic",
        "unbelievable",
        "finest",
        "biggest",
        "extraordinary",
        "legendary",
        "cutting-edge",
        "state-of-the-art",
        "once-in-a-lifetime",
        "groundbreaking",
        "spectacular",
        "greatest",
        "slickest",
        "magical",
        "exclusive",
        "premium",
        "mind-blowing",
        "insane",
        "gorgeous",
        "breathtaking",
    ),
}
_NOT_SUPERLATIVE = frozenset(
    {"bestens", "besten", "bestellt", "bestellung", "bestimmt", "bestaetigt", "bestand", "besteht"}
)


def backchannel(words: Words, language: Language) -> bool:
    """The turn only shows that its speaker listens."""
    return (
        0 < len(words.words) <= BACKCHANNEL_WORDS
        and all(word in _BACKCHANNELS[language] for word in words.words)
        and not (words.asked)
    )


def structural_acts(
    words: Words, asked: Sequence[Question], text: str, role: Role, language: Language, *, first: bool, last: bool
) -> dict[str, Act]:
    """Kinds of questions, back-channels and the ends of the call; `words` are those of the `text`, `asked` is what they ask."""
    acts: dict[str, Act] = {}

    def add(name: str, score: int, said: str = "") -> None:
        acts[name] = Act(name=name, score=score, words=said, source="structure")

    for question in asked:
        score = 100 if question.marked else 70
        said = text[words.spans[question.first][0] : words.spans[question.end - 1][1]]
        add(f"question-{question.kind}", score, said)
        if role == "agent":
            add("question-open" if question.kind == "wh" else "question-closed", score, said)
    if backchannel(words, language):
        add("backchannel", 100, text[words.spans[0][0] : words.spans[-1][1]])
    if first:
        add("first-turn", 100)
    if last:
        add("last-turn", 100)
    return acts


_PAUSE, _SLOWEST = 10.0, 1.5
"""Seconds, and seconds a word, that a stretch without an end of its own may last; people speak two or three a second."""
_HOLDS, _TAKES = 3, 5
"""Words of a turn that can be cut off, and of one that takes the floor."""
_LASTS = 5.0
"""Seconds of overlap, a dozen words, from which also somebody who finished the sentence was talked over."""


def measured(
    turns: Sequence[Turn],
    roles: Sequence[Role],
    words: Sequence[Words],
    compared: Compared,
    language: Language,
) -> list[dict[str, float]]:
    """The structural signals of each turn; `compared` is made of the same words."""
    count = len(turns)
    signals: list[dict[str, float]] = []
    counted = Counted([item.words for item in words])
    superlatives = counted.sums(counted.known(lambda word: _is_superlative(word, language)))
    priced = prices(counted, language)
    weighty, kin, asked = compared.weighty, compared.kin, compared.asked
    said = [Known(item.words, kin) for item in words]
    contents = [[word for word in item.words if word in weighty] for item in words]
    known = [Known(item, kin) for item in contents]
    recited = _recited(turns, words, counted)
    again = reasked(roles, words, compared)
    asked_by: dict[Role, int] = {}
    for index, (turn, role, item) in enumerate(zip(turns, roles, words, strict=True)):
        before = _before(roles, index)
        earlier = [known[at] for at in range(max(0, index - 6), index) if turns[at].speaker == turn.speaker]
        values: dict[str, float] = {
            "words": len(item.words),
            "sentences": len(item.starts),
            "questions": len(asked[index]),
            "turn": turn.number,
            "turns-left": count - 1 - index,
            "position": round(100 * index / max(1, count - 1)),
            "said-before": recited[index],
            "restates": round(100 * share(contents[index], known[index].again(*earlier))) if earlier else 0,
            "broken": int(item.broken),
            "overlap": turn.overlap,
            "cut-off": _cut_off(turns, words, index),
            "superlatives": superlatives[index],
            "terms": 0,
            "prices": priced[index],
            "asked-again": again[index],
            "asked-so-far": asked_by.get(role, 0),
            "before-words": 0,
            "uptake": 0,
            "taken-up": 0,
        }
        if before is not None:
            values["before-words"] = len(words[before].words)
            values["uptake"] = uptake_of(known[before], known[index], contents[index], item.words, language)
            values["taken-up"] = weight_of(said[before], said[index], language)
        latency = _latency(turns, index)
        if latency is not None:
            values["latency"] = latency
        asked_by[role] = asked_by.get(role, 0) + len(asked[index])
        signals.append(values)
    _stretches(turns, roles, words, asked, signals, language)
    return signals


def _recited(turns: Sequence[Turn], words: Sequence[Words], counted: Counted) -> list[int]:
    """Per turn the percentage of its runs of words that its speaker said before."""
    said: dict[str, set[tuple[str, ...]]] = {turn.speaker: set() for turn in turns}
    repeated = counted.repeated(RUN)
    found = [0] * len(turns)
    for index, begins in sorted(repeated.items()):
        spoken, own = words[index].words, said[turns[index].speaker]
        here = {spoken[at : at + RUN] for at in begins}
        others = len(spoken) - RUN + 1 - len(begins)
        found[index] = round(100 * len(here & own) / (len(here) + others))
        own |= here
    return found


def _before(roles: Sequence[Role], index: int) -> int | None:
    """The other side's turn before, at most two turns back."""
    for earlier in range(index - 1, max(-1, index - 3), -1):
        if roles[earlier] != roles[index]:
            return earlier
    return None


def _cut_off(turns: Sequence[Turn], words: Sequence[Words], index: int) -> float:
    """Seconds of overlap that take the floor: recognisers let turns overlap for a moment where nobody cuts in.

    The turn before has no end to its sentence, or the overlap lasts; and both say more than `mhm` or `ja, genau`.
    """
    over = turns[index].overlap
    if over <= 0 or len(words[index].words) < _TAKES or len(words[index - 1].words) < _HOLDS:
        return 0.0
    finished = turns[index - 1].text.rstrip(" \"'“”„«»)").endswith((".", "!", "?")) and not words[index - 1].broken
    return 0.0 if finished and over < _LASTS else over


def _latency(turns: Sequence[Turn], index: int) -> float | None:
    start = turns[index].start
    end = turns[index - 1].end if index else None
    return None if start is None or end is None else round(max(0.0, start - end), 2)


@lru_cache(maxsize=20_000)
def _is_superlative(word: str, language: Language) -> bool:
    return word.startswith(_SUPERLATIVES[language]) and word not in _NOT_SUPERLATIVE


def _stretches(
    turns: Sequence[Turn],
    roles: Sequence[Role],
    words: Sequence[Words],
    asked: Sequence[Sequence[Question]],
    signals: list[dict[str, float]],
    language: Language,
) -> None:
    """Adds to the first turn of each stretch its words, seconds and questions; back-channels of others do not end it."""
    index = 0
    while index < len(turns):
        role, end = roles[index], index
        while (
            end + 2 < len(turns)
            and roles[end + 2] == role
            and backchannel(words[end + 1], language)
            and not any(item.marked for item in asked[end])
        ):
            end += 2
        own = [at for at in range(index, end + 1) if roles[at] == role]
        signals[index]["stretch-words"] = sum(len(words[at].words) for at in own)
        signals[index]["stretch-questions"] = sum(int(signals[at]["questions"]) for at in own)
        seconds = _seconds(turns, index, end)
        if seconds is not None:
            signals[index]["stretch-seconds"] = seconds
        for at in range(index + 1, end + 1):
            signals[at].update({"stretch-words": 0, "stretch-questions": 0})
        index = end + 1


def _seconds(turns: Sequence[Turn], first: int, last: int) -> float | None:
    start = turns[first].start
    end = turns[last].end
    if end is None and last + 1 < len(turns):
        end = turns[last + 1].start
        spoken = sum(len(turn.text.split()) for turn in turns[first : last + 1])
        if start is not None and end is not None and end - start > _PAUSE + _SLOWEST * spoken:
            return None  # the lines of a chat, between which somebody waits
    return None if start is None or end is None or end < start else round(end - start, 2)
