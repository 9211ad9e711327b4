"""Spoils real files in many ways and reads them: each must end as a transcript or as a CoachError, in bounded time.

    scripts/fuzz [COUNT [SEED]] [--from DIR …] [--keep DIR]

Prints how many inputs of each format were read or refused, and the slowest; exit code 1 where one fails. The same seed
gives the same inputs. `--from` adds files of one's own, `--keep` writes the inputs that fail.
"""

import argparse
import io
import json
import math
import random
import signal
import sys
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import FrameType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from coach.errors import CoachError  # noqa: E402  # the checkout is put on the path first
from coach.model import Transcript  # noqa: E402
from coach.read import read  # noqa: E402

SAMPLES = (ROOT / "tests" / "read" / "samples", ROOT / "examples")
SECONDS = 10
"""As long as a single input may take; they have at most a few hundred kilobytes."""
LARGEST = 80_000
TODAY = date(2026, 3, 1)
TOKENS = (
    *rb"""--> </v> < > &#x110000; &#0; &amp; { } [ ] " ' , ; : null NaN true -1 1e999 [00:12] &a;
    \u0000 \ud800""".split(),
    *(b"\n\n", b"\r", b"\t", b"\x00", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\xc3", b"\xed\xa0\x80", b"\x15"),
    *(b"WEBVTT\n\n", b"<v ", b"Anna: ", b"0:0:0.0 --> 0:0:1.0\n", b'<!DOCTYPE x [<!ENTITY a "b">]>', b"sep=;\n"),
    *(b"@Begin\n", b"*ANN:\t", b"item [1]:\n", b"#", b"<ANNOTATION ", b"\xe2\x80\xae", b"PT", b"99:99:99,999"),
)
VALUES: tuple[Any, ...] = (
    *(None, True, -1, 0, 7, 1e308, 10**30, "", "x", "-5", "NaN", "\ud800", "A\nB\x1b[31m"),
    *([], {}, [[]], [None], {"a": {}}),
)
NUMBERS = (
    b"0",
    b"-1",
    b"9" * 30,
    b"9" * 5000,
    b"1e308",
    b"1e999",
    b"-0.0",
    b"0.1",
    b"3600000",
    b"99:99:99",
    b"1_0",
    b"",
)
NESTS = (
    (b"[", b"]"),
    (b'{"a":', b"}"),
    (b"<a>", b"</a>"),
    (b"(", b")"),
    (b"\xe2\x80\x9e", b"\xe2\x80\x9c"),
    (b"> ", b""),
)


def seeds(folders: Sequence[Path]) -> list[tuple[str, bytes]]:
    """Name and bytes of the files to spoil, the long ones cut, in a fixed order."""
    paths = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    found = [(path.name, path.read_bytes()) for path in paths]
    return [(name, data if data.startswith(b"PK") else data[:LARGEST]) for name, data in found if data]


def changed(dice: random.Random, data: bytes) -> bytes:
    """The JSON with up to five values replaced, left out or doubled."""
    document = json.loads(data)
    for _ in range(dice.randint(1, 5)):
        inner = document
        for _ in range(12):
            if not isinstance(inner, dict | list) or not inner:
                break
            key: Any = dice.choice(list(inner) if isinstance(inner, dict) else range(len(inner)))
            below = inner[key]
            if not isinstance(below, dict | list) or dice.random() < 0.25:
                if dice.random() < 0.3:
                    del inner[key]
                else:
                    inner[key] = json.loads(json.dumps(dice.choice(VALUES)))
                break
            inner = below
    return json.dumps(document).encode()


def spoiled(dice: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """The bytes after one to five mutations; of a ZIP archive mostly one of its parts, of JSON some of its values."""
    if data.startswith(b"PK") and dice.random() < 0.7:
        return _inside(dice, data, others)
    if data[:1] in b"[{" and dice.random() < 0.5:
        with suppress(ValueError):
            return changed(dice, data)
    for _ in range(dice.choice((1, 1, 1, 2, 3, 5))):
        data = dice.choice(MUTATIONS)(dice, data, others)[: 4 * LARGEST]
    return data


def _place(dice: random.Random, data: bytes) -> int:
    return dice.randrange(len(data) + 1)


def _flip(dice: random.Random, data: bytes, _others: Sequence[bytes]) -> bytes:
    changed = bytearray(data)
    for _ in range(dice.choice((1, 1, 4, 32)) if changed else 0):
        changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
    return bytes(changed)


def _truncate(dice: random.Random, data: bytes, _others: Sequence[bytes]) -> bytes:
    place = _place(dice, data)
    return data[:place] if dice.random() < 0.8 else data[place:]


def _splice(dice: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    other = dice.choice(others)
    start = _place(dice, other)
    return (
        data[: _place(dice, data)] + other[start : start + dice.choice((20, 500, 20_000))] + data[_place(dice, data) :]
    )


def _repeat(dice: random.Random, data: bytes, _others: Sequence[bytes]) -> bytes:
    place = _place(dice, data)
    piece = data[place : place + dice.choice((1, 10, 200, 5_000))]
    return data[:place] + piece * dice.choice((2, 5, 50)) + data[place:]


def _cut(dice: random.Random, data: bytes, _others: Sequence[bytes]) -> bytes:
    place = _place(dice, data)
    return data[:place] + data[place + dice.choice((1, 10, 200, 5_000)) :]


def _insert(dice: random.Random, data: bytes, _others: Sequence[bytes]) -> bytes:
    place = _place(dice, data)
    return data[:place] + dice.choice(TOKENS) * dice.choice((1, 1, 3, 1_000)) + data[place:]


def _number(dice: random.Random, data: bytes, _others: Sequence[bytes]) -> bytes:
    """Some number in the file becomes another one."""
    start = next((i for i in range(_place(dice, data), len(data)) if 48 <= data[i] <= 57), None)
    if start is None:
        return data + dice.choice(NUMBERS)
    end = start
    while end < len(data) and data[end] in b"0123456789.":
        end += 1
    return data[:start] + dice.choice(NUMBERS) + data[end:]


def _nest(dice: random.Random, data: bytes, _others: Sequence[bytes]) -> bytes:
    opening, closing = dice.choice(NESTS)
    depth = dice.choice((3, 100, 5_000))
    start, end = sorted((_place(dice, data), _place(dice, data)))
    return data[:start] + opening * depth + data[start:end] + closing * depth + data[end:]


def _lines(dice: random.Random, data: bytes, _others: Sequence[bytes]) -> bytes:
    """Lines in another order, or without their ends."""
    lines = data.split(b"\n")
    if dice.random() < 0.5:
        start = dice.randrange(len(lines))
        part = lines[start : start + 20]
        dice.shuffle(part)
        lines[start : start + 20] = part
        return b"\n".join(lines)
    return dice.choice((b"\r", b"", b"\r\n", b"\n\n", b" ")).join(lines)


def _recode(dice: random.Random, data: bytes, _others: Sequence[bytes]) -> bytes:
    text = data.decode("utf-8", "replace")
    return text.encode(dice.choice(("cp1252", "utf-16", "utf-16-be", "utf-32", "utf-8-sig", "cp850")), "replace")


Mutation = Callable[[random.Random, bytes, Sequence[bytes]], bytes]
MUTATIONS: tuple[Mutation, ...] = (
    _flip, _truncate, _splice, _repeat, _cut, _insert, _insert, _number, _number, _nest, _lines, _recode,
)  # fmt: skip


def _inside(dice: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """The archive with one of its parts spoiled."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    names = [name for name in parts if name.endswith((".xml", ".rels"))] or list(parts)
    main = [name for name in names if "document.xml" in name or "sheet" in name or "Strings" in name]
    name = dice.choice(main if main and dice.random() < 0.7 else names)
    parts[name] = dice.choice(MUTATIONS)(dice, parts[name], others)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return stream.getvalue()


class TooSlowError(Exception):
    """An input took longer than it may."""


@contextmanager
def within(seconds: int) -> Iterator[None]:
    """Raises TooSlowError where the block takes longer."""

    def late(_number: int, _frame: FrameType | None) -> None:
        raise TooSlowError

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


class UnsoundError(Exception):
    """What came out is no transcript, or no error that a user could mend."""


def outcome(data: bytes, name: str, *, alternate: bool = False, one_sided: bool = False) -> str:
    """The format that was read, or `refused`; whatever else comes out is the caller's to see."""
    try:
        transcript = read(data, path=name, today=TODAY, alternate=alternate, one_sided=one_sided)
    except CoachError as error:
        if not error.message or len(str(error)) > 2_000:
            raise UnsoundError(f"a message of {len(str(error))} characters") from error
        str(error).encode()
        return "refused"
    wrong = next(_wrong(transcript), None)
    if wrong:
        raise UnsoundError(wrong)
    return transcript.format


def _wrong(transcript: Transcript) -> Iterator[str]:
    """What no transcript may be, wherever it comes from."""
    labels = {speaker.label for speaker in transcript.speakers}
    if not transcript.turns or [turn.number for turn in transcript.turns] != [*range(1, len(transcript.turns) + 1)]:
        yield "no turns, or not numbered in order"
    for turn in transcript.turns:
        f"{turn.speaker} {turn.text} {turn.remarks}".encode()
        if turn.speaker not in labels or not turn.speaker.strip() or "\n" in turn.speaker:
            yield f"the label {turn.speaker!r}"
        for value in (turn.start, turn.end, turn.overlap, turn.silence):
            if value is not None and not (math.isfinite(value) and value >= 0):
                yield f"the time {value}"


@dataclass(slots=True)
class Tally:
    """What became of the inputs."""

    outcomes: Counter[str] = field(default_factory=Counter)
    failures: list[tuple[str, int, bytes, str]] = field(default_factory=list)
    slowest: tuple[float, str, int] = (0.0, "", 0)


def run(count: int, seed: int, files: Sequence[tuple[str, bytes]]) -> Tally:
    """So many spoiled inputs, read."""
    tally = Tally()
    others = [data for _, data in files]
    for number in range(count):
        dice = random.Random(f"{seed}/{number}")  # noqa: S311  # not for secrets
        name, data = files[number % len(files)]
        data = spoiled(dice, data, others)
        if dice.random() < 0.2:
            name = f"x{Path(dice.choice(files)[0]).suffix}"
        begun = time.perf_counter()
        try:
            with within(SECONDS):
                options = {"alternate": dice.random() < 0.1, "one_sided": dice.random() < 0.5}
                tally.outcomes[outcome(data, name, **options)] += 1
        except Exception:  # noqa: BLE001  # this is what is looked for
            tally.failures.append((name, number, data, traceback.format_exc(limit=-6)))
        tally.slowest = max(tally.slowest, (time.perf_counter() - begun, name, number))
    return tally


def main() -> int:
    """0 where every input was read or refused."""
    parser = argparse.ArgumentParser(description="Spoils real files and reads them.")
    parser.add_argument("count", type=int, nargs="?", default=20_000)
    parser.add_argument("seed", type=int, nargs="?", default=7)
    parser.add_argument("--from", dest="folders", type=Path, action="append", default=[])
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    files = seeds([*SAMPLES, *given.folders])
    begun = time.perf_counter()
    tally = run(given.count, given.seed, files)
    for name, number in sorted(tally.outcomes.items(), key=lambda pair: -pair[1]):
        print(f"{number:7} {name}")
    seconds, slow, number = tally.slowest
    print(f"{given.count} inputs from {len(files)} files, seed {given.seed}, {time.perf_counter() - begun:.0f} s")
    print(f"slowest: {seconds:.2f} s (input {number}, from {slow}); failures: {len(tally.failures)}")
    for name, number, data, trace in tally.failures[:20]:
        print(f"\ninput {number}, from {name}, {len(data)} bytes\n{trace}")
        if given.keep:
            given.keep.mkdir(parents=True, exist_ok=True)
            (given.keep / f"{number}-{name}").write_bytes(data)
    return 1 if tally.failures else 0


if __name__ == "__main__":
    sys.exit(main())
