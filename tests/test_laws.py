"""Every rule obeys the five laws; and the laws see what breaks them, shown on three tiny rules."""

from functools import lru_cache
from pathlib import Path
from shutil import copytree

import pytest

from coach.examples import LAWS, NEEDED, Bench, act_breaches, breaches, needed, without_examples
from coach.model import DIMENSIONS, Language
from coach.needed import lacking
from coach.rulebook import shipped_rules
from coach.rules import LANGUAGES, load_rules

TINY = Path(__file__).parent / "tiny"
SHIPPED = sorted(path.stem for name in DIMENSIONS for path in (shipped_rules() / name).glob("*.yml"))
ACTS = sorted(path.stem for path in (shipped_rules() / "acts").glob("*.yml"))


@lru_cache(maxsize=1)
def shipped() -> Bench:
    """The shipped rules; their examples are understood once for all tests."""
    return Bench(book=load_rules(examples=True))


def said(found: object) -> str:
    """The breaches as a person would read them."""
    assert isinstance(found, list)
    return "\n".join(
        f"{item.place}: {item.message}" + "".join(f"\n    {line}" for line in item.dialogue) for item in found
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("law", [law for law in LAWS if law != NEEDED])
@pytest.mark.parametrize("rule", SHIPPED)
def test_shipped_rule_obeys(rule: str, law: int, language: Language) -> None:
    """Laws 1, 2, 3 and 5 hold for each rule in each language."""
    found = list(LAWS[law](shipped().book.rules[rule], language, shipped()))
    assert not found, said(found)


@pytest.mark.parametrize("rule", SHIPPED)
def test_shipped_rule_needs_every_condition(rule: str) -> None:
    """Law 4 holds for each rule, over the examples of both languages."""
    found = list(needed(shipped().book.rules[rule], shipped()))
    assert not found, said(found)


@pytest.mark.parametrize("rule", SHIPPED)
def test_shipped_rule_has_examples_of_both_sorts_in_both_languages(rule: str) -> None:
    """Without examples the laws would hold for want of cases."""
    assert without_examples(shipped().book.rules[rule]) == ()


@pytest.mark.parametrize("act", ACTS)
def test_shipped_act_is_told_by_its_cues(act: str) -> None:
    """An act's own example turns are told apart by its phrases."""
    found = list(act_breaches(shipped(), [act]))
    assert not found, said(found)


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A copy of the tiny rules, to be changed."""
    return copytree(TINY, tmp_path / "tiny")


def messages(folder: Path, law: int) -> list[str]:
    """What the law says about the tiny rules."""
    bench = Bench(book=load_rules(base=folder, examples=True))
    return [f"{item.rule}: {item.message}" for item in breaches(bench, bench.book.rules, laws=[law])]


def change(folder: Path, name: str, old: str, new: str) -> None:
    """Writes `new` in place of `old` wherever it stands in the file."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("law", LAWS)
def test_tiny_rules_obey(law: int) -> None:
    """The three tiny rules break none of the laws as they stand."""
    assert messages(TINY, law) == []


def test_law_1_sees_a_mark_at_the_wrong_turn(tiny: Path) -> None:
    """The message says where the rule should fire, where it does, and what each turn was taken for."""
    change(tiny, "eye-level/long-turn.yml", "*A: One two", "A: One two")
    change(tiny, "eye-level/long-turn.yml", "          C: Hello.", "          *C: Hello.")
    bench = Bench(book=load_rules(base=tiny, examples=True))
    (breach,) = breaches(bench, ["long-turn"])
    assert breach.message == "The rule must fire at turn 2, but fires at turn 1."
    assert breach.place.startswith("eye-level/long-turn.yml:")
    assert breach.language == "en"
    assert breach.dialogue[0].startswith("  1 A: One two")


def test_law_1_names_what_fires_beside(tiny: Path) -> None:
    """Where a rule stays silent, the others that hold in the example are named."""
    change(
        tiny, "respect/offer-after-no.yml", "*A: Here is an offer.", "*A: One two three four five six seven eight nine."
    )
    found = messages(tiny, 1)
    assert (
        "offer-after-no: The rule must fire at turn 2, but does not fire; beside it: long-turn at 2 (medium)." in found
    )


def test_law_2_sees_a_rule_that_holds_for_either_side(tiny: Path) -> None:
    """A rule that fires with the roles swapped breaks the law, unless it says why it may."""
    path = "eye-level/long-turn.yml"
    change(tiny, path, "        role: agent\n", "        role: customer\n")
    change(tiny, path, "*A: Eins", "A: Eins")
    change(tiny, path, "K: Hallo.", "*K: Hallo eins zwei drei vier fünf sechs sieben acht.")
    assert messages(tiny, 2) == [
        "long-turn: With the roles swapped, the rule fires at turn 2.",
        "long-turn: With the roles swapped, the rule fires at turn 1.",
    ]
    change(tiny, path, "settings:", "symmetric: both talk\nsettings:")
    assert messages(tiny, 2) == []


def test_law_3_sees_a_good_example_that_another_rule_faults(tiny: Path) -> None:
    """A good example that triggers another finding must name it."""
    path = "respect/offer-after-no.yml"
    change(
        tiny,
        path,
        "K: Hallo.\n          A: Hier ist ein Angebot.",
        "K: Hallo.\n          A: Ja also hier ist jetzt einmal ein Angebot für Sie.",
    )
    found = "offer-after-no: A good example triggers long-turn at turn 2; mend it, or name the rule under “also”."
    assert messages(tiny, 3) == [found]
    change(tiny, path, "Angebot für Sie.", "Angebot für Sie.\n        also: [long-turn]")
    assert messages(tiny, 3) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "what"),
    [
        (
            "respect/offer-after-no.yml",
            "any: [tiny-offer]",
            "any: [tiny-offer, tiny-thanks]",
            "“any: tiny-thanks” of the step “offer”",
        ),
        (
            "respect/offer-after-no.yml",
            "any: [tiny-no]}\n      - {name: offer",
            "any: [tiny-no], none: [tiny-deal]}\n      - {name: offer",
            "“none: tiny-deal” of the step “refused”",
        ),
        ("respect/offer-after-no.yml", "report: false", "report: true", "“report” of the step “offer”"),
        (
            "respect/offer-after-no.yml",
            "any: [tiny-offer]",
            "any: [tiny-offer], signals: {words: {least: 1}}",
            "“words: least 1” of the step “offer”",
        ),
        (
            "respect/offer-after-no.yml",
            "  - confidence: high\n",
            "  - confidence: high\n    call: {turns: {least: 1}}\n",
            "“turns: least 1” of the call",
        ),
        ("respect/offer-after-no.yml", "ways:", "once: first\nways:", "“once: first”"),
        ("respect/offer-after-no.yml", "ways:", "yields-to: [long-turn]\nways:", "“yields-to: long-turn”"),
        (
            "respect/offer-after-no.yml",
            "examples:",
            "    until: {role: customer, any: [tiny-deal]}\nexamples:",
            "“until”",
        ),
        (
            "respect/offer-after-no.yml",
            "K: Und sonst?\n          A: Hier ist ein Angebot.",
            "K: Und sonst?",
            "“within: 1” of the step “offer”",
        ),
        (
            "eye-level/long-turn.yml",
            "K: Eins zwei drei vier fünf sechs sieben acht neun.",
            "K: Eins.",
            "“role: agent” of the step “talk”",
        ),
        ("care/deal-without-thanks.yml", "K: Wie gesagt, abgemacht.", "K: Wie gesagt.", "“once: first”"),
        (
            "care/deal-without-thanks.yml",
            "      - call: |\n          K: Abgemacht.\n          A: Fein.\n",
            "",
            "“whole-call”",
        ),
    ],
)
def test_law_4_sees_a_condition_that_no_example_needs(tiny: Path, name: str, old: str, new: str, what: str) -> None:
    """Whatever could be dropped unnoticed is named."""
    change(tiny, name, old, new)
    change_english = {"eye-level/long-turn.yml": "C: One two three four five six seven eight nine."}
    if name in change_english:
        change(tiny, name, change_english[name], "C: One.")
    rule = Path(name).stem
    found = [message for message in messages(tiny, NEEDED) if message.startswith(rule)]
    assert f"{rule}: No example needs {what}: add one that does, or leave it out." in found


def test_law_4_sees_an_absent_step_that_never_matters(tiny: Path) -> None:
    """An absent step whose turn never comes in an example could be dropped."""
    change(
        tiny,
        "care/deal-without-thanks.yml",
        "          K: Ja.\n          A: Danke.",
        "          K: Kein Interesse.\n          A: Ja.",
    )
    change(
        tiny,
        "care/deal-without-thanks.yml",
        "C: It is a deal.\n          A: Thank you.",
        "C: Hello.\n          A: Thank you.",
    )
    change(
        tiny,
        "care/deal-without-thanks.yml",
        "K: Abgemacht.\n          A: Fein.\n          K: Kein",
        "K: Ja.\n          A: Fein.\n          K: Kein",
    )
    assert (
        "deal-without-thanks: No example needs the absent step “thanks”: add one that does, or leave it out."
        in messages(tiny, NEEDED)
    )


def test_law_4_does_not_ask_for_what_says_nothing() -> None:
    """Roles that acts or adjacency imply, and the first step's default window, are no conditions."""
    book = load_rules(base=TINY)
    assert [what for what, _ in lacking(book.rules["offer-after-no"], book)] == [
        "“any: tiny-no” of the step “refused”",
        "“any: tiny-offer” of the step “offer”",
        "“within: 1” of the step “offer”",
    ]


def test_law_5_sees_advice_that_does_not_help(tiny: Path) -> None:
    """Better turns at which the rule still fires, or something new is found, are no better."""
    path = "respect/offer-after-no.yml"
    change(tiny, path, "better: {2: In Ordnung.}", "better: {2: Noch ein Angebot.}")
    assert messages(tiny, 5) == ["offer-after-no: With the better turns in place, the rule still fires at turn 2."]
    change(
        tiny, path, "better: {2: Noch ein Angebot.}", "better: {2: Eins zwei drei vier fünf sechs sieben acht neun.}"
    )
    assert messages(tiny, 5) == [
        "offer-after-no: With the better turns in place, something new is found: long-turn at turn 2."
    ]
    change(tiny, path, "better: {2: Eins zwei drei vier fünf sechs sieben acht neun.}", "better: {1: Ja.}")
    assert messages(tiny, 5) == ["offer-after-no: “better” names turn 1, which is no turn of the agent."]
    change(tiny, path, "        better: {1: Ja.}\n", "")
    assert messages(tiny, 5) == ["offer-after-no: The example lacks “better”: the agent's turns as they should be."]


def test_an_act_whose_cues_miss_its_example_is_named(tiny: Path) -> None:
    """`has` turns must be recognised and `lacks` turns must not, by cues alone."""
    change(tiny, "acts/tiny-no.yml", "has: [Kein Interesse.]", "has: [Nö.]")
    change(tiny, "acts/tiny-no.yml", "lacks: [With pleasure.]", "lacks: [I am not interested.]")
    bench = Bench(book=load_rules(base=tiny, examples=True))
    assert [item.message for item in act_breaches(bench, bench.book.acts)] == [
        "The act is not recognised in “Nö.”.",
        "The act is recognised in “I am not interested.”.",
    ]


def test_a_rule_without_examples_in_one_language_is_named(tiny: Path) -> None:
    """Each language needs an example that fires and one that stays silent."""
    path = tiny / "eye-level/long-turn.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("  en:\n    bad:")], encoding="utf-8")
    assert without_examples(load_rules(base=tiny, examples=True).rules["long-turn"]) == ("en",)
