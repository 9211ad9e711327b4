"""The HTML that noScribe writes: paragraphs of segments that carry their times and speaker in a name."""

import re
from html.parser import HTMLParser

from coach.model import Transcript
from coach.read.cues import Cue
from coach.read.source import FormatInfo, Source
from coach.read.turns import build_transcript
from coach.read.voices import plain_label, voiced_segment

NAME = "noscribe"
FORMATS = (
    FormatInfo(
        name=NAME,
        title="noScribe (HTML; its WebVTT and text are read as such)",
        reads=frozenset({"speakers", "times"}),
        sample="tests/read/samples/noscribe.html",
    ),
)
_HTML = re.compile(r"\s{0,100}<(?:!DOCTYPE|html|head|body|p)\b", re.IGNORECASE)
_ANCHOR = re.compile(r"<a\s[^<>]{0,40}name=[\"']ts_[0-9]{1,12}_[0-9]{1,12}_", re.IGNORECASE)
_NAME = re.compile(r"ts_([0-9]{1,12})_([0-9]{1,12})_(.*)", re.DOTALL)


def detect(source: Source) -> bool:
    """HTML with a segment's anchor in it."""
    return source.text is not None and bool(_HTML.match(source.text)) and _ANCHOR.search(source.text) is not None


def read(source: Source) -> Transcript:
    """The talk in the segments; UnreadableTranscriptError where fewer than two speakers are marked."""
    page = _Page()
    page.feed(source.text or "")
    page.close()
    segments = [voiced_segment(cue, speaker) for cue, speaker in page.segments if cue.text.strip()]
    return build_transcript(source, segments, name=NAME, recognised=True)


class _Page(HTMLParser):
    """Collects the segments; whatever else stands in the page is left alone."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.segments: list[tuple[Cue, str | None]] = []
        self._open: tuple[int, float, float, str | None] | None = None
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An anchor with times opens a segment."""
        match = _NAME.fullmatch(dict(attrs).get("name") or "") if tag == "a" else None
        if match:
            self._finish()
            start, end = int(match[1]) / 1000, int(match[2]) / 1000
            self._open = (self.getpos()[0], start, end, plain_label(match[3]))

    def handle_endtag(self, tag: str) -> None:
        """The end of the anchor or of its paragraph closes the segment."""
        if tag in ("a", "p"):
            self._finish()

    def handle_data(self, data: str) -> None:
        """Words inside a segment."""
        if self._open:
            self._words.append(data)

    def close(self) -> None:
        """A segment that is still open at the end is one, too."""
        super().close()
        self._finish()

    def _finish(self) -> None:
        if self._open:
            line, start, end, speaker = self._open
            self.segments.append((Cue(line, start, end, "".join(self._words)), speaker))
        self._open, self._words = None, []
