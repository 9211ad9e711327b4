"""Numbers that lead to a person: telephone, e-mail, IBAN, card, contract; validators where they exist."""

import re
from collections.abc import Iterator

from coach.model import Language
from coach.redact.spans import Kind, Span

LEAST_DIGITS = 6
"""A number of so many digits or more is somebody's, unless it is money, a measure or a date."""
_TLD = r"(?:de|at|ch|com|org|net|info|biz|eu|io|co(?:\.|\s(?:dot|punkt)\s)uk|uk|us|ca|ie|fr|it|nl)"
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_SPOKEN_MAIL = re.compile(
    r"(?:[^\W\d]\w{0,40}(?:[.-]|\s(?:punkt|dot|minus|bindestrich|unterstrich|underscore|hyphen|dash|strich)\s)){0,4}\w{1,40},?\s"
    r"(?:at|ät|et|klammeraffe|at-zeichen|at zeichen),?\s"
    r"(?:\w{1,40}\s?(?:punkt|dot|minus|bindestrich|hyphen|dash|strich|[-.])\s?){0,3}?\w{1,40}\s?(?:punkt|dot|\.)\s?"
    + _TLD
    + r"\b",
    re.IGNORECASE,
)
_AT = re.compile(r"\s(?:at|ät|et|klammeraffe|at-zeichen|at zeichen),?\s", re.IGNORECASE)
_WEB = re.compile(r"\b(?:https?://|www\.)\S{1,200}")
_DOMAIN = re.compile(rf"(?:punkt|dot|\.)\s?{_TLD}\b", re.IGNORECASE)
"""Parts that a spoken e-mail must have; most texts lack one, which is seen sooner."""
_IBAN = re.compile(r"\b[A-Z]{2}[0-9]{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,4})?\b")
_LONG = re.compile(r"(?<![\w.,])[+(]{0,2}[0-9](?:[ ./()–-]{0,3}[0-9]){5,24}(?!\w|[.,][0-9])")
_PARTED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]{1,2})?|[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,2})?")
_DATE = re.compile(
    r"[0-3]?[0-9][./-][01]?[0-9][./-](?:[0-9]{4}|[0-9]{2})|(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}"
    r"|(?:19|20)[0-9]{2}\s?[–/-]\s?(?:(?:19|20)[0-9]{2}|[0-9]{2}(?![0-9]))|[0-9]{1,2}[.:][0-9]{2}\s?[–-]\s?[0-9]{1,2}[.:][0-9]{2}"
)
_UNIT = re.compile(
    r"\s?(?:€|\$|£|%|‰|euro|eur|dollar|pound|quid|cent|pence|franken|chf|usd|gbp|kilo|km|kwh|mwh|watt|kw|meter|metre|quadrat|qm|m²"
    r"|liter|litre|gramm|gram|ton|stück|menschen|leute|kunden|people|customers|mal\b|times|uhr|prozent|percent|square|miles|mark)",
    re.IGNORECASE,
)
_BEFORE_MONEY = re.compile(r"(?:€|\$|£|eur|usd)\s?$", re.IGNORECASE)
_NUMBER_CUE = re.compile(
    r"(?:(?:kunden|vertrags?|versicherten|versicherungs|policen?|rechnungs|auftrags|bestell|zähler|schaden|schadens|vorgangs|ticket"
    r"|mitglieds|konto|buchungs|akten|geräte|serien|kassen|steuer|ausweis|personal|sendungs|reservierungs|fall|antrags|beitrags)"
    r"-?(?:nummern?|nr\.?|zeichen|id)|aktenzeichen|(?:customer|client|account|contract|policy|order|reference|ref|member|membership|claim"
    r"|case|ticket|invoice|meter|booking|confirmation|tracking|serial|licence|license|passport|social security|national insurance"
    r"|sort|routing|patient|card|employee)\s(?:number|no\.?|num|id|code|reference)|reference|reference number|member id"
    r"|account ending(?: in)?)(?![a-z])",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"\b(?:auftrag|bestellung|vertrag|vorgang|rechnung|police|order|contract|customer|ticket|invoice|policy)\s(?:nr\.?\s|no\.?\s|#)?"
    r"(?P<number>[0-9]{4,12})(?!\w|[.,:/-][0-9])",
    re.IGNORECASE,
)
"""`Auftrag 20331`: right behind the word no more is needed to say that the digits are its number."""
_TOKEN = re.compile(r"\b(?=[A-Z0-9/-]*[0-9]{2})[A-Z0-9]{1,12}(?:[ /.-]?[A-Z0-9]{1,12}){0,5}\b")
_MIXED = re.compile(r"\b(?=[A-Z0-9-]{6,24}\b)(?=[A-Z-]*[0-9])(?=[0-9-]*[A-Z])(?:[A-Z]{0,5}-?[0-9]{5,}[A-Z0-9-]*)\b")
_PLATE = re.compile(r"\b[A-ZÄÖÜ]{1,3}-[A-Z]{1,2}[ -]?[1-9][0-9]{0,3}[EH]?\b")
"""The licence plate of a German car."""
_FEWEST, _FEW = 3, 5
"""With fewer digits a text holds no number at all, and none but those that a word beside them tells."""
CUE_REACH = 40
"""Characters after `Kundennummer` in which the number is looked for."""
_REGIONS: dict[Language, tuple[str, ...]] = {"de": ("DE", "AT", "CH"), "en": ("GB", "US")}


def number_spans(text: str, language: Language) -> list[Span]:
    """E-mails, IBANs, cards, telephone and other long numbers written in digits, surest first."""
    spans = [
        Span(start=match.start(), end=match.end(), kind="email", value=_mail(match[0]))
        for pattern in _mail_patterns(text)
        for match in pattern.finditer(text)
    ]
    digits = sum(map(str.isdigit, text))
    if digits < _FEWEST:
        return spans
    spans += _ibans(text)
    spans += _cued(text)
    spans += [
        Span(start=one.start(), end=one.end(), kind="number", value=plain(one[0])) for one in _PLATE.finditer(text)
    ]
    if digits < _FEW:
        return spans
    harmless = [match.span() for pattern in (_DATE, _PARTED) for match in pattern.finditer(text)]
    for match in _LONG.finditer(text):
        span = _long(text, match, language)
        if span is not None and not any(a <= match.start() and match.end() <= b for a, b in harmless):
            spans.append(span)
    if digits > LEAST_DIGITS:
        spans += _phones(text, language, harmless)
    spans += [
        Span(start=match.start(), end=match.end(), kind="number", value=plain(match[0]))
        for match in _MIXED.finditer(text)
    ]
    return spans


def _mail_patterns(text: str) -> list[re.Pattern[str]]:
    """The patterns that can be found in the text at all."""
    return [
        *([_MAIL] if "@" in text else []),
        *([_SPOKEN_MAIL] if _AT.search(text) and _DOMAIN.search(text) else []),
    ]


def outside_mail(text: str) -> str:
    """The text without e-mail and web addresses, written or spoken: names in them are in small letters."""
    for pattern in (*_mail_patterns(text), _WEB):
        text = pattern.sub(" ", text)
    return text


def plain(text: str) -> str:
    """Letters and digits alone, for comparison."""
    return "".join(character for character in text.casefold() if character.isalnum())


def _mail(text: str) -> str:
    words = re.sub(r",?\s(?:at|ät|et|klammeraffe|at-zeichen|at zeichen),?\s", "@", text.casefold())
    words = re.sub(r"\s?(?:punkt|dot)\s?", ".", words)
    words = re.sub(r"\s?(?:minus|bindestrich|hyphen|dash|strich)\s?", "-", words)
    return re.sub(r"\s?(?:unterstrich|underscore)\s?", "_", words)


def _ibans(text: str) -> Iterator[Span]:
    from stdnum import iban

    for match in _IBAN.finditer(text):
        # One with a slip of the tongue leads to the same account as soon as it is mended.
        if iban.is_valid(match[0]) or sum(map(str.isdigit, match[0])) >= 14:
            yield Span(start=match.start(), end=match.end(), kind="iban", value=plain(match[0]))


def _cued(text: str) -> Iterator[Span]:
    """What follows `Kundennummer` or `member id`."""
    for cue in _NUMBER_CUE.finditer(text):
        match = _TOKEN.search(text, cue.end(), cue.end() + CUE_REACH)
        if match and sum(map(str.isdigit, match[0])) >= 3 and not _UNIT.match(text, match.end()):
            yield Span(start=match.start(), end=match.end(), kind=_kind(match[0], "number"), value=plain(match[0]))
    for bare in _BARE.finditer(text):
        digits = bare["number"]
        year = len(digits) == _YEAR and digits[:2] in ("19", "20")
        if not year and not _UNIT.match(text, bare.end()):
            yield Span(start=bare.start("number"), end=bare.end(), kind="number", value=digits)


_YEAR = 4
"""Digits of a year: `Vertrag 2024` is no number of a contract."""


def _kind(text: str, otherwise: Kind) -> Kind:
    from stdnum import luhn

    digits = "".join(character for character in text if character.isdigit())
    return "card" if 13 <= len(digits) <= 19 and luhn.is_valid(digits) else otherwise


def _long(text: str, match: re.Match[str], language: Language) -> Span | None:
    digits = [character for character in match[0] if character.isdigit()]
    if len(digits) < LEAST_DIGITS or _UNIT.match(text, match.end()) or _BEFORE_MONEY.search(text, 0, match.start()):
        return None
    kind = _kind(match[0], "number")
    if kind == "number" and (digits[0] == "0" or match[0][0] in "+(" or _is_phone(match[0], language)):
        kind = "phone"
    return Span(start=match.start(), end=match.end(), kind=kind, value=telephone(match[0], language))


def telephone(text: str, language: Language) -> str:
    """Digits for comparison: `+49 176 …` and `0176 …` are the same number."""
    digits = plain(text)
    prefix = "49" if language == "de" else "44"
    if text.lstrip().startswith("+" + prefix) or digits.startswith("00" + prefix):
        return "0" + digits.removeprefix("00").removeprefix(prefix).removeprefix("0")
    return digits


def _is_phone(text: str, language: Language) -> bool:
    import phonenumbers

    for region in _REGIONS[language]:
        try:
            if phonenumbers.is_valid_number(phonenumbers.parse(text, region)):
                return True
        except phonenumbers.NumberParseException:
            continue
    return False


def _phones(text: str, language: Language, harmless: list[tuple[int, int]]) -> Iterator[Span]:
    """What the library finds beside, such as numbers with an extension."""
    import phonenumbers

    for region in _REGIONS[language][:1]:
        for match in phonenumbers.PhoneNumberMatcher(text, region, max_tries=200):
            inside = any(a <= match.start and match.end <= b for a, b in harmless)
            few = sum(map(str.isdigit, match.raw_string)) <= LEAST_DIGITS
            if not inside and not few and not _UNIT.match(text, match.end):
                yield Span(start=match.start, end=match.end, kind="phone", value=telephone(match.raw_string, language))
