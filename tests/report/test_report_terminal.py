"""The terminal report shows all that matters, at any width, in both languages, with and without colours."""
# minus signs, dashes and quotation marks as they are printed

import io
import itertools
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import Color
from rich.console import Console
from rich.style import Style
from rich.text import Text

from coach.model import DIMENSIONS, Language, Related, Review, Scorecard
from coach.report import REPORTERS, reporter
from coach.report.escape import clean
from coach.report.page import BAD, GOOD, HEAD, Page, bar
from coach.report.terminal import render
from coach.report.wording import (
    _TEXTS,
    KEYS,
    amount,
    band_text,
    counted,
    number,
    percent,
    quotation,
    say,
    signed,
)

GOLDEN = Path(__file__).parent / "golden"
ANSI = re.compile(r"\x1b\[[0-9;]*m")


def printed(
    *reviews: Review, width: int = 80, colour: bool = False, explain: bool = False, everything: bool = False,
    dialogue: bool = False,
) -> str:  # fmt: skip
    """What the report prints."""
    file = io.StringIO()
    console = Console(
        file=file,
        width=width,
        force_terminal=colour,
        color_system="256" if colour else None,
        no_color=not colour,
        legacy_windows=False,
    )
    render(reviews, console=console, explain=explain, everything=everything, dialogue=dialogue)
    return file.getvalue()


def compare(name: str, text: str, *, rewrite: bool) -> None:
    """The text is that of the golden file, which is written anew only when asked for."""
    path = GOLDEN / name
    if rewrite:
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("width", [80, 140])
@pytest.mark.parametrize("full", [False, True])
def test_the_report_is_the_golden_one(
    german: Review, english: Review, *, language: Language, width: int, full: bool, rewrite_golden: bool
) -> None:
    """As it is and with all options, at two widths, in both languages."""
    review = german if language == "de" else english
    text = printed(review, width=width, explain=full, everything=full, dialogue=full)

    compare(f"terminal-{language}-{width}{'-full' if full else ''}.txt", text, rewrite=rewrite_golden)


def test_several_calls_end_in_a_summary_that_does_not_rank(
    german: Review, flawless: Review, *, rewrite_golden: bool
) -> None:
    """In the order given, with the mean."""
    text = printed(german, flawless)

    compare("terminal-two.txt", text, rewrite=rewrite_golden)
    assert text.index("Alle Gespräche") > text.rindex("Kennzahlen")


def test_only_a_call_on_or_above_the_zero_line_is_one_to_learn_from(german: Review, flawless: Review) -> None:
    """What shone in a call below it makes no model of it."""
    good = replace(german, scorecard=replace(german.scorecard, overall=50.0))

    assert "Daraus lässt sich lernen" in printed(good, flawless)
    assert "Daraus lässt sich lernen" not in printed(german, flawless)


@pytest.mark.parametrize("width", [40, 61, 80, 110, 140, 300])
def test_no_line_is_wider_than_the_terminal_or_ends_in_spaces(
    german: Review, english: Review, flawless: Review, width: int
) -> None:
    """Also at a width that nobody uses."""
    for review in (german, english, flawless):
        text = printed(review, width=width, explain=True, everything=True, dialogue=True)

        assert max(Text(line).cell_len for line in text.splitlines()) <= width
        assert [line for line in text.splitlines() if line != line.rstrip()] == []


def test_colours_change_no_character(german: Review) -> None:
    """What is printed in colour is what is printed without: signs and words carry all meaning."""
    plain, coloured = printed(german), printed(german, colour=True)

    assert "\x1b[" not in plain
    assert "\x1b[" in coloured
    assert ANSI.sub("", coloured) == plain


@pytest.mark.parametrize("style", [GOOD, BAD, HEAD])
@pytest.mark.parametrize("ground", [(0, 0, 0), (255, 255, 255)])
def test_colours_are_legible_on_dark_and_on_light_ground(style: str, ground: tuple[int, int, int]) -> None:
    """A contrast of at least 3 to 1, which WCAG 2 asks of bold text and of graphics."""
    colour = Style.parse(style).color
    assert colour is not None

    assert _contrast(Color.parse(colour.name).get_truecolor(), ground) >= 3


def _contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    def luminance(colour: tuple[int, int, int]) -> float:
        parts = [part / 255 for part in colour]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_strengths_come_before_what_to_work_on(german: Review) -> None:
    """And the exercise comes last."""
    text = printed(german)
    order = ["Bewertungsbogen", "Das lief gut", "Daran arbeiten", "Kennzahlen", "Außerdem gefunden", "Übung"]

    assert sorted(order, key=text.index) == order


def test_each_thing_to_work_on_has_both_quotes_the_customers_first(german: Review) -> None:
    """With turn and line, why, and what is better."""
    part = printed(german).split("Daran arbeiten")[1].split("Kennzahlen")[0]

    for block in part.strip().split("\n\n"):
        joined = " ".join(block.split())
        assert joined.index("Kunde, Beitrag") < joined.index("Berater, Beitrag")
        assert joined.index("Warum:") < joined.index("Besser:")
    assert part.count("Warum:") == len(german.focus) == 3


def test_the_turn_before_is_quoted_where_the_finding_names_none(german: Review) -> None:
    """Pressure has no other step; the customer's words just before it show the situation."""
    alone = next(item for item in german.focus if item.cause == "pushing")
    assert alone.findings[0].related == ()
    block = printed(german).split("Druck aufgebaut")[1].split("\n\n")[0]

    assert "„Nochmal: Der Vertrag ist unterschrieben.“" in block


def test_unsure_findings_appear_only_with_everything(german: Review) -> None:
    """Otherwise a line tells where to look, and no more."""
    title = "Kein nächster Schritt"
    text = next(item.message for item in german.findings if item.title == title)

    assert title not in printed(german, dialogue=True).split("\nDas Gespräch ─")[1]
    assert f"1 unsicherer Befund, der nur wenig zählt: Beitrag 9: {title} (--all" in " ".join(printed(german).split())
    assert " ".join(text.split()) not in " ".join(printed(german).split())
    assert title in printed(german, everything=True)
    assert " ".join(text.split()) in " ".join(printed(german, everything=True).split())
    assert title in printed(german, everything=True, dialogue=True).split("\nDas Gespräch ─")[1]


def test_every_finding_and_strength_is_somewhere_in_the_full_report(english: Review) -> None:
    """Nothing is lost."""
    text = " ".join(printed(english, everything=True).split())

    for title in [item.title for item in english.findings] + [item.title for item in english.strengths]:
        assert title in text
    for name in DIMENSIONS:
        assert say(f"dimension-{name}", "en") in text


def test_dialogue_puts_findings_and_strengths_under_their_turns(german: Review) -> None:
    """Each under its own and before the next."""
    lines = printed(german, dialogue=True).split("\nDas Gespräch ─")[1].splitlines()
    starts = {
        number: next(i for i, line in enumerate(lines) if line.startswith(f"{number:>2}  ")) for number in range(1, 11)
    }

    assert any("+ Zum Fehler gestanden" in line for line in lines[starts[7] : starts[8]])
    assert any("- Angebot nach dem Nein (schwer)" in line for line in lines[starts[5] : starts[6]])


def test_explain_prints_a_column_that_adds_up(german: Review) -> None:
    """50 and all the points give the score."""
    part = printed(german, explain=True).split("So entsteht die Bewertung")[1].split("Rechenweg")[0]
    values = [
        float(found[1].replace(",", ".").replace("−", "-").replace("±", ""))
        for line in part.splitlines()
        if (found := re.search(r"\s([+−±]?\d+,\d)$", line))
    ]

    assert len(values) == len(german.scorecard.addends) + 2
    assert round(sum(values[:-1]), 1) == values[-1] == german.scorecard.overall


def test_a_flawless_ordinary_call_says_so(flawless: Review) -> None:
    """Nothing to object to, the score right on the zero line, no exercise."""
    text = printed(flawless, explain=True)

    assert "Genau auf der Nulllinie" in text
    assert "Nichts Wesentliches zu beanstanden, doch außerhalb des Richtwerts: Redeanteil" in text
    assert "nichts gefunden, was hebt oder senkt" in text
    assert "Übung" not in text


def test_nothing_to_work_on_names_only_figures_off_their_guide(flawless: Review) -> None:
    """Where all figures are within, there is no “but”."""
    text = printed(replace(flawless, metrics={**flawless.metrics, "agent_talk_share": 0.45}))

    assert "Nichts Wesentliches zu beanstanden." in text


def test_a_call_that_cannot_be_scored_says_so(flawless: Review) -> None:
    """And shows no bars."""
    nothing = replace(flawless, scorecard=Scorecard(overall=None, dimensions=dict.fromkeys(DIMENSIONS)))
    text = printed(nothing, explain=True)

    assert "nicht bewertbar" in text
    assert "█" not in text


def test_a_failed_call_names_the_rule(german: Review) -> None:
    """By its title."""
    failed = replace(german, scorecard=replace(german.scorecard, knocked_out_by="pressure"))

    assert "Nicht bestanden wegen: Druck aufgebaut" in printed(failed)


def test_markup_and_control_characters_of_a_transcript_are_printed_as_text(german: Review) -> None:
    """A quote cannot colour, move the cursor or vanish as markup."""
    evil = "[bold red]gar nicht[/] \x1b[2J\x9b1m :smile: \u202eumgekehrt\nzweite"
    related = (Related(step="said", turn=2, quote=evil, line=2),)
    findings = tuple(replace(item, related=related, quote=evil) for item in german.findings)
    text = printed(
        replace(german, findings=findings, focus=tuple(replace(item, findings=findings[:1]) for item in german.focus))
    )

    assert "[bold red]gar nicht[/] [2J1m :smile: umgekehrt zweite" in " ".join(text.split())
    assert {"\x1b", "\x9b", "\u202e"} & set(text) == set()


@given(text=st.text(max_size=60))
def test_cleaned_text_has_no_control_characters_and_one_line(text: str) -> None:
    """And cleaning twice changes nothing."""
    cleaned = clean(text)

    assert cleaned == clean(cleaned)
    assert all(char.isprintable() or char.isspace() or ord(char) > 0x9F for char in cleaned)
    assert len(cleaned.splitlines()) <= 1


@given(value=st.floats(0, 100), half=st.integers(1, 40))
def test_a_bar_grows_from_the_middle_and_keeps_its_width(value: float, half: int) -> None:
    """Left below the zero line, right above it."""
    page = Page(console=Console(file=io.StringIO(), width=80), language="de")
    text = bar(page, value, half).plain
    left, middle, right = text[:half], text[half], text[half + 1 :]

    assert len(text) == 2 * half + 1
    assert middle in "│|"
    assert not (set(left) & set("█#") and value >= 50)
    assert not (set(right) & set("█#") and value <= 50)


def test_a_terminal_without_unicode_gets_bars_of_plain_characters(german: Review) -> None:
    """Bars, lines and marks are ASCII; the words of the call are what they are."""

    class _Ascii(io.StringIO):
        encoding = "ascii"

    file = _Ascii()
    render([german], console=Console(file=file, width=80), explain=False, everything=False, dialogue=False)
    text = file.getvalue()

    assert set("█│─═·") & set(text.split("Das lief gut")[0].split("Bewertungsbogen")[1]) == set()


@pytest.mark.parametrize("key", KEYS)
def test_every_text_is_there_in_both_languages_with_the_same_places(key: str) -> None:
    """What is put into the German text is put into the English one."""
    german, english = _TEXTS[key]

    assert german
    assert english
    assert sorted(re.findall(r"\{\w+\}", german)) == sorted(re.findall(r"\{\w+\}", english))


def test_every_text_is_used() -> None:
    """A text that no report prints would grow stale."""
    source = "".join(path.read_text("utf-8") for path in Path(render.__code__.co_filename).parent.glob("*.py"))
    built = ("language-", "role-", "dimension-", "severity-", "confidence-")

    def used(key: str) -> bool:
        name = key.removesuffix("-1")
        return key.startswith(built) or source.count(f'"{name}"') + source.count(f"'{name}'") > 1

    assert [key for key in KEYS if not used(key)] == []


@pytest.mark.parametrize(
    ("write", "german", "english"),
    [
        (lambda language: number(1234.56, language), "1.234,6", "1,234.6"),
        (lambda language: number(-0.04, language), "0,0", "0.0"),
        (lambda language: number(-3, language, digits=0), "−3", "−3"),
        (lambda language: signed(2.5, language), "+2,5", "+2.5"),
        (lambda language: signed(0, language), "±0,0", "±0.0"),
        (lambda language: percent(0.434, language), "43\u00a0%", "43%"),
        (lambda language: amount(1, "words", language), "1 Wort", "1 word"),
        (lambda language: amount(61.2, "seconds", language), "61 Sekunden", "61 seconds"),
        (lambda language: amount(0.25, "seconds", language), "0,2 Sekunden", "0.2 seconds"),
        (lambda language: counted("turns", 1, language), "1 Beitrag", "1 turn"),
        (lambda language: quotation('Das "Paket" da', language), "„Das ‚Paket‘ da“", "“Das ‘Paket’ da”"),
    ],
)
def test_numbers_and_quotations_follow_the_language(
    write: Callable[[Language], str], german: str, english: str
) -> None:
    """Decimal comma and „“ in German, decimal point and “” in English."""
    assert (write("de"), write("en")) == (german, english)


def test_bands_are_written_as_a_range_or_a_bound(german: Review) -> None:
    """Both bounds, one, or none."""
    texts = [
        band_text(german.bands[name], "de") for name in ("agent_talk_share", "longest_monologue_words", "paraphrases")
    ]

    assert texts == ["35–50\u00a0%", "max. 120 Wörter", None]


def test_a_band_of_another_language_is_not_held_against_a_call(german: Review) -> None:
    """Words a minute have a band in English only."""
    timed = replace(german, metrics={**german.metrics, "words_per_minute": 300.0})
    line = next(line for line in printed(timed, everything=True).splitlines() if "Wörter je Minute" in line)

    assert "Richtwert" not in line


def test_every_reporter_can_be_loaded_by_name() -> None:
    """And has a `render`."""
    assert all(callable(reporter(name).render) for name, _ in REPORTERS)
    assert len(dict(REPORTERS)) == len(REPORTERS)
    assert all(one != other for one, other in itertools.combinations([module for _, module in REPORTERS], 2))
