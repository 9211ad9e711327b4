"""CHAT, the format of TalkBank: lines `*CODE:` with codes for retracing, overlap, events, and times behind them."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from coach.model import Metadata, Speaker, Transcript
from coach.read.dates import date_in
from coach.read.marks import UNINTELLIGIBLE, language, lost_note, stated
from coach.read.source import FormatInfo, Source
from coach.read.turns import Segment, build_transcript
from coach.read.units import seconds

NAME = "chat"
FORMATS = (
    FormatInfo(
        name=NAME,
        title="CHAT (TalkBank)",
        reads=frozenset({"speakers", "times", "roles", "metadata"}),
        sample="tests/read/samples/research/call.cha",
    ),
)
_HEAD = re.compile(r"\s{0,5}@(?:UTF8|Begin|Font|PID|Window|ColorWords)\b")
_MAIN = re.compile(r"\*(?P<code>[^:\s]{1,40})(?:-[^:\s]{1,40})?:[ \t]{0,9}(?P<words>.*)")
_HEADER = re.compile(r"@(?P<name>[A-Z][A-Za-z ]{1,40}):?\s{0,9}(?P<value>.*)")
_TIMES = re.compile(r"(?:\x15|(?<=\s)|^)(?P<start>[0-9]{1,12})_(?P<end>[0-9]{1,12})(?:\x15|(?=\s|$))")
_EVENT = re.compile(r"&=(?P<what>[\w:-]{1,60})")
_SIDE_TALK = re.compile(r"&\*[A-Z0-9]{1,7}:\S{1,60}")
_FILLER = re.compile(r"&-(?=\w)")
_FRAGMENT = re.compile(r"&[~+]?\S{1,60}")
_ASIDE = re.compile(r"\[=!\s{0,3}([^\[\]]{1,80})\]")
_GUESS = re.compile(r"(?:<([^<>]{1,200})>|(\S{1,60}))\s{0,3}\[\?\]")
_CODE = re.compile(r"\[[^\[\]]{0,300}\]")
_PAUSE = re.compile(r"\((?:\.{1,3}|[0-9]{0,4}:?[0-9]{0,4}\.[0-9]{0,4})\)")
_LOST = re.compile(r"(?<!\S)(?:xxx?|yyy?|www)(?:@\S{1,20})?(?!\S)")
_OMITTED = re.compile(r"(?<!\S)0\S{0,60}")
_END = re.compile(r"\s{0,3}\+(?P<how>\.\.\.|\.\.\?|//\.|//\?|/\.|/\?|!\?|\"/\.|\"\.|\.)\s{0,3}$")
_LINK = re.compile(r"(?<!\S)\+(?:\"|\^|<|,|\+|≈|≋)?(?!\S)")
_FORM = re.compile(r"@[a-z]{1,4}(?::[\w+&]{1,20})?(?!\w)|\$\w{1,6}(?!\S)")
_DRAWN = re.compile(r"(?<=\w):+(?=\w|\s|$)")
_SIGNS = str.maketrans(
    dict.fromkeys("<>⌈⌉⌊⌋↑↓⇗⇘→∆∇°▁▔☺♋⁎∬Ϋ∮§∾↻Ἡ∲≠⁑⤇∞≡", " ")
    | dict.fromkeys("()ˈˌ^/‹›", "")
    | {"‡": ",", "„": ",", "_": " "}
)
_BEFORE_POINT = re.compile(r"\s+([.,;!?…])")
_ENDINGS = {"...": "…", "..?": "…?", "!?": "!?", "//?": "–?", "/?": "–?"}


def detect(source: Source) -> bool:
    """`@UTF8` or `@Begin` at the beginning, and a line of speech."""
    return _HEAD.match(source.data[:100].decode("utf-8-sig", "replace")) is not None


def read(source: Source) -> Transcript:
    """The talk in the main lines; what belongs to a line (`%mor` and the like) is no speech."""
    headers: list[tuple[str, str]] = []
    segments: list[tuple[str, int, str]] = []
    source, text = _text(source)
    for number, line in _lines(text):
        if (main := _MAIN.match(line)) is not None:
            segments.append((main["code"], number, main["words"]))
        elif (header := _HEADER.match(line)) is not None:
            headers.append((header["name"].strip().casefold(), header["value"].strip()))
    labels, sides = _people(headers)
    spoken: list[Segment] = []
    lost = 0
    for code, number, words in segments:
        segment = _segment(labels.get(code, code), number, words)
        lost += segment.remarks.count(UNINTELLIGIBLE)
        if segment.text or segment.remarks:
            spoken.append(segment)
    meta = _meta(headers, source)
    return build_transcript(source, spoken, name=NAME, meta=meta, speakers=sides, notes=lost_note(lost))


def _text(source: Source) -> tuple[Source, str]:
    """The text with the control characters that stand around times, which are no fault of this format."""
    notes = tuple(note for note in source.notes if "control character" not in note)
    text = source.data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    return replace(source, notes=notes), unicodedata.normalize("NFC", text)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines with those that go on from them, numbered by their first."""
    number, parts = 0, [""]
    for place, line in enumerate(text.split("\n"), start=1):
        if line[:1] in ("\t", " ") and number:
            parts.append(line.strip())
            continue
        if number:
            yield number, " ".join(parts)
        number, parts = place, [line]
    if number:
        yield number, " ".join(parts)


def _people(headers: list[tuple[str, str]]) -> tuple[dict[str, str], list[Speaker]]:
    """Code → label: the name where one is given, else the role, else the code."""
    people: list[tuple[str, str, str]] = []
    for name, value in headers:
        if name == "participants":
            for one in value.split(","):
                words = one.split()
                if words:
                    role = words[-1].replace("_", " ") if len(words) > 1 else ""
                    people.append((words[0], " ".join(words[1:-1]).replace("_", " "), role))
    roles = [role for _, _, role in people]
    labels: dict[str, str] = {}
    sides: list[Speaker] = []
    for code, name, role in people:
        label = name or (role if role and roles.count(role) == 1 else f"{role} {code}".strip())
        label = label if label not in labels.values() else f"{label} ({code})"
        labels[code] = label
        side = stated(label, role, source="@Participants") or stated(label, code, source="@Participants")
        sides += [side] if side else []
    return labels, sides


def _segment(label: str, number: int, words: str) -> Segment:
    times = [(seconds(m["start"], per_second=1000), seconds(m["end"], per_second=1000)) for m in _TIMES.finditer(words)]
    text, remarks, doubtful = plain_chat(_TIMES.sub(" ", words).replace("\x15", " "))
    return Segment(
        speaker=label,
        text=text,
        line=number,
        start=times[0][0] if times else None,
        end=times[-1][1] if times else None,
        remarks=remarks,
        doubtful=doubtful,
    )


def plain_chat(text: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The words that were said, retraced ones too; remarks; words of which the transcriber was not sure."""
    remarks = [match["what"].replace(":", " ") for match in _EVENT.finditer(text)]
    remarks += [" ".join(match[1].split()) for match in _ASIDE.finditer(text)]
    doubtful = [word for match in _GUESS.finditer(text) for word in (match[1] or match[2]).strip("<>").split()]
    doubtful = [word for word in (_FORM.sub("", word).translate(_SIGNS).strip() for word in doubtful) if word]
    text = _SIDE_TALK.sub(" ", _EVENT.sub(" ", text))
    text = _CODE.sub(" ", text)
    text = _PAUSE.sub(" ", _FRAGMENT.sub(" ", _FILLER.sub("", text)))
    text, lost = _LOST.subn(" ", text)
    remarks += [UNINTELLIGIBLE] * lost
    end = _END.search(text)
    if end is not None:
        text = f"{text[: end.start()]} {_ENDINGS.get(end['how'], '–' if '/' in end['how'] else '.')}"
    text = _OMITTED.sub(" ", _LINK.sub(" ", text))
    text = _DRAWN.sub("", _FORM.sub("", text)).translate(_SIGNS)
    text = re.sub(r"(?<=\w)\+(?=\w)", "", text)
    words = _BEFORE_POINT.sub(r"\1", " ".join(text.split()))
    return (words if any(map(str.isalnum, words)) else ""), tuple(remarks), tuple(doubtful)


def _meta(headers: list[tuple[str, str]], source: Source) -> Metadata:
    first: dict[str, str] = {}
    for name, value in headers:
        first.setdefault(name, value)
    codes = [language(code) for code in re.split(r"[,\s]+", first.get("languages", ""))]
    ids = {"media": first["media"].split(",")[0].strip()} if first.get("media") else {}
    return Metadata(
        call_date=_date(first.get("date", ""), source.today),
        language=next((code for code in codes if code), None),
        ids=ids,
    )


def _date(text: str, today: date) -> date | None:
    """`18-NOV-2025`."""
    return date_in(text.replace("-", " "), today=today) if text else None
