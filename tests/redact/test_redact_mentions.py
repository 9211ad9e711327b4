"""What is personal in made-up calls gets a placeholder, and little else: no worse than measured."""

import importlib.util
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from coach.model import Speaker, Transcript, Turn
from coach.redact.call import redaction_of

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def measure() -> ModuleType:
    """The script that measures."""
    spec = importlib.util.spec_from_file_location("redaction", ROOT / "scripts" / "redaction.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["redaction"] = module
    spec.loader.exec_module(module)
    return module


def test_recall_and_precision_are_as_stated(measure: ModuleType) -> None:
    """Also on the calls that nobody looked at; what has a form of its own is found throughout."""
    tally: Counter[tuple[str, ...]] = Counter()
    for call in measure.marked_calls(measure.MENTIONS.read_text(encoding="utf-8")):
        measure.counted(call, tally, [])

    def share(group: str, kind: str, good: str, bad: str) -> float:
        return tally[group, kind, good] / (tally[group, kind, good] + tally[group, kind, bad])

    seen, unseen = "seen while mending", "not seen"
    assert share(seen, "name", "hit", "miss") >= 0.95
    assert share(unseen, "name", "hit", "miss") >= 0.78
    assert share(unseen, "name de written", "hit", "miss") >= 0.87
    assert share(unseen, "name de written other", "hit", "miss") >= 0.58
    assert min(share(group, "name", "right", "wrong") for group in (seen, unseen)) >= 0.96
    for kind in ("phone", "email", "birthday", "address"):
        assert share(unseen, kind, "hit", "miss") == 1.0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Das ist für meine Tochter Rieke, die ist acht.", "Das ist für meine Tochter [NAME-1], die ist acht."),
        ("Frau Roth, geborene Maus, wohnt dort.", "Frau [NAME-1], geborene [NAME-2], wohnt dort."),
        ("Ich bin der Marcel vom Rettungsverein.", "Ich bin der [NAME-1] vom Rettungsverein."),
        ("Da war ein gewisser Storch, Familie Rabe auch.", "Da war ein gewisser [NAME-1], Familie [NAME-2] auch."),
        ("Ich hab bei Dittmann gefragt.", "Ich hab bei [NAME-1] gefragt."),
        ("Bei den Pumpen hilft Kältemittel, mit Bremsweg.", "Bei den Pumpen hilft Kältemittel, mit Bremsweg."),
        ("Meine Mutter Kirche und Chor, das geht nicht.", "Meine Mutter Kirche und Chor, das geht nicht."),
        ("Ja, Montag. Gut, Danke.", "Ja, Montag. Gut, Danke."),
    ],
)
def test_signs_beside_a_name(text: str, expected: str) -> None:
    """Kinship, maiden names and what no vocabulary holds tell a name; what stands beside them by chance is none."""
    turns = (
        Turn(number=1, speaker="A", text="Guten Tag."),
        Turn(number=2, speaker="B", text="Guten Tag."),
        Turn(number=3, speaker="A", text="Was kann ich tun?"),
        Turn(number=4, speaker="B", text=text),
    )
    call = Transcript(path="x", format="text", turns=turns, speakers=(Speaker(label="A"), Speaker(label="B")))

    assert redaction_of(call, "de").turn(4) == expected
