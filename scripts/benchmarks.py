"""Measures against public data with human labels; nothing that is shipped was fitted to them.

`--uptake uptake_data.csv` (Demszky et al. 2021, MIT): rank correlation with the raters of how far a teacher takes up
what a student said. `--chats de_client_02.json` (MAIA-DQE, CC BY-ND): how well the coach's faults tell the turns of the
agent that people marked down (understanding, sensibleness or politeness 0, or interaction quality of at most 2).
"""

import argparse
import csv
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from coach.check import check
from coach.model import Speaker, Transcript, Turn
from coach.rules import load_rules
from coach.understand import understand
from coach.understand.kin import Kin, Known
from coach.understand.questions import questions
from coach.understand.uptake import content, share, uptake, weight_taken_up
from coach.understand.words import words_of


def ranks(values: Sequence[float]) -> np.ndarray:
    """Ranks, equal values sharing their mean."""
    given = np.asarray(values, dtype=float)
    order = np.argsort(given, kind="stable")
    placed = np.empty(len(given))
    placed[order] = np.arange(1, len(given) + 1)
    for value in np.unique(given):
        same = given == value
        placed[same] = placed[same].mean()
    return placed


def spearman(one: Sequence[float], other: Sequence[float]) -> float:
    """Spearman's rank correlation."""
    return float(np.corrcoef(ranks(one), ranks(other))[0, 1])


def area(scores: Sequence[float], truth: Sequence[bool]) -> float:
    """The area under the ROC curve."""
    placed, marked = ranks(scores), np.asarray(truth)
    hits = int(marked.sum())
    return float((placed[marked].sum() - hits * (hits + 1) / 2) / (hits * (len(marked) - hits)))


def measure_uptake(path: Path) -> None:
    """Prints the correlations."""
    with path.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["uptake_zscore"]]
    rated = [float(row["uptake_zscore"]) for row in rows]
    pairs = [(words_of(row["student_text"], "en"), words_of(row["teacher_text"], "en")) for row in rows]
    columns: dict[str, list[float]] = {name: [] for name in ("share", "uptake", "weight", "length", "asks", "content")}
    for said, reply in pairs:
        mine, theirs = set(said.words), set(reply.words)
        columns["share"].append(len(mine & theirs) / max(1, len(mine)))
        columns["uptake"].append(uptake(said.words, reply.words, "en"))
        columns["weight"].append(weight_taken_up(said.words, reply.words, "en"))
        columns["length"].append(len(reply.words))
        columns["asks"].append(len(questions(reply, "en")))
        columns["content"].append(_content_taken_up(said.words, reply.words))
    print(f"{len(rows)} rated exchanges")
    print(f"  share of words that come back (baseline)   {spearman(columns['share'], rated):.3f}")
    print(f"  signal `taken-up`, never fitted to them    {spearman(columns['weight'], rated):.3f}")
    print(f"  signal `uptake`, never fitted to them      {spearman(columns['uptake'], rated):.3f}")
    print(f"  all measurements, cross-validated on them  {spearman(_cross_validated(columns, rated), rated):.3f}")


def _content_taken_up(before: Sequence[str], words: Sequence[str]) -> float:
    """The share of the reply's words with content that come back."""
    said, replied = content(before, "en"), content(words, "en")
    kin = Kin([*said, *replied])
    return share(replied, Known(replied, kin).again(Known(said, kin)))


def _cross_validated(columns: dict[str, list[float]], rated: Sequence[float]) -> list[float]:
    """Predictions of a forest for each tenth that it has not seen."""
    from sklearn.ensemble import ExtraTreesRegressor
    from sklearn.model_selection import KFold, cross_val_predict

    x = np.array(list(columns.values())).T
    forest = ExtraTreesRegressor(300, min_samples_leaf=5, random_state=7)
    return list(cross_val_predict(forest, x, np.asarray(rated), cv=KFold(10, shuffle=True, random_state=7)))


def measure_chats(path: Path) -> None:
    """Prints how well faults tell marked turns from others."""
    book = load_rules()
    faults: list[float] = []
    sure: list[float] = []
    marked: list[bool] = []
    for chat in json.loads(path.read_text(encoding="utf-8")):
        turns, labels = _turns(chat["turns"])
        speakers = (Speaker(label="inbound", role="customer"), Speaker(label="outbound", role="agent"))
        talk = understand(
            Transcript(path=chat["id"], format="chat", turns=tuple(turns), speakers=speakers, language="de"), book
        )
        found, good = check(talk, book, report_language="de")
        for item in talk.utterances:
            label = labels.get(item.turn.number)
            if label is None or item.role != "agent":
                continue
            likely = [
                value
                for name, value in item.signals.items()
                if name in ("likely-passed-over", "likely-left-open", "likely-recited", "likely-thin-answer")
            ]
            faults.append(max(likely, default=0))
            counted = sum(f.turn == item.turn.number and f.confidence != "low" for f in found)
            sure.append(counted - 0.5 * sum(s.turn == item.turn.number for s in good))
            marked.append(label)
    print(f"{len(marked)} turns of the agent, {sum(marked)} marked down by people")
    print(f"  findings less strengths at the turn        AUC {area(sure, marked):.3f}")
    print(f"  probability that it does not listen        AUC {area(faults, marked):.3f}")


def _turns(given: Sequence[dict[str, object]]) -> tuple[list[Turn], dict[int, bool]]:
    """Turns of one speaker each, and by number whether people marked them down; None where nobody judged."""
    turns: list[Turn] = []
    labels: dict[int, bool] = {}
    for item in given:
        agent = item["floor"] == "outbound"
        lines = item["text_mt"] if agent else item["text_src"]
        text = " ".join(str(line) for line in lines if str(line).strip())  # type: ignore[attr-defined]
        if turns and turns[-1].speaker == item["floor"]:
            turns[-1] = Turn(number=len(turns), speaker=str(item["floor"]), text=f"{turns[-1].text} {text}")
        else:
            turns.append(Turn(number=len(turns) + 1, speaker=str(item["floor"]), text=text))
        values = [item.get(name) for name in ("Understanding", "Sensibleness", "Politeness", "IQ")]
        if agent and all(isinstance(value, int) for value in values):
            one, two, three, quality = (int(value) for value in values)  # type: ignore[call-overload]
            if 1 <= quality <= 5 and {one, two, three} <= {0, 1}:
                labels[len(turns)] = labels.get(len(turns), False) or 0 in (one, two, three) or quality <= 2
    return turns, labels


def main() -> None:
    """Prints what the given files allow."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--uptake", type=Path)
    parser.add_argument("--chats", type=Path)
    options = parser.parse_args()
    if options.uptake:
        measure_uptake(options.uptake)
    if options.chats:
        measure_chats(options.chats)


if __name__ == "__main__":
    main()
