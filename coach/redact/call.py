"""One call's personal data: where it stands in each turn, and what is written in its place."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from coach.model import Language, Transcript
from coach.redact.birthdays import birthday_spans, birthdays
from coach.redact.dictated import dictated_spans
from coach.redact.labels import label_words, shown_labels
from coach.redact.names import Names, name_spans, names_of
from coach.redact.numbers import number_spans
from coach.redact.places import place_spans, street_spans, streets
from coach.redact.signs import Call, call_of
from coach.redact.spans import PLACEHOLDERS, Kind, Span, apart
from coach.redact.spoken import repeated_spans, spelled_spans, spoken_spans
from coach.redact.vocabulary import key

_WRITTEN = re.compile(r"\[([A-ZÄÖÜ-]{2,20})-([0-9]{1,4})\]")
_TOKEN = re.compile(r"\w+")
_LEAST_LITERAL = 4
"""Characters that a value must have to be looked for in texts that belong to no turn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Redaction:
    """What is replaced in one call, and by what."""

    language: Language
    labels: Mapping[str, str]
    """Label of a speaker → label to show."""
    names: Names
    call: Call
    turns: Mapping[int, str]
    """Turn number → its words as they are."""
    spans: Mapping[int, tuple[Span, ...]]
    placeholders: Mapping[tuple[Kind, str], str]
    """Kind and value → placeholder."""
    literals: Mapping[str, str]
    """What was replaced in the turns, as written, the longest first."""
    seen: dict[tuple[str, int], str] = field(default_factory=dict, compare=False)
    """Texts that belong to no turn, and how many names were known: as they are shown."""

    def turn(self, number: int) -> str:
        """The turn's words with placeholders."""
        return self._written(self.turns[number], self.spans[number], 0)

    def quote(self, text: str, number: int) -> str:
        """A part of a turn with the placeholders of that turn; what stands nowhere in it is looked at by itself."""
        body = text.removesuffix(" …")
        if not body or number not in self.turns:
            return self.anywhere(text)
        whole = self.turns[number]
        start = whole.find(body)
        if start < 0 and len(whole.casefold()) == len(whole):
            start = whole.casefold().find(body.casefold())
        if start < 0:
            return self._normalised(text, number)
        end = start + len(body)
        inside = [span for span in self.spans[number] if span.start < end and span.end > start]
        return self._written(whole[start:end], inside, start) + text[len(body) :]

    def _normalised(self, text: str, number: int) -> str:
        """Words of a turn in lower case and without marks, as acts hold them."""
        whole = [(key(match[0]), match.span()) for match in _TOKEN.finditer(self.turns[number])]
        wanted = [key(word) for word in _TOKEN.findall(text)]
        said = [word for word, _ in whole]
        for at in range(len(said) - len(wanted) + 1) if wanted else ():
            if said[at : at + len(wanted)] == wanted:
                start, end = whole[at][1][0], whole[at + len(wanted) - 1][1][1]
                inside = [span for span in self.spans[number] if span.start < end and span.end > start]
                return self._written(self.turns[number][start:end], inside, start) if inside else text
        return self.anywhere(text)

    def anywhere(self, text: str) -> str:
        """A text that is no part of a turn: known values and names are replaced, and what is personal by itself."""
        state = (text, len(self.names.identity))  # names may become known while texts are read
        if state not in self.seen:
            self.seen[state] = self._anywhere(text) if text else text
        return self.seen[state]

    def _anywhere(self, text: str) -> str:
        for label, shown in self.labels.items():
            if label != shown and len(label) > 2:
                text = _replaced(text, label, shown)
        for literal, shown in self.literals.items():
            if literal in text:
                text = _replaced(text, literal, shown)
        spans = apart([*_impersonal(text, self.language), *name_spans(text, self.names, self.call)], text)
        return self._written(text, [span for span in spans if (span.kind, span.value) in self.placeholders], 0)

    def _written(self, text: str, spans: Sequence[Span], offset: int) -> str:
        parts: list[str] = []
        at = 0
        for span in spans:
            start, end = max(span.start - offset, at), min(span.end - offset, len(text))
            parts += (text[at:start], self.placeholders[span.kind, span.value])
            at = end
        return "".join((*parts, text[at:]))


def redaction_of(transcript: Transcript, language: Language) -> Redaction:
    """All personal data of a call."""
    turns = transcript.turns
    labels = [speaker.label for speaker in transcript.speakers]
    call = call_of((turn.text for turn in turns), language)
    names = names_of(labels, transcript.meta, turns, call)
    first: dict[int, list[Span]] = {}
    before = ""
    texts = [turn.text for turn in turns]
    born: dict[int, list[Span]] = {}
    for place, span in birthdays(texts):
        born.setdefault(place, []).append(span)
    for place, turn in enumerate(turns):
        found_here = _personal(turn.text, before, language, born.get(place, ()))
        first[turn.number] = [*found_here, *name_spans(turn.text, names, call)]
        before = turn.text
    for place, span in dictated_spans(texts):
        first[turns[place].number].append(span)
    known: dict[str, Kind] = {}
    for found in first.values():
        for span in found:
            # The surest comes first: what a word beside it calls a number of a contract is no telephone.
            if span.kind in ("phone", "number", "card", "iban") and span.value.isdigit():
                known.setdefault(span.value, span.kind)
    ways = streets(
        (turn.text[span.start : span.end], span.value)
        for turn in turns
        for span in first[turn.number]
        if span.kind == "address"
    )
    spans = {
        turn.number: tuple(
            _renamed(span, names, known)
            for span in apart(
                [
                    *first[turn.number],
                    *(repeated_spans(turn.text, known) if known else ()),
                    *street_spans(turn.text, ways),
                ],
                turn.text,
            )
        )
        for turn in turns
    }
    taken = {match.groups() for turn in turns for match in _WRITTEN.finditer(turn.text)}
    placeholders = _placeholders([label_words(label, call) for label in labels], names, spans, language, taken)
    words = {turn.number: turn.text for turn in turns}
    return Redaction(
        language=language,
        labels=shown_labels(
            labels,
            names.identity,
            call,
            {value: shown for (kind, value), shown in placeholders.items() if kind == "name"},
        ),
        names=names,
        call=call,
        turns=words,
        spans=spans,
        placeholders=placeholders,
        literals=_literals(words, spans, placeholders),
    )


def _replaced(text: str, literal: str, shown: str) -> str:
    """The text with `shown` where `literal` stands as whole words."""
    return shown.join(re.split(rf"(?<!\w){re.escape(literal)}(?!\w)", text))


def _personal(text: str, before: str, language: Language, born: Sequence[Span]) -> list[Span]:
    """Everything but names, the surest first; dates of birth are known already."""
    spans = [*born, *number_spans(text, language)]
    spans += place_spans(text, before, language)
    spans += spoken_spans(text, before)
    spans += [Span(start=start, end=end, kind="name", value=f"*{value}") for start, end, value in spelled_spans(text)]
    return spans


@lru_cache(maxsize=4_000)
def _impersonal(text: str, language: Language) -> tuple[Span, ...]:
    """The same of a text that stands in many reports, such as what a rule says."""
    return tuple(_personal(text, "", language, birthday_spans(text)))


def _renamed(span: Span, names: Names, known: Mapping[str, Kind]) -> Span:
    """A name spelled letter by letter is the person of that name; a part of a number is that number."""
    if span.value.startswith("*"):
        return replace(span, value=names.identity.get(span.value[1:], span.value[1:]))
    if span.value in known:
        whole = next((value for value in known if span.value in value and len(value) > len(span.value)), span.value)
        return replace(span, value=whole, kind=known[whole])
    return span


def _placeholders(
    labels: Sequence[Sequence[str]],
    names: Names,
    spans: Mapping[int, Sequence[Span]],
    language: Language,
    taken: set[tuple[str, ...]],
) -> dict[tuple[Kind, str], str]:
    """Numbered by kind in the order of labels, then of the call; numbers that the file itself uses are passed over."""
    wanted: list[tuple[Kind, str]] = [("name", names.identity[words[0]]) for words in labels if words]
    wanted += [(span.kind, span.value) for number in sorted(spans) for span in spans[number]]
    wanted += [("name", person) for person in names.identity.values()]
    found: dict[tuple[Kind, str], str] = {}
    counts: dict[Kind, int] = {}
    for kind, value in wanted:
        if (kind, value) in found:
            continue
        word = PLACEHOLDERS[language][kind]
        counts[kind] = counts.get(kind, 0) + 1
        while (word, str(counts[kind])) in taken:
            counts[kind] += 1
        found[kind, value] = f"[{word}-{counts[kind]}]"
    return found


def _literals(
    turns: Mapping[int, str], spans: Mapping[int, Sequence[Span]], placeholders: Mapping[tuple[Kind, str], str]
) -> dict[str, str]:
    """What was replaced, as written, for texts that belong to no turn; names are found word by word."""
    found: dict[str, str] = {}
    for number, inside in spans.items():
        for span in inside:
            literal = turns[number][span.start : span.end]
            if len(literal) >= _LEAST_LITERAL and span.kind != "name":
                found[literal] = placeholders[span.kind, span.value]
    return dict(sorted(found.items(), key=lambda item: (-len(item[0]), item[0])))
