"""Texts that are nobody's talk whatever stands before their colons: programs, settings, keys."""

import re
from pathlib import PurePath

from coach.errors import UnreadableTranscriptError
from coach.read.source import Source

_SUFFIXES = {
    **dict.fromkeys((".py", ".pyi", ".pyx"), "a Python program"),
    **dict.fromkeys((".js", ".mjs", ".cjs", ".jsx", ".ts", ".tsx", ".vue"), "a JavaScript or TypeScript program"),
    **dict.fromkeys((".c", ".h", ".cc", ".cpp", ".cxx", ".hpp", ".hh", ".m"), "a C or C++ program"),
    **dict.fromkeys((".sh", ".bash", ".zsh", ".fish", ".bat", ".cmd", ".ps1", ".psm1"), "a shell script"),
    **dict.fromkeys((".css", ".scss", ".sass", ".less"), "a style sheet"),
    **dict.fromkeys((".yaml", ".yml"), "a YAML file of settings or data"),
    **dict.fromkeys((".toml", ".ini", ".cfg", ".conf", ".properties", ".env", ".service", ".desktop"), "settings"),
    **dict.fromkeys((".diff", ".patch"), "a patch"),
    **dict.fromkeys((".mk", ".cmake", ".gradle", ".m4", ".am"), "a build file"),
    **dict.fromkeys((".pem", ".crt", ".key", ".asc"), "a key or certificate"),
    **dict.fromkeys((".rs", ".go", ".java", ".kt", ".scala", ".swift", ".cs", ".rb", ".php"), "a program"),
    **dict.fromkeys(
        (".pl", ".pm", ".lua", ".r", ".jl", ".dart", ".ex", ".exs", ".hs", ".ml", ".el", ".vim"), "a program"
    ),
    ".sql": "an SQL script",
    ".ipynb": "a notebook",
}
_NAMES = {"makefile": "a build file", "dockerfile": "a build file", "jenkinsfile": "a build file"}
_WITH_KEYS = frozenset((_SUFFIXES[".yaml"], "a build file"))
_LINES = 600
_LONGEST = 400
"""Lines at the beginning and characters of a line that are looked at."""
_SHARE, _SHARE_BY_NAME = 0.4, 0.08
"""From this share of lines on that nobody says, the text is a program; the second where the name says so, too."""
_LEAST = 3
_CODE = re.compile(
    r"[;{}]$|^[\])}]+[,;:]?$|^#!|^#(?:include|define|ifn?def|endif)\b|^(?:import|using|package) [\w.{*]+;?$"
    r"|^from [\w.]+ import |^(?:def|class|fn|func|function|sub|async def) \w+ ?[({:]|^@\w+(?:[.(]|$)"
    r"|^(?:else|try|finally|do|then|fi|done|esac|endif|end)[:;]?$|^(?:el)?if .{1,200}(?::|\) ?\{|; then)$"
    r"|^except\b.{0,80}:$|^return\b.{0,80}\w$|\"\"\"|\w\(\w*[),]|\w\([a-z]?[\"']|::\w|=>|(?<!-)->|[$]\{|[$]\(|[$][A-Za-z_]|</\w|\w\.\w+\(|&&|\|\||!="
    r"|[a-z0-9]_[a-z]|[a-z][a-z]\[|^\[[\w. -]{1,60}\]$|^-?-[a-z][\w-]+(?:=|$)|^(?:@@|\+\+\+|---) \S"
    r"|^[\w.-]{1,60} ?\+?=|^/[/*]|\*/$|^-{4,5}BEGIN "
)
_KEY = re.compile(r"(?:- )?[a-z][\w-]{0,40}:(?: |$)")
"""A line of settings in YAML or a build file; it also looks like a label in lower case, so their names must tell."""
_LONG_WORD = 44
_LONG_SHARE = 0.4


def refuse_program(source: Source, *, talk: bool = True) -> None:
    """Raises UnreadableTranscriptError where the text is a program, settings, or a block of encoded data.

    `talk` says that labels may still be found in it; where there are none, a name such as `call.py` is enough.
    """
    kind = _program(source.text or "", source.path) or (None if talk else _by_name(source.path))
    if kind is not None:
        raise UnreadableTranscriptError(
            f"This looks like {kind}, not like a transcript.",
            place=source.path,
            hint="Give the file that the recorder, the call platform or the meeting tool wrote, or a text in which "
            "each turn begins with the speaker's name, such as `Agent: Good morning.`",
        )


def _program(text: str, path: str) -> str | None:
    """What the text is, as an English noun phrase; None where it may be talk."""
    lines = _beginning(text)
    named = _by_name(path)
    settings = named in _WITH_KEYS
    odd = sum(bool(_CODE.search(line) or (settings and _KEY.match(line))) for line in lines)
    if odd >= min(_LEAST, len(lines)) and odd >= (_SHARE_BY_NAME if named else _SHARE) * len(lines) and odd:
        return named or "a program or settings"
    words = [word for line in lines for word in line.split()]
    long = sum(len(word) for word in words if len(word) >= _LONG_WORD)
    return named or "encoded data" if long > _LONG_SHARE * max(1, sum(map(len, words))) else None


def _by_name(path: str) -> str | None:
    name = PurePath(path).name.casefold()
    return _SUFFIXES.get(PurePath(name).suffix) or _NAMES.get(name)


def _beginning(text: str) -> list[str]:
    """The first lines that hold something, each cut."""
    found: list[str] = []
    position = 0
    while len(found) < _LINES and position < len(text):
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        if line := text[position : min(end, position + _LONGEST)].strip():
            found.append(line)
        position = end + 1
    return found
