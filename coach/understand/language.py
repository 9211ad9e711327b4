"""Whether a call is German or English, from the small words that every sentence has."""

from collections.abc import Iterable

from coach.errors import UnreadableTranscriptError
from coach.model import Language

_MARKS = {
    "de": frozenset(
        "der die das und ich nicht ist sie wir es ein eine zu den mit auf dem von für auch aber ja nein mir mich haben hab "
        "hat war wie was noch schon dann wenn uns ihnen ihr bei oder kann doch mal nur sich aus dass nee net des i a san "
        "bitte danke guten tag gut du dir dich hallo grüß sehr".split()
    ),
    "en": frozenset(
        "the and i you to is it that of in we for not on have be with this but so what your are do my they can will was "
        "me at if no yes it's i'm don't that's would there from about just hello thanks please our us an been".split()
    ),
    "other": frozenset(
        "le la les et je vous nous est une des que pas pour el los las y que por con una es no lo il di che non per "
        "sono een het van niet ik dat op zijn voor jest nie się na że to w z que não uma com".split()
    ),
}
"""Third: French, Spanish, Italian, Dutch, Polish, Portuguese – enough to say that a call is neither."""
_AMBIGUOUS = frozenset(
    {"was", "will", "no", "es", "to", "in", "an", "a", "i", "so", "me", "die", "des", "war", "on", "la", "hat"}
)


_NAMES = {
    "ar": "Arabic", "bg": "Bulgarian", "ca": "Catalan", "cs": "Czech", "da": "Danish", "el": "Greek", "es": "Spanish",
    "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "it": "Italian",
    "ja": "Japanese", "ko": "Korean", "nl": "Dutch", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese",
    "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovenian", "sv": "Swedish", "tr": "Turkish",
    "uk": "Ukrainian", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


def refuse_stated(code: str | None, *, path: str) -> None:
    """Raises UnreadableTranscriptError, with the language's name, where the file itself states another language."""
    if code is None or code in _MARKS:
        return
    raise UnreadableTranscriptError(
        f"The call is in {_NAMES.get(code, f'another language, “{code}”')}, as the file says itself.",
        place=path,
        hint="The coach knows German and English. If it is one of them after all, say --lang de or --lang en.",
    )


def language_of(texts: Iterable[str], *, path: str) -> Language:
    """German or English; raises UnreadableTranscriptError where it is clearly neither."""
    counts = {"de": 0, "en": 0, "other": 0}
    total = 0
    for text in texts:
        for raw in text.lower().split():
            word = raw.strip(".,!?…:;\"'“”„()–-").replace("’", "'")
            total += 1
            if word in _AMBIGUOUS:
                continue
            for name, marks in _MARKS.items():
                counts[name] += word in marks
        if total > 4000:
            break
    best: Language = "de" if counts["de"] >= counts["en"] else "en"
    if counts["other"] > counts[best] + 2 or (total >= 40 and counts[best] * 25 < total):
        raise UnreadableTranscriptError(
            "The call is in neither German nor English, as far as its small words tell.",
            place=path,
            hint="The coach knows German and English. If it is one of them after all, say --lang de or --lang en.",
        )
    return best
