"""Mangles the samples of every format and reads them: turns or a clear error, within seconds, or it is a mistake.

`scripts/fuzz 20000 7` makes that many inputs from a seed. A failing input is written to the folder for temporary files
and named; exit code 1.
"""

import json
import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from coach.errors import CoachError  # noqa: E402
from coach.read import read  # noqa: E402

SLOW = 5.0
"""Seconds for one small input that are a mistake, even on a busy machine."""
PIECES = (
    b"", b"\x00", b"\xff\xfe", b'"', b"{", b"}", b"[", b"]", b",", b":", b"-->", b"\n\n", b"<v ", b"</", b"&#0;",
    b"*A:\t", b"\t", b"NaN", b"1e999", b"-1", b"null", b"\\ud800", b"\xc3", b"\xe2\x80\xae", b"PT", b"99:99:99,999",
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
)  # fmt: skip
VALUES: tuple[Any, ...] = (
    None, True, -1, 0, 7, 1e308, "", "x", "-5", "NaN", "\ud800", "A\nB\x1b[31m", [], {}, [[]], [None], {"a": {}},
    10**30,
)  # fmt: skip


def samples() -> list[Path]:
    """Every file beside the tests of the readers, and the examples."""
    found = [
        path for path in (ROOT / "tests" / "read").rglob("*") if path.is_file() and path.suffix not in (".py", ".pyc")
    ]
    return sorted([*found, *(ROOT / "examples").glob("*.*")])


def mangled(data: bytes, chance: random.Random) -> bytes:
    """The bytes with up to four pieces cut out, doubled, moved or overwritten; at times the rest is lost."""
    for _ in range(chance.randint(1, 4)):
        at, length = chance.randrange(len(data) + 1), chance.choice((0, 1, 3, 20, 200))
        piece = data[at : at + length]
        kind = chance.randrange(5)
        if kind == 0:
            data = data[:at] + chance.choice(PIECES) + data[at + length :]
        elif kind == 1:
            data = data[:at] + piece * chance.randint(2, 50) + data[at + length :]
        elif kind == 2:
            to = chance.randrange(len(data) + 1)
            data = data[:to] + piece + data[to:]
        elif kind == 3:
            data = data[:at] + bytes(chance.randrange(256) for _ in range(min(length, 8))) + data[at + length :]
        elif chance.random() < 0.3:
            data = data[:at]
    return data


def changed(data: bytes, chance: random.Random) -> bytes:
    """The JSON with up to five values replaced, left out or doubled."""
    document = json.loads(data)
    for _ in range(chance.randint(1, 5)):
        inner, way = document, 0
        while isinstance(inner, dict | list) and inner and way < 12:
            keys = list(inner) if isinstance(inner, dict) else list(range(len(inner)))
            key: Any = chance.choice(keys)
            below = inner[key]
            if not isinstance(below, dict | list) or chance.random() < 0.25:
                if chance.random() < 0.3:
                    del inner[key]
                else:
                    inner[key] = json.loads(json.dumps(chance.choice(VALUES)))
                break
            inner, way = below, way + 1
    return json.dumps(document).encode()


def outcome(data: bytes, path: str, chance: random.Random) -> str:
    """What became of the input; `FAILED` with the traceback where it was neither read nor refused."""
    begin = time.perf_counter()
    choice: dict[str, bool] = chance.choice(({}, {"one_sided": True}, {"alternate": True}))
    try:
        transcript = read(data, path=path, **choice)
        for turn in transcript.turns:
            turn.text.encode()
            turn.speaker.encode()
        found = f"read as {transcript.format}"
    except CoachError as error:
        told = f"{error}".encode(errors="replace") == f"{error}".encode(errors="ignore")
        found = "refused" if error.message and told else f"FAILED: an error that cannot be printed, {error!r}"
    except BaseException:  # noqa: BLE001 - that is what is looked for
        found = f"FAILED\n{traceback.format_exc()}"
    taken = time.perf_counter() - begin
    return found if taken < SLOW else f"FAILED: {taken:.1f} seconds"


def main(count: int, seed: int) -> int:
    """Prints what became of the inputs; 1 where one was neither read nor refused."""
    files = samples()
    chance = random.Random(seed)  # noqa: S311 - the same inputs every time
    counts: Counter[str] = Counter()
    for number in range(count):
        file = files[number % len(files)]
        whole = file.suffix == ".json" and chance.random() < 0.6
        given = file.read_bytes()
        data = changed(given, chance) if whole else mangled(given, chance)
        found = outcome(data, f"x{file.suffix}", chance)
        counts[found.split("\n")[0]] += 1
        if found.startswith("FAILED"):
            kept = Path(tempfile.gettempdir()) / f"coach-fuzz-{seed}-{number}{file.suffix}"
            kept.write_bytes(data)
            print(f"{kept} (from {file.name}): {found}")
    for found, times in counts.most_common():
        print(f"{times:>7}  {found}")
    return int(any(found.startswith("FAILED") for found in counts))


if __name__ == "__main__":
    given = [int(value) for value in sys.argv[1:3]]
    sys.exit(main(given[0] if given else 20_000, given[1] if len(given) > 1 else 7))
