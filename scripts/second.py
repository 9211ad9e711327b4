"""How well a baseline holds when calls are written down a second time, as a speech recogniser would.

    .venv/bin/python scripts/second.py [FOLDER …]       default: corpus/calls/a01 … a03

For each call a second transcription is made: lower case, no punctuation, a share of the words misheard (another of
like length and initial), dropped, or followed by a filler; some short replies lost, so that turns run together; lines
moved; speakers renamed. Printed are the shares of old findings that stay old, and of new ones taken for old.
"""

import random
import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from coach.baseline import apply_baseline, load_baseline, write_baseline
from coach.call import review_transcript
from coach.config import Config
from coach.model import Review, Speaker, Transcript, Turn
from coach.read import read_path
from coach.rules import load_rules

FILLERS = {"de": ["äh", "ähm", "also", "ja"], "en": ["uh", "um", "well", "like"]}
LABELS = {"agent": "Berater", "customer": "Kunde", "other": "Dritter", "unknown": "Unbekannt"}
RATES = (0.0, 0.05, 0.1, 0.2)
Words = dict[str, list[str]]


def second(review: Review, words: Words, rate: float, chance: random.Random) -> tuple[Transcript, list[set[int]]]:
    """The call written down anew, and which turns of the first transcription each turn holds."""
    made: list[tuple[str, str, set[int]]] = []
    for item in review.conversation.utterances:
        said = re.findall(r"[\w'’-]+", item.turn.text.lower())
        if len(said) <= 2 and made and chance.random() < 0.3:
            continue
        heard = []
        for word in said:
            luck = chance.random()
            if luck < rate * 0.6:
                near = [other for other in words.get(word[:1], []) if abs(len(other) - len(word)) <= 2]
                heard.append(chance.choice(near or [word]))
            elif luck < rate * 0.8:
                pass
            elif luck < rate:
                heard += [word, chance.choice(FILLERS[review.conversation.language])]
            else:
                heard.append(word)
        label, text = LABELS[item.role], " ".join(heard)
        if made and made[-1][0] == label:
            made[-1] = (label, f"{made[-1][1]} {text}", made[-1][2] | {item.turn.number})
        else:
            made.append((label, text, {item.turn.number}))
    turns = tuple(
        Turn(number=number, speaker=label, text=text, line=number + 5)
        for number, (label, text, _) in enumerate(made, 1)
    )
    speakers = tuple(Speaker(label=label) for label in dict.fromkeys(turn.speaker for turn in turns))
    transcript = replace(review.conversation.transcript, turns=turns, speakers=speakers)
    return transcript, [of for _, _, of in made]


def counted(first: Review, now: Review, origins: Sequence[set[int]]) -> tuple[int, int, int, int]:
    """Old findings, those kept old, new findings, those taken for old."""
    left = [(item.rule, item.turn) for item in first.findings]
    old = kept = new = wrong = 0
    for item in now.findings:
        was = next((pair for pair in left if pair[0] == item.rule and pair[1] in origins[item.turn - 1]), None)
        if was is None:
            new, wrong = new + 1, wrong + (item.state == "baseline")
        else:
            left.remove(was)
            old, kept = old + 1, kept + (item.state == "baseline")
    return old, kept, new, wrong


def removed(first: Review, now: Review, origins: Sequence[set[int]]) -> tuple[int, int]:
    """Each finding taken out of the baseline in turn: how many can be told, how many are taken for another one."""
    told = wrong = 0
    for at, gone in enumerate(first.findings):
        rest = replace(first, findings=first.findings[:at] + first.findings[at + 1 :])
        (stated,) = apply_baseline([now], load_baseline(write_baseline([rest])))
        same = [item for item in stated.findings if item.rule == gone.rule and gone.turn in origins[item.turn - 1]]
        if len(same) == 1:
            told, wrong = told + 1, wrong + (same[0].state == "baseline")
    return told, wrong


def moved(review: Review) -> Review:
    """The same call under another path."""
    transcript = review.conversation.transcript
    path = f"moved/{transcript.path.replace('/', '-')}"
    return replace(review, conversation=replace(review.conversation, transcript=replace(transcript, path=path)))


def main(folders: Sequence[str]) -> None:
    """Prints a line for each share of wrong words."""
    root = Path(__file__).resolve().parent.parent
    chosen = [Path(folder) for folder in folders] or [
        root / "corpus" / "calls" / name for name in ("a01", "a02", "a03")
    ]
    book = load_rules()
    firsts = [
        review_transcript(read_path(str(path)), book, Config())
        for folder in chosen
        for path in sorted(folder.glob("*.txt"))
    ]
    words: dict[str, Words] = {}
    for review in firsts:
        own = words.setdefault(review.conversation.language, {})
        for item in review.conversation.utterances:
            for word in set(re.findall(r"[\w'’-]+", item.turn.text.lower())):
                own.setdefault(word[:1], []).append(word)
    baseline = load_baseline(write_baseline(firsts))
    settings = Config(agent=("Berater",), customer=("Kunde",))
    print(f"{len(firsts)} calls, {sum(len(review.findings) for review in firsts)} findings")
    for rate in RATES:
        chance = random.Random(7)  # noqa: S311  # the same calls every time
        made = [second(review, words[review.conversation.language], rate, chance) for review in firsts]
        nows = [review_transcript(transcript, book, settings) for transcript, _ in made]
        for name, seen in (("same path", nows), ("moved", [moved(review) for review in nows])):
            stated = apply_baseline(seen, baseline)
            sums = [counted(*three) for three in zip(firsts, stated, (of for _, of in made), strict=True)]
            old, kept, new, wrong = (sum(column) for column in zip(*sums, strict=True))
            print(f"{rate:4.0%} wrong words, {name:<9}  old kept old {kept}/{old}  new taken for old {wrong}/{new}")
        pairs = [removed(*three) for three in zip(firsts, nows, (of for _, of in made), strict=True)]
        told, wrong = (sum(column) for column in zip(*pairs, strict=True))
        print(f"{rate:4.0%} wrong words, each finding removed from the baseline: taken for another {wrong}/{told}")


if __name__ == "__main__":
    main(sys.argv[1:])
