"""Lines that a meeting tool writes around a talk: who made the transcript, when the recording ended."""

import re

_STAMP = r"[0-9]{1,3}:[0-9]{2}(?::[0-9]{2})?"
_NOTICE = re.compile(
    rf"""(?:
    (?:transcribed|transcript\ generated)\ (?:by|with)\ \S.{{0,80}}
    |(?:transcription|meeting|recording)\ ended(?:\ after\ {_STAMP})?.{{0,8}}
    |(?:transkription|besprechung|aufzeichnung)\ (?:wurde\ )?beendet(?:\ nach\ {_STAMP})?.{{0,8}}
    |this\ (?:editable\ )?transcript\ was\ (?:computer|automatically)[ -]generated.{{0,200}}
    |dieses\ (?:bearbeitbare\ )?transkript\ wurde\ (?:vom\ computer|automatisch)\ (?:generiert|erstellt).{{0,200}}
    |.{{1,80}}\ (?:started|stopped)\ (?:the\ )?(?:transcription|recording)
    |.{{1,80}}\ hat\ die\ (?:transkription|aufzeichnung)\ (?:gestartet|beendet|angehalten)
    |.{{1,80}}\ (?:joined|left)\ the\ meeting
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_WORDS = re.compile(r"trans|meeting|recording|besprechung|aufzeichnung", re.IGNORECASE)


def is_notice(line: str) -> bool:
    """True where the whole line is a tool's notice and nobody's words."""
    return len(line) <= 300 and _WORDS.search(line) is not None and _NOTICE.fullmatch(line.strip(" .*_")) is not None
