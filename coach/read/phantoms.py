"""What nobody said: sentences that recognisers make up in silence, loops, and notices that machines speak or add.

Recognisers learnt from films write the credits of films where there is only noise. Such a sentence is dropped as a
whole or not at all, and only where no caller would say it; each kind is counted in a note. A plain “thank you” stays.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from coach.read.segment import Segment

_TRIGGER = re.compile(
    r"untertitel|amara|subtitl|caption|watching|zuschau|zugeschaut|zusehen|zugesehen|subscri|abonnier|abonniert|transcri|transkri"
    r"|copyright|record|monitored|aufgezeichnet|aufgenommen|aufzeichn|mitgeschnitten|generated|generiert|erzeugte|swr|zdf",
    re.IGNORECASE,
)
"""Without one of these a text is looked at no further."""
_SENTENCE = re.compile(r"(?<=[.!?…])\s+")
_CREDITS = re.compile(
    r"(?:deutsche )?(?:untertitel|untertitelung)(?: |:)?.{0,60}\b(?:amara|zdf|ard|swr|ndr|wdr|br|mdr|orf|funk|community"
    r"|rundfunk|stephanie geiges|im auftrag|20\d\d)\b.{0,60}"
    r"|untertitel(?:ung)?\W{0,3}(?:von|by|der)\b.{1,60}"
    r"|(?:english )?(?:subtitles?|captions?|subtitled|closed captions?|captioning|transcription|transcribed)"
    r"(?: (?:is|are|were|provided|made|created|performed|and translation))* ?(?:by|from|:).{1,60}"
    r"|.{0,20}\bamara\W?org\b.{0,40}"
    r"|copyright .{0,20}(?:wdr|swr|ndr|ard|zdf|orf|australian broadcasting).{0,30}"
    r"|(?:swr|zdf|ard|wdr|ndr) (?:20\d\d|für funk.{0,20})"
)
_CLOSINGS = re.compile(
    r"(?:(?:thanks|thank you)(?: (?:so|very) much)?|(?:vielen|herzlichen|besten) dank|danke(?: schön)?)"
    r"(?: (?:again|you|all|guys|everyone|euch|ihnen|alle))* (?:for watching|für'?s? (?:das )?(?:zuschauen|zusehen))"
    r"(?: (?:this|the|my|our) (?:video|channel))?(?: (?:and|und) .{1,50})?"
    r"|(?:please )?(?:don't forget to |remember to )?(?:like(?:,)? (?:and|share,? and) )?subscribe"
    r"(?: to (?:my|our|the) channel)?(?: (?:and|for) .{1,50})?"
    r"|(?:see you|i'll see you) in the next video"
    r"|(?:bitte )?(?:abonniert|abonnieren sie) (?:doch )?(?:meinen|unseren|den) kanal.{0,40}"
    r"|bis zum nächsten video"
    r"|(?:vielen dank|danke),? dass (?:sie|ihr) (?:zugeschaut|zugesehen) (?:haben|habt)"
)
_MACHINE = re.compile(
    r"(?=.{0,200}\b(?:auto\w*|ai|ki|machine|maschinell|software|künstliche\w?|artificial)\b)"
    r".{0,60}\b(?:transcript|transcription|transkript|transkription|mitschrift|captions?|untertitel)\b.{0,40}"
    r"\b(?:generated|created|produced|erstellt|generiert|erzeugt)\b.{0,90}"
    r"|(?:ai|ki)[- ](?:generated|generierte[rs]?) (?:content|text|transcript|inhalte?|texte?|transkript)\b"
    r".{0,20}\b(?:may|can|might|kann|können)\b.{0,60}"
    r"|(?:transcribed|transcript(?:ion)?(?: was)? (?:made|provided)|transkribiert) (?:by|with|von|mit) .{1,50}"
)
_RECORDED = (
    re.compile(r"\b(?:calls?|conversations?|lines?|gespräche?|anrufe?|telefonate?|telefongespräche?)\b"),
    re.compile(r"\b(?:recorded|monitored|aufgezeichnet|aufgenommen|mitgeschnitten)\b"),
    re.compile(r"\b(?:quality|training|qualität\w{0,20}|schulung\w{0,20}|trainingszweck\w{0,5})\b"),
)
"""What is recorded, that it is, and what for, in any order."""
_OPENING = 4
"""An announcement of recording is a machine's among the first so many segments; later a person may say so."""
_NOTICE = 300
"""Characters; a sentence beyond is no notice."""
_LOOP = 4
_SHORT_LOOP = 10
"""Repeats that make a loop: of three words or more, and of fewer, since people do say “no no no”."""
_LONGEST = 12
"""Words in the longest run that is looked at inside a segment."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def without_phantoms(segments: Sequence[Segment]) -> tuple[list[Segment], tuple[str, ...]]:
    """The segments without what nobody said, and a note for each kind of it that was dropped."""
    counts = {"credits": 0, "notices": 0, "loops": 0}
    kept: list[Segment] = []
    for index, segment in enumerate(segments):
        clean = segment
        if _TRIGGER.search(segment.text):
            clean = _spoken(segment, counts, opening=index < _OPENING)
        if len(clean.text) > 3 * _LONGEST:
            clean = _unlooped(clean, counts)
        if clean.text or clean.remarks:
            kept.append(clean)
    return _without_repeats(kept, counts), _notes(counts)


def _spoken(segment: Segment, counts: dict[str, int], *, opening: bool) -> Segment:
    kept: list[str] = []
    for sentence in _SENTENCE.split(segment.text):
        bare = sentence.casefold().replace("’", "'").strip(" \t.,!?…-–—*[]()♪♫\"'")
        if len(bare) > _NOTICE or sentence.endswith("?"):
            kept.append(sentence)
        elif _CREDITS.fullmatch(bare) or _CLOSINGS.fullmatch(bare):
            counts["credits"] += 1
        elif _MACHINE.fullmatch(bare) or (opening and all(part.search(bare) for part in _RECORDED)):
            counts["notices"] += 1
        else:
            kept.append(sentence)
    return _with_text(segment, " ".join(kept))


def _with_text(segment: Segment, text: str) -> Segment:
    if text == segment.text:
        return segment
    left = set(text.split())
    return replace(segment, text=text, doubtful=tuple(word for word in segment.doubtful if word in left))


def _unlooped(segment: Segment, counts: dict[str, int]) -> Segment:
    """The segment with a run of words that comes again and again said once."""
    pieces = segment.text.split()
    words = [piece.casefold().strip(".,!?…") for piece in pieces]
    if 3 * len(set(words)) > len(words):
        return segment
    for size in range(1, _LONGEST + 1):
        at, found = 0, []
        while at < len(words):
            end = at + size
            while words[end : end + size] == words[at : at + size] and end + size <= len(words):
                end += size
            times = (end - at) // size
            if times >= (_LOOP if size >= 3 else _SHORT_LOOP):
                counts["loops"] += times - 1
                found += pieces[at : at + size]
                at = end
            else:
                found.append(pieces[at])
                at += 1
        if len(found) < len(pieces):
            pieces = found
            words = [piece.casefold().strip(".,!?…") for piece in pieces]
    return _with_text(segment, " ".join(pieces))


def _without_repeats(segments: list[Segment], counts: dict[str, int]) -> list[Segment]:
    """The segments with those that say the same again and again dropped after the first."""
    kept: list[Segment] = []
    for (_, text), group in groupby(segments, key=lambda segment: (segment.speaker, segment.text.casefold())):
        run = list(group)
        least = _LOOP if len(_WORD.findall(text)) >= 3 else _SHORT_LOOP
        if text and len(run) >= least:
            counts["loops"] += len(run) - 1
            run = run[:1]
        kept += run
    return kept


def _notes(counts: dict[str, int]) -> tuple[str, ...]:
    said = {
        "credits": "Sentences that the speech recogniser made up were left out: {}.",
        "notices": "Announcements of recording and notices of the transcribing tool were left out: {}.",
        "loops": "Repeats that the speech recogniser looped were left out: {}.",
    }
    return tuple(said[kind].format(count) for kind, count in counts.items() if count)
