"""Whether a call is German or English, from the small words that every sentence has; and which one else it is."""

import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from coach.errors import UnreadableTranscriptError
from coach.model import Language

_MARKS: Mapping[str, frozenset[str]] = {
    name: frozenset(words.split())
    for name, words in {
        "de": (
            "der die das und ich nicht ist sie wir es ein eine zu den mit auf dem von für auch aber ja nein mir mich haben hab "
            "hat war wie was noch schon dann wenn uns ihnen ihr bei oder kann doch mal nur sich aus dass nee net des i a san "
            "bitte danke guten tag gut du dir dich hallo grüß sehr"
        ),
        "en": (
            "the and i you to is it that of in we for not on have be with this but so what your are do my they can will was "
            "me at if no yes it's i'm don't that's would there from about just hello thanks please our us an been"
        ),
        "fr": "le les et je vous nous est une que pas pour c'est qui dans ce avec sur mais oui non bonjour merci du ça bien être avez j'ai votre d'un",
        "es": "el los las y que por con una no lo es está pero para muy gracias buenos días sí señor usted cómo como hay tengo del se su le",
        "it": "il di che non per una sono è lo gli mi ma anche questo buongiorno grazie perché della con si sì ho hanno signora molto come del",
        "nl": "het een van niet ik dat op zijn voor met maar ook naar wij jij je u deze goed bent heeft mevrouw meneer graag bedankt geen wat en de",
        "pl": "jest nie się na że to w z tak ale jak czy dzień dobry dziękuję pan pani proszę mam jestem będzie już tylko do po dla o",
        "pt": "que não uma com para por mais você obrigado obrigada bom dia está mas isso senhor senhora muito são tem os dos ao eu ele é da",
        "tr": "bir bu ve için çok ben siz evet hayır değil ne var yok ama merhaba teşekkür ederim efendim nasıl olarak daha gibi kadar mi mı bey hanım",
        "ca": "el la els les i que no és per una del amb als però molt bé gràcies bon dia són aquest aquesta jo nosaltres va ser més perquè quan gos gossos",
        "da": "og det er ikke jeg du til en at vi på med som han hun for af den har kan hvad goddag tak hej fordi meget nej være også",
        "sv": "och det är inte jag du till en att vi på med som han hon för av den har kan vad hej tack mycket nej vara också men så",
        "cs": "je to ne že na se v z ano ale jak dobrý den děkuji prosím pan paní mám jsem bude už jen pro jsme není tak co",
        "ro": "și nu este în de la cu pe un o să pentru că mai da bună ziua mulțumesc domnule doamnă am sunt foarte ce dar care",
        "hu": "és nem az egy hogy van is de igen jó napot köszönöm kérem mert csak már meg lesz vagyok kell most mi ez",
    }.items()
}
KNOWN: tuple[Language, Language] = ("de", "en")
NAMES: Mapping[str, Mapping[Language, str]] = {
    "de": {"de": "Deutsch", "en": "German"},
    "en": {"de": "Englisch", "en": "English"},
    "fr": {"de": "Französisch", "en": "French"},
    "es": {"de": "Spanisch", "en": "Spanish"},
    "it": {"de": "Italienisch", "en": "Italian"},
    "nl": {"de": "Niederländisch", "en": "Dutch"},
    "pl": {"de": "Polnisch", "en": "Polish"},
    "pt": {"de": "Portugiesisch", "en": "Portuguese"},
    "tr": {"de": "Türkisch", "en": "Turkish"},
    "ca": {"de": "Katalanisch", "en": "Catalan"},
    "da": {"de": "Dänisch", "en": "Danish"},
    "sv": {"de": "Schwedisch", "en": "Swedish"},
    "cs": {"de": "Tschechisch", "en": "Czech"},
    "ro": {"de": "Rumänisch", "en": "Romanian"},
    "hu": {"de": "Ungarisch", "en": "Hungarian"},
    "ru": {"de": "Russisch", "en": "Russian"},
    "uk": {"de": "Ukrainisch", "en": "Ukrainian"},
    "el": {"de": "Griechisch", "en": "Greek"},
    "ar": {"de": "Arabisch", "en": "Arabic"},
    "he": {"de": "Hebräisch", "en": "Hebrew"},
    "ja": {"de": "Japanisch", "en": "Japanese"},
    "zh": {"de": "Chinesisch", "en": "Chinese"},
    "ko": {"de": "Koreanisch", "en": "Korean"},
    "hi": {"de": "Hindi", "en": "Hindi"},
    "bg": {"de": "Bulgarisch", "en": "Bulgarian"},
    "fi": {"de": "Finnisch", "en": "Finnish"},
    "hr": {"de": "Kroatisch", "en": "Croatian"},
    "no": {"de": "Norwegisch", "en": "Norwegian"},
    "sk": {"de": "Slowakisch", "en": "Slovak"},
    "sl": {"de": "Slowenisch", "en": "Slovenian"},
    "vi": {"de": "Vietnamesisch", "en": "Vietnamese"},
}
"""Languages by ISO 639-1, as they are called in German and English."""
_SCRIPTS = {
    "CYRILLIC": "ru",
    "GREEK": "el",
    "ARABIC": "ar",
    "HEBREW": "he",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "CJK": "zh",
    "HANGUL": "ko",
    "DEVANAGARI": "hi",
}
_AMBIGUOUS = frozenset(
    {"was", "will", "no", "es", "to", "in", "an", "a", "i", "so", "me", "die", "des", "war", "on", "la", "hat"}
)
_UKRAINIAN = frozenset("іїєґ")
_LETTERS = 2000
"""Letters in which another script is looked for."""
_WORDS = 4000
_HINT = "The coach knows German and English. If it is one of them after all, say --lang de or --lang en."


class Guess(NamedTuple):
    """The language of a call, as far as its small words tell."""

    code: str | None
    """ISO 639-1; None where it is none of those known here."""
    known: bool
    """True where the coach can review it: German or English."""


def guess(texts: Iterable[str]) -> Guess:
    """The language of what is said; a few words of another one, or English terms, do not change it."""
    said = list(texts)
    script = _script(said)
    if script:
        return Guess(script, known=False)
    counts = dict.fromkeys(_MARKS, 0)
    marked = _marked()
    total = 0
    for text in said:
        for raw in text.lower().split():
            word = raw.strip(".,!?…:;\"'“”„()–-¿¡").replace("’", "'")
            total += 1
            for name in marked.get(word, ()):
                counts[name] += 1
        if total > _WORDS:
            break
    best: Language = "de" if counts["de"] >= counts["en"] else "en"
    other = max((name for name in counts if name not in KNOWN), key=lambda name: counts[name])
    if counts[other] > counts[best] + 2:
        return Guess(other, known=False)
    if total >= 40 and counts[best] * 25 < total:
        return Guess(other if counts[other] > counts[best] else None, known=False)
    return Guess(best, known=True)


@cache
def _marked() -> Mapping[str, list[str]]:
    """For each word that marks languages, these."""
    found: dict[str, list[str]] = {}
    for name, marks in _MARKS.items():
        for word in marks - _AMBIGUOUS:
            found.setdefault(word, []).append(name)
    return found


def _script(texts: Iterable[str]) -> str | None:
    """The language of a call that is not written in Latin letters."""
    counts: dict[str, int] = {}
    letters = 0
    for character in "".join(texts)[:_LETTERS]:
        if character.isalpha():
            letters += 1
            if character > "\u02ff":
                name = unicodedata.name(character, "?").split(" ")[0].split("-")[0]
                counts[name] = counts.get(name, 0) + 1
    if not counts or sum(counts.values()) * 2 < letters:
        return None
    if "HIRAGANA" in counts or "KATAKANA" in counts:
        return "ja"
    found = _SCRIPTS.get(max(counts, key=lambda name: counts[name]))
    if found == "ru" and any(character in _UKRAINIAN for text in texts for character in text.lower()):
        return "uk"
    return found


def refuse_stated(code: str | None, *, path: str) -> None:
    """Raises UnreadableTranscriptError, with the language's name, where the file itself states another language."""
    if code is None or code in KNOWN:
        return
    name = NAMES.get(code, {}).get("en", f"another language, “{code}”")
    raise UnreadableTranscriptError(f"The call is in {name}, as the file says itself.", place=path, hint=_HINT)


def language_of(texts: Iterable[str], *, path: str, stated: str | None = None) -> Language:
    """German or English; raises UnreadableTranscriptError, naming the language, where it is neither.

    `stated` is what the file itself says; it decides what the words leave open.
    """
    found = guess(texts)
    if found.known:
        return "de" if found.code == "de" else "en"
    if found.code is None and stated in KNOWN:
        return "de" if stated == "de" else "en"
    name = NAMES.get(found.code or stated or "", {}).get("en")
    message = (
        f"The call is in {name}, as far as its small words tell."
        if name
        else "The call is in neither German nor English, as far as its small words tell."
    )
    raise UnreadableTranscriptError(message, place=path, hint=_HINT)
