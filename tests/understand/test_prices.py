"""What in a turn is about a price."""

import pytest

from coach.model import Language
from coach.understand.counted import Counted
from coach.understand.prices import prices
from coach.understand.words import words_of


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("Dann mach ich sechsacht. Kommen Sie.", "de"),
        ("Vierundzwanzig achtzig, und die Fahrt geht auf mich.", "de"),
        ("Da kommen wir Ihnen mit einem Nachlass entgegen.", "de"),
        ("Was verlangen die denn?", "de"),
        ("Seven nine, and that's me done.", "en"),
        ("Call it one-sixty for you.", "en"),
        ("What's Stackwell asking per seat?", "en"),
        ("2.600. Nein, warten Sie.", "de"),
    ],
)
def test_sums_and_words_of_price_are_counted(said: str, language: Language) -> None:
    """In digits, in words, in compounds, and as people say them."""
    assert prices(Counted([words_of(said, language).words]), language)[0] > 0


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("Wir könnten aber bei Ihnen bestimmt auch noch Geld rausholen", "de"),
        ("Ich habe da noch eine Frage und zwei Bitten.", "de"),
        ("I have one question, and then we are done.", "en"),
    ],
)
def test_other_turns_are_about_no_price(said: str, language: Language) -> None:
    """A small number alone is none."""
    assert prices(Counted([words_of(said, language).words]), language) == [0]
