"""Remarks in brackets are not speech: `(lacht)`, `[crosstalk]`, `(Anmerkung: …)`."""

import re

_BRACKET = re.compile(r"[()\[\]]")
_PAIRS = {")": "(", "]": "["}
_NUMBER = re.compile(r"[0-9 /+.,-]+")
_PLACEHOLDER = re.compile(
    r"(?:NAME|VORNAME|NACHNAME|PERSON|SPEAKER|AGENT|CUSTOMER|KUNDE|FIRMA|COMPANY|ORGANI[SZ]ATION|ORT|CITY|LOCATION"
    r"|ADDRESS|ADRESSE|STREET|STRASSE|PHONE|TELEFON|MOBILE|EMAIL|E-MAIL|IBAN|BIC|ACCOUNT|KONTO|CARD|KARTE|DATE|DATUM"
    r"|BIRTHDAY|GEBURTSTAG|NUMBER|NUMMER|ID|URL|PLZ|ZIP|PII|REDACTED|MASKED)(?:[_ -]?[0-9]{1,4})?"
)
_BEFORE_POINT = re.compile(r"\s+([.,;:!?…])")


def split_remarks(text: str) -> tuple[str, tuple[str, ...]]:
    """The speech with single spaces, and the remarks without their brackets, in order.

    Numbers in brackets, endings such as `Angebot(e)` and placeholders such as `[NAME]` are speech.
    """
    if "(" not in text and "[" not in text:
        return " ".join(text.split()), ()
    speech: list[str] = []
    remarks: list[str] = []
    position = 0
    for start, end in _outermost(text):
        content = " ".join(text[start + 1 : end].split())
        if _spoken(text, start, content):
            continue
        speech += (text[position:start], " ")
        position = end + 1
        content = _inside(content)
        if content:
            remarks.append(content)
    speech.append(text[position:])
    words = " ".join("".join(speech).split())
    return (_BEFORE_POINT.sub(r"\1", words) if position else words).strip(), tuple(remarks)


def only_remark(text: str) -> bool:
    """True where the text holds nothing but remarks."""
    speech, remarks = split_remarks(text)
    return bool(remarks) and not any(character.isalnum() for character in speech)


def blank_remarks(text: str) -> str:
    """The text with the same length, spaces in place of what stands in brackets."""
    if "(" not in text and "[" not in text:
        return text
    parts: list[str] = []
    position = 0
    for start, end in _outermost(text):
        parts += (text[position:start], " " * (end + 1 - start))
        position = end + 1
    parts.append(text[position:])
    return "".join(parts)


def _outermost(text: str) -> list[tuple[int, int]]:
    """The places of outermost balanced brackets; one pass, whatever the nesting."""
    stack: list[int] = []
    waiting = {"(": 0, "[": 0}
    pairs: list[tuple[int, int]] = []
    for match in _BRACKET.finditer(text):
        character, place = match[0], match.start()
        if character in waiting:
            stack.append(place)
            waiting[character] += 1
            continue
        opener = _PAIRS[character]
        if not waiting[opener]:
            continue
        while text[stack[-1]] != opener:
            waiting[text[stack.pop()]] -= 1
        start = stack.pop()
        waiting[opener] -= 1
        while pairs and pairs[-1][0] > start:
            pairs.pop()
        pairs.append((start, place))
    return pairs


def _inside(content: str) -> str:
    """`(lacht)` from `((lacht))`: the content without brackets around all of it."""
    for _ in range(2):  # more is no way of writing, and a limit keeps the work linear
        if len(content) > 1 and content[0] in "([" and _outermost(content) == [(0, len(content) - 1)]:
            content = content[1:-1].strip()
    return content


def _spoken(text: str, start: int, content: str) -> bool:
    ending = start > 0 and text[start - 1].isalpha() and 0 < len(content) <= 3 and content.isalpha()
    return ending or bool(_NUMBER.fullmatch(content) or _PLACEHOLDER.fullmatch(content))
