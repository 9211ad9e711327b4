"""Measures the speed of the tool against the bounds it promises, and prints a table.

Every bound is a ratio within this run, or seconds on top of another measurement; the least of several runs counts.
Exit code 1 where a bound is missed.
"""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

RUNS = 5
Row: TypeAlias = tuple[str, float, float, str]
"""What is measured, the figure, its bound, and the unit."""
TALK = (
    ("Berater", "Guten Tag, Frau Weber, hier ist Jonas Krüger von den Stadtwerken. Worum geht es Ihnen heute?"),
    (
        "Kundin",
        "Ich hab da eine Rechnung bekommen, die ist doppelt so hoch wie letztes Jahr, und ich versteh nicht warum.",
    ),
    ("Berater", "Das tut mir leid, das schaue ich mir sofort an. Haben Sie die Rechnungsnummer zur Hand?"),
    ("Kundin", "Ja, Moment, die 4711 ist das. Aber wir waren doch drei Wochen gar nicht da, das kann nicht stimmen."),
    ("Berater", "Verstehe. Wir haben außerdem gerade einen neuen Tarif, der wäre bestimmt interessant für Sie."),
    ("Kundin", "Nein, kein Interesse. Ich möchte erst mal wissen, was mit der Rechnung ist!"),
)


def talk(turns: int) -> str:
    """A call of that many turns; a number in each keeps them apart."""
    return "".join(
        f"{TALK[at % len(TALK)][0]}: {TALK[at % len(TALK)][1]} ({at // 6} von {turns})\n" for at in range(turns)
    )


def recognised(hours: float) -> str:
    """A WhisperX file of that length: every word twice with time, score and speaker, about 2 MB an hour."""
    chance = random.Random(7)  # noqa: S311 - no secret, the same file every time
    words = [word for _, text in TALK for word in text.split()]
    segments: list[dict[str, object]] = []
    every: list[dict[str, object]] = []
    now, speaker = 0.0, 0
    while now < hours * 3600:
        said = []
        for _ in range(chance.randint(4, 22)):
            end = now + chance.uniform(0.15, 0.45)
            times = {"start": round(now, 3), "end": round(end, 3), "score": round(chance.uniform(0.45, 1), 3)}
            said.append({"word": chance.choice(words), **times, "speaker": f"SPEAKER_0{speaker}"})
            now = end + 0.04
        text = " " + " ".join(str(word["word"]) for word in said)
        who = {"words": said, "speaker": f"SPEAKER_0{speaker}"}
        segments.append({"start": said[0]["start"], "end": said[-1]["end"], "text": text, **who})
        every += said
        now += chance.uniform(0.1, 1.2)
        speaker = 1 - speaker if chance.random() < 0.7 else speaker
    return json.dumps({"segments": segments, "word_segments": every, "language": "de"}, ensure_ascii=False)


READING = """
import resource, sys, time
import coach.call, coach.read
unit = 1024 * 1024 if sys.platform == "darwin" else 1024
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
idle, begin = peak(), time.perf_counter()
coach.read.read_path(sys.argv[1])
print(time.perf_counter() - begin, peak() - idle)
"""


def reading(path: Path) -> tuple[float, float]:
    """Seconds and MB above idle that it takes to read a file, without start-up and review; the least of three."""
    command = [sys.executable, "-P", "-c", READING, str(path)]
    runs = [subprocess.run(command, check=True, capture_output=True, text=True).stdout.split() for _ in range(3)]
    return min(float(run[0]) for run in runs), min(float(run[1]) for run in runs)


def seconds(command: Sequence[str], *, runs: int = RUNS, warm: bool = True) -> tuple[float, float]:
    """The least wall time of several runs, and the peak memory of the child processes so far in MB."""
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", "PYTHONHASHSEED": "0"}
    if warm:
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL, env=environment)
    best = float("inf")
    for _ in range(runs):
        begin = time.perf_counter()
        done = subprocess.run(command, check=False, stdout=subprocess.DEVNULL, env=environment)
        best = min(best, time.perf_counter() - begin)
        if done.returncode != 0:
            sys.exit(f"{' '.join(command)} ended with {done.returncode}.")
    return best, _peak(resource.RUSAGE_CHILDREN)


def _peak(who: int) -> float:
    scale = 1024 * 1024 if sys.platform == "darwin" else 1024
    return resource.getrusage(who).ru_maxrss / scale


def one_call(python: Sequence[str], coach: Sequence[str], folder: Path) -> list[Row]:
    """Start-up, and calls of an hour and of ten."""
    calls = {turns: folder / f"{turns}.txt" for turns in (30, 600, 2000, 6000)}
    for turns, path in calls.items():
        path.write_text(talk(turns), encoding="utf-8")
    review = {turns: [*coach, "review", str(path), "--format", "json", "--no-cache"] for turns, path in calls.items()}
    libraries, _ = seconds([*python, "-c", "import typer, rich"])
    help_, _ = seconds([*coach, "--help"])
    blank, _ = seconds([*python, "-c", "import spacy; spacy.blank('de')"])
    short, _ = seconds(review[30])
    hour, memory = seconds(review[600])
    ten_hours, _ = seconds(review[6000], runs=2)
    page = ["--format", "html", "--output", str(folder / "page.html")]
    short_page, _ = seconds([*review[30][:-3], *page, "--no-cache"])
    long_page, _ = seconds([*review[2000][:-3], *page, "--no-cache"])
    words = folder / "whisperx.json"
    words.write_text(recognised(10), encoding="utf-8")
    read_time, read_memory = reading(words)
    print(f"ten hours of WhisperX: {words.stat().st_size / 1e6:.1f} MB")
    print(f"help {help_:.2f} s, spacy.blank {blank:.2f} s")
    print(f"reviews: 30 turns {short:.2f} s, 600 turns {hour:.2f} s, 6000 turns {ten_hours:.2f} s")
    print(f"pages with placeholders: 30 turns {short_page:.2f} s, 2000 turns {long_page:.2f} s")
    return [
        ("coach --help / import typer, rich", help_ / libraries, 4.0, "times"),
        ("review of 30 turns / spacy.blank", short / blank, 2.5, "times"),
        ("600 turns on top of 30 turns", hour - short, 1.0, "s"),
        ("6000 turns / 600 turns, start-up apart", (ten_hours - short) / max(hour - short, 0.001), 11.0, "times"),
        ("page of 2000 turns on top of 30 turns", long_page - short_page, 2.0, "s"),
        ("peak memory up to 600 turns", memory, 400.0, "MB"),
        ("reading WhisperX of ten hours", read_time, 3.0, "s"),
        ("memory above idle for it", read_memory, 150.0, "MB"),
    ]


def many_calls(coach: Sequence[str], folder: Path, *, calls: int) -> list[Row]:
    """A folder of calls of twenty turns: cold, warm, and how much of a second processor is used."""
    halves = [folder / name for name in ("first", "second")]
    for at in range(calls):
        path = halves[at * 2 // calls] / f"{at:05}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(talk(20).replace("4711", str(10_000 + at)), encoding="utf-8")
    output = ["--format", "json", "--output"]
    whole = [*coach, "review", *map(str, halves), *output, str(folder / "whole.json")]
    begin = time.perf_counter()
    apart = [
        subprocess.Popen([*coach, "review", str(half), "--no-cache", "--jobs", "1", *output, f"{half}.json"])
        for half in halves
    ]
    if any(process.wait() for process in apart):
        sys.exit("A review of half the calls failed.")
    alone = time.perf_counter() - begin
    cold, _ = seconds([*whole, "--jobs", "2"], runs=1, warm=False)
    warm, _ = seconds(whole, runs=3)
    lines, _ = seconds(whole[:-4], runs=3)
    print(f"{calls} calls: two processes {alone:.1f} s, two workers {cold:.1f} s, warm {warm:.2f} / {lines:.2f} s")
    share = calls / 1000
    return [
        ("1,000 calls of 20 turns, cold, two workers", cold / share, 30.0, "s"),
        ("1,000 calls, warm, terminal", lines / share, 1.5, "s"),
        ("1,000 calls, warm, JSON", warm / share, 1.5, "s"),
        ("two workers / two processes on half each", cold / alone, 1 / 0.85, "times"),
    ]


def memory(coach: Sequence[str], folder: Path, *, calls: int) -> list[Row]:
    """The peak of a warm run over all calls against one over a tenth of them."""
    program = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL); "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    few, listed = folder / "few", [str(path) for path in sorted((folder / "first").iterdir())]
    few.write_text("\n".join(listed[: calls // 10]), encoding="utf-8")
    peaks = []
    for what in (["--files-from", str(few)], [str(folder / "first"), str(folder / "second")]):
        command = [*coach, "review", *what, "--format", "json", "--output", str(folder / "m.json")]
        done = subprocess.run([sys.executable, "-c", program, *command], check=True, capture_output=True, text=True)
        peaks.append(int(done.stdout) / 1024)
    print(f"warm peak memory: {calls // 10} calls {peaks[0]:.0f} MB, {calls} calls {peaks[1]:.0f} MB")
    return [(f"memory of {calls} calls / of a tenth of them", peaks[1] / peaks[0], 1.5, "times")]


def main() -> int:
    """Prints the table; 1 where a bound is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--calls", type=int, default=1000, help="how many calls the folder has (1000); figures are scaled"
    )
    parser.add_argument("--only", choices=("one", "many"), help="only one call, or only many")
    options = parser.parse_args()
    python = [sys.executable, "-P"]
    coach = [*python, "-m", "coach"]
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["COACH_CACHE"] = str(folder / "cache")
        if options.only != "many":
            rows += one_call(python, coach, folder)
        if options.only != "one":
            rows += many_calls(coach, folder, calls=options.calls)
            rows += memory(coach, folder, calls=options.calls)
    for what, value, bound, unit in rows:
        verdict = "ok" if value <= bound else "MISSED"
        print(f"{what:<46} {value:>8.2f} {unit:<5} at most {bound:.3g} {unit:<5} {verdict}")
    return int(any(value > bound for _, value, bound, _ in rows))


if __name__ == "__main__":
    sys.exit(main())
