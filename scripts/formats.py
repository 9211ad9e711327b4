"""The table of formats in the README is made from what the readers say of themselves; `--write` writes it anew.

Without `--write` it says what is out of step: the table, a sample that is not there, a format without its line in
docs/formats.md. Exit code 1 then.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from coach.read import READERS  # noqa: E402  # the checkout is put on the path first
from coach.read.source import FormatInfo, Gives  # noqa: E402

README = ROOT / "README.md"
DETAILS = ROOT / "docs" / "formats.md"
NOTICE = (ROOT / "NOTICE").read_text(encoding="utf-8").partition("tests/read/samples holds")[2]
BEGIN, END = "<!-- formats:begin -->", "<!-- formats:end -->"
GIVES: tuple[Gives, ...] = ("speakers", "times", "roles", "confidence", "metadata")


def formats() -> list[FormatInfo]:
    """All formats, in the order in which they are recognised; plain text, which takes what is left, first."""
    found: list[FormatInfo] = []
    for reader in READERS:
        several = getattr(reader, "FORMATS", None)
        if several is not None:
            found += several
        else:
            found.append(FormatInfo(name=reader.NAME, title=reader.TITLE, reads=reader.READS, sample=reader.SAMPLE))
    return [found[-1], *sorted(found[:-1], key=lambda info: info.title.casefold())]


def table(infos: list[FormatInfo]) -> str:
    """The table in Markdown."""
    lines = [f"| format | {' | '.join(GIVES)} | sample |", f"| --- |{' :-: |' * len(GIVES)} --- |"]
    for info in infos:
        marks = " | ".join("✓" if gives in info.reads else "" for gives in GIVES)
        title = info.title[:1].upper() + info.title[1:]
        made = "" if _is_excerpt(info.sample) else " †"
        lines.append(f"| {title} | {marks} | [`{info.name}`]({info.sample}){made} |")
    lines += (
        "",
        "† Written by hand for the tests; the other samples are excerpts of files that others published (`NOTICE`).",
    )
    return "\n".join(line.replace("|  |", "| |").replace("|  |", "| |") for line in lines)


def _is_excerpt(sample: str) -> bool:
    """NOTICE names the file as somebody else's."""
    name = re.escape(sample.partition("samples/")[2])
    return bool(name) and re.search(rf"(?<![\w/]){name}(?!\w)", NOTICE) is not None


def main() -> int:
    """0 where all is in step."""
    infos = formats()
    wrong = [f"{info.name}: there is no sample {info.sample}" for info in infos if not (ROOT / info.sample).exists()]
    names = [info.name for info in infos]
    wrong += [f"{name}: two formats have this name" for name in sorted({n for n in names if names.count(n) > 1})]
    details = DETAILS.read_text(encoding="utf-8")
    wrong += [f"{name}: no line in docs/formats.md" for name in names if f"| `{name}` |" not in details]
    readme = README.read_text(encoding="utf-8")
    before, begin, rest = readme.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        wrong.append(f"README.md: the marks {BEGIN} and {END} are missing")
    else:
        written = f"{before}{BEGIN}\n{table(infos)}\n{END}{after}"
        if written != readme and "--write" in sys.argv[1:]:
            README.write_text(written, encoding="utf-8")
        elif written != readme:
            wrong.append("README.md: the table of formats is stale: scripts/check --write")
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
