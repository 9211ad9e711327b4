"""What a reply takes up, sentence by sentence."""

from collections.abc import Mapping, Sequence
from typing import Literal

from hypothesis import given
from hypothesis import strategies as st

from coach.model import Language, Role
from coach.understand.replies import COLUMNS, replied
from coach.understand.words import all_words

ROLES: tuple[Role, Role] = ("customer", "agent")


def of_reply(
    *turns: str, language: Language = "de", roles: Sequence[Role] | None = None, at: int = 1
) -> Mapping[str, int]:
    """The columns of a turn; customer and agent take turns, the customer first."""
    sides = roles if roles is not None else [ROLES[at % 2] for at in range(len(turns))]
    row = replied(all_words(list(turns), language), sides, language)[at]
    return dict(zip(COLUMNS, row.tolist(), strict=True))


def test_a_question_passed_over_shows_though_the_remark_beside_it_is_taken_up() -> None:
    """Uptake of the whole turn would hide it."""
    asked = "Der Garten macht viel Arbeit. Wann kommt denn das Angebot?"
    garden, offer = of_reply(asked, "So ein Garten macht Arbeit, ja."), of_reply(asked, "Das Angebot kommt am Montag.")

    assert garden["best"] == 100
    assert (garden["asked"], garden["last"]) == (0, 0)
    assert offer["asked"] > 0
    assert garden["asked-left"] > offer["asked-left"]


def test_what_was_left_and_is_said_again_counts() -> None:
    """The customer's next turn tells what was passed over."""
    first = ("How do I get my customer list out?", "The new one is faster.")
    again, other = of_reply(*first, "And my list, please?", language="en"), of_reply(*first, "Fine.", language="en")

    assert again["asked-again"] > other["asked-again"] == 0
    assert again["said-again"] == 1


def test_what_the_question_asks_for_is_told() -> None:
    """A when asks for a time, a why for a reason."""
    for language, said, column in (
        ("de", "Wann kommt jemand?", "asks-time"),
        ("de", "Warum dauert das so?", "asks-reason"),
        ("en", "How much does it cost?", "asks-amount"),
        ("en", "Is it safe?", "yes-no"),
    ):
        found = of_reply(said, "Mhm.", language="de" if language == "de" else "en")
        assert found[column] == 1
        assert found["questions"] == 1


def test_sentences_of_the_reply_that_take_nothing_up_are_counted() -> None:
    """Its own matters."""
    found = of_reply(
        "Mein Keller steht unter Wasser.", "Der Keller also. Unser Tarif ist günstig. Er kostet neun Euro."
    )

    assert (found["opening"], found["end"], found["own-matters"]) == (100, 0, 2)


def test_a_turn_after_one_of_its_own_side_is_no_reply() -> None:
    """Nor is the first turn."""
    same: list[Role] = ["agent", "agent"]

    assert not any(of_reply("Wann passt es?", "Montag?", roles=same).values())
    assert not any(of_reply("Wann passt es?", "Montag.", at=0).values())


@given(
    turns=st.lists(st.text(alphabet="abcdefgh wann?.,!9 ", max_size=60), max_size=6),
    language=st.sampled_from(("de", "en")),
)
def test_percentages_stay_percentages_and_a_turn_depends_on_its_neighbours_alone(
    turns: list[str], language: Literal["de", "en"]
) -> None:
    """Whatever is said, and whatever comes after the next turn."""
    roles = [ROLES[at % 2] for at in range(len(turns))]
    whole = replied(all_words(turns, language), roles, language)
    part = replied(all_words(turns[:3], language), roles[:3], language)

    assert whole.shape == (len(turns), len(COLUMNS))
    for name in ("best", "least", "last", "asked-again", "opening", "end"):
        values = whole[:, COLUMNS.index(name)]
        assert ((values >= 0) & (values <= 100)).all()
    assert (whole[:2] == part[:2]).all()
