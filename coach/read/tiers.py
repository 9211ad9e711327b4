"""Layers of annotation become a talk: which layer holds the words of which speaker, and in which order.

Research formats keep several layers a speaker: words, translation, gestures, parts of speech. One is read, the rest is
named in a note.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from coach.model import Metadata, Speaker, Transcript
from coach.read.marks import UNINTELLIGIBLE, lost_note, plain
from coach.read.source import Source
from coach.read.turns import Segment, build_transcript

NEAR = 0.7
"""Seconds between two single words that belong to one stretch of speech."""
_OTHER = re.compile(
    r"transl|übersetz|uebersetz|gloss|\bpos\b|lemma|morph|phon|\bphone|segment(?:s|al)?\b|\bmau\b|\bmb\b|\bge\b|\bft\b|\bpos\b|comment|kommentar"
    r"|note|gest|gaze|blick|mimik|noise|error|\bmute\b|geräusch|pros|tone|\btobi\b|pitch|intonation|syll|silbe|annotation|nonverbal|\bnv\b|\bsup\b|\bk\b"
    r"|akz|v2\b|kanon|\bkan\b|\bort\b.{0,3}norm|norm\b",
    re.IGNORECASE,
)
_SPOKEN = re.compile(
    r"utter|äußer|text|transkript|transcript|speech|spoken|\btx\b|\bv\b|words?\b|wort|ortho|\bref\b", re.IGNORECASE
)
_LEVEL = re.compile(
    r"(?:words?|phones?|phonemes?|utterances?|syllables?|sentences?|phrases?|text|transcript|transcription|ort|mau|kan|default)(?:[ _-]?[0-9]{1,2})?",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"(?:gestures?|gesten|gaze|mimik|errors?|fehler|comments?|kommentare?|notes?|notizen|noises?|geräusche?)",
    re.IGNORECASE,
)
"""Names of layers that speak about the talk, whoever else is named."""
_LETTER = re.compile(r"[^\W\d_]")
_WORDLIKE = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One annotation of a layer."""

    text: str
    start: float | None
    end: float | None
    place: int | None = None
    """Where its beginning stands on a timeline, with or without a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """A layer of one speaker."""

    name: str
    speaker: str | None
    """None where the layer is nobody's."""
    marks: tuple[Mark, ...]
    preferred: bool = False
    """The format itself says that this is the layer of words."""


def talk(
    source: Source,
    tiers: Sequence[Tier],
    *,
    name: str,
    meta: Metadata | None = None,
    speakers: Iterable[Speaker] = (),
    notes: tuple[str, ...] = (),
) -> Transcript:
    """The transcript of the layers with words, one a speaker, in the order of time; else in that of the file."""
    chosen, left = _chosen(tiers)
    segments: list[tuple[float, int, Segment]] = []
    lost = 0
    for tier in chosen:
        known = 0.0
        for place, segment in _segments(tier):
            known = segment.start if segment.start is not None else known
            lost += segment.remarks.count(UNINTELLIGIBLE)
            segments.append((known if place is None else place, len(segments), segment))
    if left:
        shown = ", ".join(f"“{one}”" for one in left[:6])
        notes = (*notes, f"Layers that hold no words of the talk, or say the same again, were left out: {shown}.")
    ordered = [segment for _, _, segment in sorted(segments, key=lambda item: item[:2])]
    return build_transcript(source, ordered, name=name, meta=meta, speakers=speakers, notes=(*notes, *lost_note(lost)))


def is_level(name: str) -> bool:
    """True for names such as `words` or `utterance`, which name a layer and nobody who talks."""
    return _LEVEL.fullmatch(name.strip()) is not None


def _chosen(tiers: Sequence[Tier]) -> tuple[list[Tier], list[str]]:
    """One layer a speaker, and the names of the others."""
    groups: dict[str | None, list[Tier]] = {}
    for tier in tiers:
        groups.setdefault(tier.speaker, []).append(tier)
    chosen = [max(group, key=_score) for group in groups.values()]
    talking = [tier for tier in chosen if any(_LETTER.search(mark.text) for mark in tier.marks)]
    named = [tier for tier in talking if tier.speaker is not None and not _OTHER.search(tier.name)]
    spoken = [tier for tier in talking if not _ABOUT.fullmatch(tier.name.strip())]
    kept = named if len(named) >= 2 else spoken or talking
    read = {id(tier) for tier in kept}
    left = [tier.name for tier in tiers if id(tier) not in read and tier.marks]
    return kept, list(dict.fromkeys(left))


def _score(tier: Tier) -> tuple[bool, bool, bool, bool, float]:
    """How likely the layer holds what is said: words, in stretches of more than one."""
    texts = [mark.text for mark in tier.marks if _LETTER.search(mark.text)]
    words = sum(len(_WORDLIKE.findall(text)) for text in texts)
    return (
        bool(texts),
        tier.preferred,
        not _OTHER.search(tier.name),
        bool(_SPOKEN.search(tier.name)),
        words / max(1, len(texts)),
    )


def _segments(tier: Tier) -> list[tuple[int | None, Segment]]:
    """The layer's stretches of speech with their places; single words that follow each other are one stretch."""
    found: list[tuple[int | None, Segment]] = []
    for mark in tier.marks:
        words, remarks, doubtful = plain(mark.text)
        if not words and not remarks:
            continue
        segment = Segment(
            speaker=tier.speaker, text=words, start=mark.start, end=mark.end, remarks=remarks, doubtful=doubtful
        )
        if found and _goes_on(found[-1][1], segment):
            place, last = found[-1]
            longer = replace(
                last,
                text=" ".join(filter(None, (last.text, words))),
                end=segment.end,
                remarks=(*last.remarks, *remarks),
                doubtful=(*last.doubtful, *doubtful),
            )
            found[-1] = (place, longer)
        else:
            found.append((mark.place, segment))
    return found


def _goes_on(last: Segment, segment: Segment) -> bool:
    if " " in segment.text or last.end is None or segment.start is None:
        return False
    return 0 <= segment.start - last.end < NEAR
