"""Addresses, written or spoken."""

import re
from collections.abc import Iterable, Iterator, Mapping

from coach.model import Language
from coach.redact.numbers import plain
from coach.redact.spans import Span
from coach.redact.vocabulary import key, ordinary

_FIGURE_DE = r"[0-9]{1,4}(?:\s?[a-hA-H]\b)?(?:\s?[-/]\s?[0-9]{1,4})?"
_SPOKEN_DE = (
    r"(?!und)(?:ein|zwei|zwo|drei|vier|fünf|sechs|sieben|acht|neun|hundert|zwanzig|dreißig|vierzig|fünfzig|sechzig|siebzig|achtzig"
    r"|neunzig|und|zehn|elf|zwölf|sech|sieb|eins){1,8}(?:\s[a-h])?"
)
_HOUSE = r"(?:,?\s(?:hausnummer|nummer|nr\.))?,?\s"
_WAYS_DE = (
    r"(?:straße|strasse|str\.?|weg|platz|allee|gasse|ring|damm|ufer|steig|chaussee|markt|graben|reihe|twiete|kamp|wall)"
)
_STREET_DE = re.compile(
    rf"\b(?:[a-zäöüß][\w-]{{1,30}}(?:straße|strasse|str\.?|weg|allee|gasse|gässchen|chaussee|twiete){_HOUSE}(?:{_FIGURE_DE}|{_SPOKEN_DE})"
    rf"|[a-zäöüß][\w-]{{1,30}}(?:platz|damm|ufer|steig|pfad|stieg|zeile|ring|markt|graben|kamp|wall|winkel|hof|berg|brink){_HOUSE}{_FIGURE_DE}"
    rf"|(?!(?:der|die|das|den|dem|auf|am|im|an|in|eine?r?|unsere?r?|ihre?r?|meine?r?|diese?r?|jede?r?)\s)[a-zäöüß][\w-]{{2,20}}\s{_WAYS_DE}"
    rf"{_HOUSE}{_FIGURE_DE})(?!\w|[.,:][0-9])",
    re.IGNORECASE,
)
_WAY_DE = re.compile(
    r"(?:straße|strasse|str\.?|weg|platz|allee|gasse|gässchen|chaussee|twiete|damm|ufer|steig|pfad|stieg|zeile|ring|markt|graben|kamp"
    rf"|wall|winkel|hof|berg|brink|reihe){_HOUSE}(?:[0-9]|{_SPOKEN_DE})",
    re.IGNORECASE,
)
"""How every street with a number ends; what has none is passed over sooner."""
_WAYS_SAID = (
    "str weg platz allee gasse gässchen chaussee twiete damm ufer steig pfad stieg zeile ring markt graben kamp wall winkel hof berg brink reihe"
).split()
_AT_DE = re.compile(
    rf"\b(?:Am|An der|Auf der|Auf dem|Im|In der|In den|Zum|Zur|Unter den|Hinter der)\s(?:[A-ZÄÖÜ][\w-]{{2,30}}\s?){{1,2}}{_HOUSE[:-2]}\s?{_FIGURE_DE}"
    r"(?!\w|[.,:][0-9])"
)
_HOME = re.compile(
    r"wohn|adresse|anschrift|hier spricht|\b(?:stock|etage|erdgeschoss)\b|straße|strasse|liefer|hausnummer|\bzu hause|verbrauchsstelle|objekt",
    re.IGNORECASE,
)
_MEASURE = re.compile(
    r"\s?(?:uhr|euro|€|prozent|%|tage?n?\b|wochen?|monate?n?\b|jahre?n?\b|minuten?|stunden?|sekunden?|leute|personen|mal\b|km|kilometer|meter|m\b|stück)",
    re.IGNORECASE,
)
_TOWN_DE = re.compile(
    r"\b(?:[AD]-)?(?P<code>[0-9]{5}|[1-9][0-9]{3})\s(?P<town>[A-ZÄÖÜ][\w-]{2,30})(?:\s(?:am|an der|im|in der|bei)\s[A-ZÄÖÜ]\w+)?"
)
_BEHIND_STREET = re.compile(r"[0-9][a-h]?(?:,| in|, in)\s\Z")
_NOT_TOWNS = frozenset(
    key(word)
    for word in "euro cent kilometer meter liter stück kunden menschen leute mitarbeiter quadratmeter kilowattstunden kwh watt uhr mal kilo tonnen".split()
)
_NUMBER_EN = (
    r"(?:[0-9]{1,5}[a-zA-Z]?|(?:(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|oh)[\s-]){0,4}(?:one|two|three|four|five|six|seven"
    r"|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy"
    r"|eighty|ninety|hundred))"
)
_WAYS = (
    r"(?:street|road|avenue|lane|drive|court|close|crescent|terrace|boulevard|gardens|grove|mews|parkway|highway|way|place|square|rise|walk"
    r"|(?:st|rd|ave|ln|blvd)\b\.?)"
)
_STREET_EN = re.compile(
    rf"\b{_NUMBER_EN},?\s(?!(?:o'clock|percent)\b)(?:(?:north|south|east|west|n|s|e|w)\.?\s)?"
    rf"(?:[A-Z][\w'’-]{{1,20}}\s){{1,3}}(?i:{_WAYS})(?!\w)",
)
_STREET_EN_TURNED = re.compile(
    rf"\b(?:[A-Z][\w'’-]{{1,20}}\s){{1,2}}(?i:{_WAYS}),?\s(?:number|no\.?|unit|flat)\s[0-9]{{1,5}}[a-zA-Z]?\b"
)
_STREET_EN_SPOKEN = re.compile(
    rf"\b{_NUMBER_EN}\s[a-z][a-z'-]{{2,20}}\s(?:street|road|avenue|lane|crescent|terrace|boulevard|gardens|grove|mews)\b"
)
_WAY_EN = re.compile(rf"\s(?i:{_WAYS})\b")
_NUMBERED = re.compile(rf"\b{_NUMBER_EN},?\s")
"""Every street has both."""
_UK_CODE = re.compile(r"\b(?:GIR 0AA|[A-PR-UWYZ][A-HK-Y]?[0-9][0-9A-Z]?\s?[0-9][ABD-HJLNP-UW-Z]{2})\b")
_US_CODE = re.compile(r"(?:\b[A-Z][\w.]{2,20},?\s)?\b(?P<state>[A-Z]{2})\s[0-9]{5}(?:-[0-9]{4})?\b")
_STATES = frozenset(
    "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT"
    " VA WA WV WI WY DC".split()
)

_STREET = re.compile(
    rf"(?:[A-Z][\w'’-]{{1,20}}\s){{1,3}}(?i:{_WAYS})(?!\w)"
    r"|[^\W\d][\w-]{1,30}(?:straße|strasse|weg|allee|gasse|gässchen|chaussee|twiete|platz|damm|ufer|steig|pfad|stieg|zeile|ring)\b"
)
"""The street in an address."""
_LEAST_STREET = 7
"""Letters of a street that is known again without its number."""
_DIGIT = re.compile("[0-9]")


def place_spans(text: str, before: str, language: Language) -> Iterator[Span]:
    """Streets with number, postcodes with town; `Am Markt 3` where the talk is about where somebody lives."""
    digits = _DIGIT.search(text) is not None
    if language == "en":
        for pattern in _addresses_en(text, digits=digits):
            for match in pattern.finditer(text):
                if pattern is _US_CODE and match["state"] not in _STATES:  # `NG 40718` of an order
                    code = text[match.start("state") : match.end()]
                    yield Span(start=match.start("state"), end=match.end(), kind="number", value=plain(code))
                else:
                    yield Span(start=match.start(), end=match.end(), kind="address", value=plain(match[0]))
        return
    at_home = digits and (_HOME.search(text) or _HOME.search(before[-120:]))
    for pattern in (*_streets_de(text), *((_AT_DE,) if at_home else ())):
        for match in pattern.finditer(text):
            street = key(re.split(r"[,\s]", match[0])[0])
            usual = street in ordinary("de") and not match[0][0].isupper()
            if not usual and not _MEASURE.match(text, match.end()):
                yield Span(start=match.start(), end=match.end(), kind="address", value=plain(match[0]))
    if digits:
        yield from _towns(text)


def streets(addresses: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Of addresses as written and as compared: the street of each without its number, in small letters."""
    found = {}
    for text, value in addresses:
        street = _STREET.search(text)
        if street and len(street[0]) >= _LEAST_STREET and key(street[0]) not in ordinary("de"):
            found[street[0].lower()] = value
    return found


def street_spans(text: str, known: Mapping[str, str]) -> Iterator[Span]:
    """Streets that another turn names with a number, as in `Ja, in der Lindenstraße`."""
    folded = text.lower()
    if len(folded) != len(text):  # of letters such as İ
        return
    for street, value in known.items():
        for match in re.finditer(rf"(?<!\w){re.escape(street)}(?!\w)", folded):
            yield Span(start=match.start(), end=match.end(), kind="address", value=value)


def _streets_de(text: str) -> tuple[re.Pattern[str], ...]:
    """The patterns that can be found in the text at all."""
    folded = text.casefold()
    return (_STREET_DE,) if any(way in folded for way in _WAYS_SAID) and _WAY_DE.search(text) else ()


def _addresses_en(text: str, *, digits: bool) -> list[re.Pattern[str]]:
    streets = _WAY_EN.search(text) is not None and _NUMBERED.search(text) is not None
    possible = (
        (_STREET_EN, streets),
        (_STREET_EN_TURNED, digits),
        (_STREET_EN_SPOKEN, streets),
        (_UK_CODE, digits),
        (_US_CODE, digits),
    )
    return [pattern for pattern, can_be in possible if can_be]


def _towns(text: str) -> Iterator[Span]:
    for match in _TOWN_DE.finditer(text):
        town = key(match["town"])
        year = len(match["code"]) == 4 and match["code"][:2] in ("19", "20")
        behind_street = _BEHIND_STREET.search(text, 0, match.start())
        if (behind_street or town not in ordinary("de")) and town not in _NOT_TOWNS and not year:
            yield Span(start=match.start(), end=match.end(), kind="address", value=plain(match[0]))
