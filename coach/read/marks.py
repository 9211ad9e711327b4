"""What researchers write into words: pauses, breath, overlap, stress, repairs. Taken out, plain words are left.

Conventions: GAT 2 and cGAT (FOLKER), HIAT (EXMARaLDA), what ELAN and Praat users take over from them; CHAT has marks
of its own and a module of its own.
"""

import re
from collections.abc import Mapping

from coach.model import Role, Speaker

UNINTELLIGIBLE = "unintelligible"
_PAUSE = re.compile(r"\((?:\.{1,3}|-{1,3}|[0-9]{1,4}(?:[.,][0-9]{1,3})?\s?s?)\)")
_BREATH = re.compile(r"(?<!\w)(?:°[hH]{1,6}|[hH]{1,6}°|\.[hH]{1,6})(?!\w)")
_EVENT = re.compile(r"\(\(([^()]{0,200})\)\)")
_MANNER = re.compile(r"<{1,2}([^<>]{1,60})>")
_LOST = re.compile(
    r"\((?:\s*(?:x{1,3}|X{1,3}|\+{1,3}|\?{1,3}|unverst\w{0,20}|unintelligible|inaudible)[\s,.]*){1,10}\)|(?<!\w)(?:x{3}|y{3})(?!\w)"
)
_GUESS = re.compile(r"\(([^()]{1,80})\)")
_DRAWN = re.compile(r"(?<=\w):+(?=\w|\s|$|[.,;?!])")
_SIGNS = str.maketrans(dict.fromkeys("↑↓→•˙°‿|¯´`∙=", " ") | dict.fromkeys("[]{}⌈⌉⌊⌋ˈˌʔˀ", ""))
_BEFORE_POINT = re.compile(r"\s+([.,;:!?…])")
_SILENT = frozenset("sil sp spn <p:> <p> <sil> # _ - -- ... … <nib> <usb> {sl} [noise] <noise>".split())
_SIDES: Mapping[str, Role] = {
    **dict.fromkeys("agent advisor adviser operator clerk salesperson seller berater beraterin verkäufer verkäuferin".split(), "agent"),
    **dict.fromkeys("customer client caller buyer kunde kundin anrufer anruferin käufer käuferin".split(), "customer"),
}  # fmt: skip
_LANGUAGES: Mapping[str, str] = {
    three: two
    for two, threes in {
        "de": "deu ger gsw bar nds", "en": "eng", "fr": "fra fre", "es": "spa", "it": "ita", "nl": "nld dut", "pl": "pol", "pt": "por",
        "tr": "tur", "ca": "cat", "da": "dan", "sv": "swe", "no": "nor", "fi": "fin", "cs": "ces cze", "sk": "slk slo", "hu": "hun",
        "ro": "ron rum", "ru": "rus", "uk": "ukr", "el": "ell gre", "ar": "ara", "he": "heb", "ja": "jpn", "ko": "kor", "zh": "zho chi yue cmn",
    }.items()
    for three in (*threes.split(), two)
}  # fmt: skip


def plain(text: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The words, the remarks, and the words of which the transcriber was not sure."""
    if not text or text.strip().casefold() in _SILENT:
        return "", (), ()
    remarks: list[str] = []
    doubtful: list[str] = []

    def event(match: re.Match[str]) -> str:
        inside = " ".join(match[1].split())
        if inside and not re.fullmatch(r"[0-9.,\s]{1,9}s?", inside):
            remarks.append(inside)
        return " "

    def lost(_: re.Match[str]) -> str:
        remarks.append(UNINTELLIGIBLE)
        return " "

    def guess(match: re.Match[str]) -> str:
        doubtful.extend(word.strip(".,;?!") for word in match[1].split())
        return match[1]

    def manner(match: re.Match[str]) -> str:
        remarks.append(" ".join(match[1].split()))
        return " "

    text = _EVENT.sub(event, text)
    text = _LOST.sub(lost, _PAUSE.sub(" ", text))
    text = _MANNER.sub(manner, _BREATH.sub(" ", text)).replace("<", " ").replace(">", " ")
    text = _DRAWN.sub("", _GUESS.sub(guess, text)).translate(_SIGNS)
    words = _BEFORE_POINT.sub(r"\1", " ".join(text.split()))
    return (words if any(map(str.isalnum, words)) else ""), tuple(remarks), tuple(doubtful)


def language(code: str | None) -> str | None:
    """ISO 639-1 of a code of two or three letters, with or without a region."""
    head = (code or "").strip().casefold().replace("_", "-").split("-")[0]
    return _LANGUAGES.get(head)


def stated(label: str, role: str, *, source: str) -> Speaker | None:
    """The speaker with the role that the format states in a word; None where the word is none of the two sides."""
    side = _SIDES.get(role.strip().casefold())
    return Speaker(label=label, role=side, confidence=1.0, evidence=(f"{source} {role.strip()}",)) if side else None


def lost_note(remarks: int) -> tuple[str, ...]:
    """How much could not be understood."""
    return (f"Stretches that the transcriber could not understand: {remarks}.",) if remarks else ()
