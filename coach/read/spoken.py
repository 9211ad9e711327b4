"""Words with times and speakers become segments, the same way for every recogniser."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from coach.model import Language, Metadata, Role, Speaker
from coach.read.segment import Segment

DOUBT = 0.5
"""Confidence below which a word is doubtful."""
PAUSE = 1.0
"""Seconds of silence that end a segment, so that silence inside a turn can be counted."""
_LANGUAGES: Mapping[str, str] = {
    "german": "de",
    "deutsch": "de",
    "english": "en",
    "deu": "de",
    "ger": "de",
    "eng": "en",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What a file of a recogniser holds."""

    segments: Sequence[Segment]
    meta: Metadata = field(default_factory=Metadata)
    speakers: tuple[Speaker, ...] = ()
    """Roles that the format states."""
    notes: tuple[str, ...] = ()

    @property
    def language(self) -> Language | None:
        """The language that the file states, if the coach knows it."""
        stated = self.meta.language
        return "de" if stated == "de" else "en" if stated == "en" else None


@dataclass(frozen=True, slots=True)
class Word:
    """A word, or a mark that belongs to the word before it."""

    text: str
    start: float | None = None
    end: float | None = None
    speaker: str | None = None
    confidence: float | None = None
    glued: bool = False
    """No space before it."""


def segments_of(words: Iterable[Word], *, doubt: float = DOUBT) -> list[Segment]:
    """The segments: neighbouring words of one speaker without a pause between them."""
    segments: list[Segment] = []
    run: list[Word] = []
    until: float | None = None
    for word in words:
        if run and not word.glued:
            pause = word.start is not None and until is not None and word.start - until >= PAUSE
            if word.speaker != run[0].speaker or pause:
                segments.append(_segment(run, doubt))
                run, until = [], None
        run.append(word)
        until = word.end if word.end is not None else until
    if run:
        segments.append(_segment(run, doubt))
    return [segment for segment in segments if segment.text]


def _segment(run: Sequence[Word], doubt: float) -> Segment:
    parts: list[str] = []
    for word in run:
        if not parts and word.glued and not any(character.isalnum() for character in word.text):
            continue  # a mark that ends what is not there
        if parts and not word.glued and word.text:
            parts.append(" ")
        parts.append(word.text)
    return Segment(
        speaker=run[0].speaker,
        text=" ".join("".join(parts).split()),
        start=next((word.start for word in run if word.start is not None), None),
        end=next((word.end for word in reversed(run) if word.end is not None), None),
        doubtful=doubtful(((word.text, word.confidence) for word in run), doubt=doubt),
    )


def doubtful(words: Iterable[tuple[str, float | None]], *, doubt: float = DOUBT) -> tuple[str, ...]:
    """The words whose confidence is below the bound, without marks around them."""
    found = (text.strip(' .,;:!?…"“”„') for text, sure in words if sure is not None and sure < doubt)
    return tuple(text for text in found if text)


def in_order(segments: Iterable[Segment]) -> list[Segment]:
    """Segments of several channels by their beginning; one without a time stays behind the one before it."""
    latest = 0.0
    keyed = []
    for segment in segments:
        latest = segment.start if segment.start is not None else latest
        keyed.append((latest, segment))
    return [segment for _, segment in sorted(keyed, key=lambda item: item[0])]


def by_interval(words: Iterable[Word], intervals: Iterable[tuple[float, float, str | None]]) -> list[Word]:
    """The words, each with the speaker in whose interval (start, end, label) its middle lies, or the nearest before."""
    spans = sorted((start, end, name or "") for start, end, name in intervals)
    found: list[Word] = []
    at = 0
    for word in words:
        if word.start is None or not spans:
            found.append(_spoken_by(word, found[-1].speaker if found else None))
            continue
        middle = (word.start + (word.start if word.end is None else word.end)) / 2
        while at + 1 < len(spans) and spans[at + 1][0] <= middle:
            at += 1
        found.append(_spoken_by(word, spans[at][2] or None))
    return found


def _spoken_by(word: Word, speaker: str | None) -> Word:
    return Word(word.text, word.start, word.end, speaker, word.confidence, word.glued)


def language_code(value: object) -> str | None:
    """The first part of a language tag such as `en-US`, in lower case; names of German and English are understood."""
    if not isinstance(value, str):
        return None
    name = value.strip().replace("_", "-").split("-")[0].casefold()
    name = _LANGUAGES.get(name, name)
    return name if 2 <= len(name) <= 3 and name.isalpha() and name.isascii() and name not in ("auto", "und") else None


def role_of(stated: object) -> Role | None:
    """The role that a format states; None where it states none."""
    name = stated.strip().casefold() if isinstance(stated, str) else ""
    if name in _AGENT:
        return "agent"
    if name in _CUSTOMER:
        return "customer"
    return "other" if name in _BESIDE else None


_AGENT = frozenset(
    "agent agentin berater beraterin assistant internal supervisor advisor representative rep employee".split()
)
_CUSTOMER = frozenset("customer kunde kundin user external caller client end_user enduser end-user".split())
_BESIDE = frozenset(("system", "bot", "custom_bot", "ivr"))


def speaker(name: str, stated: object, *, where: str) -> Speaker | None:
    """The speaker with the role that the format states in the field `where`; None where it states none."""
    role = role_of(stated)
    if role is None:
        return None
    return Speaker(label=name, role=role, confidence=1.0, evidence=(f"{where} {str(stated).strip()}",))
