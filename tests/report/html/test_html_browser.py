"""The HTML report in a browser: links, filters, notes, ticks, print, keyboard and what assistive technology is told."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Locator, Page, expect

from coach.calibrate import calibrate
from coach.config import configured
from coach.model import Review
from coach.report.html import render

Opener = Callable[..., Page]
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
MEAN = "</script><script>alert(1)</script>\n<!-- ]]> & \"quotes\" 'and' \u2028 {{ 7 }}"


@pytest.fixture(scope="module")
def reviewed() -> Callable[[Path], Review]:
    """Reviews a transcript as the command does."""
    from coach.call import review_transcript
    from coach.read import read_path
    from coach.rules import load_rules

    def review(path: Path) -> Review:
        config = configured(str(path), options={})
        return review_transcript(read_path(str(path)), load_rules(config.rules), config)

    return review


def saved(page: Page, button: str, folder: Path, name: str) -> Path:
    """What a button downloads, in a file of that name."""
    with page.expect_download() as download:
        page.locator(button).click()
    path = folder / name
    download.value.save_as(path)
    return path


def in_view(item: Locator) -> None:
    """The element is on the screen, below the bar."""
    expect(item).to_be_in_viewport(ratio=0.3)


def test_links_lead_from_a_finding_to_its_turn_and_back(opened: Opener, german: Review) -> None:
    """By a click, and the finding that was linked to is open."""
    page = opened(render([german], [], "1.0"))
    card = page.locator("[data-rule=pitch-after-refusal][data-turn='3']")
    expect(card.locator(".card-body")).to_be_hidden()

    page.locator(".task").first.locator("a.read").click()
    lead = page.locator("details.card:target")
    in_view(lead)
    expect(lead.locator(".card-body")).to_be_visible()
    expect(lead).to_be_focused()
    lead.get_by_role("link", name="Bei „Daran arbeiten“").click()
    in_view(page.locator(".task:target .task-title"))

    page.locator(".group").filter(has_text="Angebot nach dem Nein").get_by_role("link", name="3").click()
    in_view(card)
    card.get_by_role("link", name="In der Befundliste").click()
    in_view(page.locator(".group:target"))
    page.go_back()
    in_view(card)


def test_a_mark_on_the_curve_leads_to_its_turn(opened: Opener, german: Review) -> None:
    """For those who use a mouse; the list has the same links for all others."""
    page = opened(render([german], [], "1.0"))

    page.locator(".mark.strength").first.click()
    in_view(page.locator("#c1-t7"))


def test_filters_choose_by_dimension_and_severity(opened: Opener, german: Review) -> None:
    """What is left is counted; turns without anything can be hidden; links show what was filtered."""
    page = opened(render([german], [], "1.0"))
    count = page.locator("[data-count]")
    expect(count).to_have_text("8 von 8 Befunden und Stärken gezeigt")

    page.get_by_role("checkbox", name="Zuhören").uncheck()
    expect(page.locator(".card[data-dimension=listening]:visible")).to_have_count(0)
    expect(count).to_have_text("6 von 8 Befunden und Stärken gezeigt")
    page.get_by_role("checkbox", name="schwer").uncheck()
    page.get_by_role("checkbox", name="Stärken").uncheck()
    expect(page.locator(".card:visible .card-name")).to_have_text(["Schroff abgelehnt"])
    page.get_by_role("checkbox", name="nur Beiträge").check()
    expect(page.locator(".turn:visible")).to_have_count(1)

    page.locator(".group").filter(has_text="Aussage übergangen").get_by_role("link", name="3").click()
    in_view(page.locator("[data-rule=ignored-statement]"))
    expect(page.locator(".turn:visible")).to_have_count(10)
    expect(count).to_have_text("8 von 8 Befunden und Stärken gezeigt")


def test_notes_and_ticks_are_saved_with_the_page(opened: Opener, german: Review, tmp_path: Path) -> None:
    """The saved page opens with all of them, can be changed and saved again, and shows notes without scripts too."""
    page = opened(render([german], [], "1.0"))
    page.get_by_role("textbox", name="Notizen zum Gespräch").fill(MEAN)
    task = page.locator(".task").first
    task.get_by_role("checkbox", name="besprochen").check()
    task.get_by_role("button", name="Notiz zu").click()
    expect(task.get_by_role("textbox")).to_be_focused()
    page.keyboard.type("Üben wir")
    page.locator("#c1-t2").get_by_role("button", name="Notiz zu Beitrag 2").click()
    page.keyboard.type("Hier war es entschieden.")
    card = page.locator("[data-rule=pressure]")
    card.locator("summary").click()
    card.get_by_role("checkbox", name="besprochen").check()
    card.get_by_role("checkbox", name="trifft nicht zu").check()
    expect(card.get_by_role("checkbox", name="besprochen")).not_to_be_checked()
    page.get_by_role("checkbox", name="Zuhören").uncheck()
    page.locator("#theme").click()
    expect(page.locator("#unsaved")).to_have_text("Noch nicht gespeicherte Notizen")
    first = saved(page, "#save", tmp_path, "first.html")
    expect(page.locator("#unsaved")).to_have_text("Gespeichert: call-notizen.html")

    again = opened(first.read_text(encoding="utf-8"), "call-notizen.html")
    expect(again.get_by_role("textbox", name="Notizen zum Gespräch")).to_have_value(MEAN)
    task = again.locator(".task").first
    expect(task.get_by_role("textbox")).to_have_value("Üben wir")
    expect(task.get_by_role("checkbox", name="besprochen")).to_be_checked()
    expect(task.locator(".state")).to_be_hidden()
    again.emulate_media(media="print")
    expect(task.locator(".state")).to_be_visible()
    again.emulate_media(media="screen")
    lead = again.locator(task.locator("a.read").get_attribute("href") or "")
    expect(lead.locator(".state")).to_have_text("besprochen")
    expect(again.locator("#c1-t2").get_by_role("textbox")).to_have_value("Hier war es entschieden.")
    expect(again.locator("[data-rule=pressure] .state")).to_have_text("trifft nicht zu")
    expect(again.locator("[data-count]")).to_have_text("8 von 8 Befunden und Stärken gezeigt")
    assert again.evaluate("document.documentElement.dataset.theme") is None
    second = saved(again, "#save", tmp_path, "second.html")
    assert second.read_bytes() == first.read_bytes()

    still = opened(first.read_text(encoding="utf-8"), "still.html", scripts=False)
    expect(still.locator("#c1-next .note-text")).to_be_visible()
    assert still.locator("#c1-next .note-text").text_content() == MEAN
    expect(still.locator(".task .state").first).to_have_text("besprochen")
    expect(still.locator(".task .state").first).to_be_visible()
    expect(still.locator("#c1-t2 .note-text")).to_have_text("Hier war es entschieden.")
    expect(still.locator(".tools, .filters, textarea").filter(visible=True)).to_have_count(0)


def test_a_deleted_note_is_gone(opened: Opener, german: Review, tmp_path: Path) -> None:
    """An emptied note leaves nothing in the saved page, and neither does a tick that was taken back."""
    page = opened(render([german], [], "1.0"))
    before = saved(page, "#save", tmp_path, "before.html")
    task = page.locator(".task").first
    task.get_by_role("button", name="Notiz zu").click()
    task.get_by_role("textbox").fill("x")
    task.get_by_role("textbox").fill("")
    task.get_by_role("checkbox", name="besprochen").check()
    task.get_by_role("checkbox", name="besprochen").uncheck()

    assert saved(page, "#save", tmp_path, "after.html").read_bytes() == before.read_bytes()


def test_ticks_are_labels_that_calibrate_reads(
    opened: Opener, reviewed: Callable[[Path], Review], tmp_path: Path, rules_folder: Path
) -> None:
    """What was discussed is a hit, what is wrong a false alarm, all else counts neither way."""
    call = tmp_path / "my, call.txt"
    call.write_text((rules_folder.parent / "examples" / "en-pension-bad.txt").read_text(encoding="utf-8"))
    review = reviewed(call)
    page = opened(render([review], [], "1.0"))
    right, wrong = page.locator(".card.fault").nth(0), page.locator(".card.fault").nth(1)
    for card, tick in ((right, "discussed"), (wrong, "not so")):
        card.locator("summary").click()
        card.get_by_role("checkbox", name=tick).check()
    labels = saved(page, "#export", tmp_path, "labels.csv")

    lines = labels.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "call,turn,rule,optional"
    assert lines[1].startswith('"my, call.txt",')
    found = calibrate(labels, config_of=lambda path: configured(path, options={}))
    both = next(total for total in found.totals if total.rule == "all")
    assert (both.counts.hits, both.counts.false, both.counts.missed) == (1, 1, 0)
    assert [(item.rule, item.turn) for item in found.disagreements] == [
        (wrong.get_attribute("data-rule"), int(wrong.get_attribute("data-turn") or 0))
    ]


def test_only_calls_with_ticks_are_exported(opened: Opener, german: Review, english: Review, tmp_path: Path) -> None:
    """A call that nobody judged says nothing; one whose every finding was wrong says that nothing was seen."""
    one = replace(english, findings=english.findings[:1], strengths=(), focus=())
    page = opened(render([german, one], [], "1.0"))
    card = page.locator("#c2 .card")
    card.locator("summary").click()
    card.locator("[data-tick=wrong]").check()

    labels = saved(page, "#export", tmp_path, "labels.csv").read_bytes()
    assert labels == b"call,turn,rule,optional\r\ncalls/northlight.txt,,,\r\n"


@pytest.mark.parametrize("scripts", [True, False])
def test_a_print_is_a_few_whole_pages(
    opened: Opener, reviewed: Callable[[Path], Review], rules_folder: Path, *, scripts: bool
) -> None:
    """On A4, with scripts off too; tools stay on the screen, what is better is printed, no turn is cut."""
    review = reviewed(rules_folder.parent / "examples" / "de-rente-schlecht.txt")
    page = opened(render([review], [], "1.0"), scripts=scripts)
    sheets = page.pdf(prefer_css_page_size=True, print_background=True)

    assert 2 <= len(re.findall(rb"/Type\s*/Page\b", sheets)) <= 4
    boxes = set(re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", sheets))
    assert [(round(float(width)), round(float(height))) for width, height in boxes] == [(595, 842)]
    page.emulate_media(media="print")
    expect(page.locator(".bar, .filters, textarea, .marks").filter(visible=True)).to_have_count(0)
    expect(page.locator(".card.fault .better").first).to_be_visible()
    assert page.locator(".turn").first.evaluate("turn => getComputedStyle(turn).breakInside") == "avoid"
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    for scheme in schemes:
        page.emulate_media(media="print", color_scheme=scheme)
        assert page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor") == "rgb(255, 255, 255)"


@pytest.mark.parametrize(("calls", "width", "scheme"), [(1, 1280, "light"), (1, 390, "dark"), (2, 390, "light")])
def test_the_page_is_accessible_and_fits(
    opened: Opener, german: Review, english: Review, *, calls: int, width: int, scheme: str
) -> None:
    """WCAG 2.2 AA as axe checks it, with everything unfolded and noted; nothing is wider than the screen."""
    page = opened(render([english, german][:calls], [], "1.0", everything=True), width=width, scheme=scheme)
    page.evaluate("for (const item of document.querySelectorAll('details')) item.open = true")
    page.locator(".task").first.get_by_role("button", name="Note on").click()
    page.keyboard.type("A note")
    page.locator(".task").first.get_by_role("checkbox", name="not so").check()

    assert violations(page, calls) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def violations(page: Page, calls: int) -> list[object]:
    """What axe finds; in a page of several calls only what depends on there being several."""
    rules = ["heading-order", "duplicate-id-aria", "landmark-unique", "region", "target-size"]
    only = {"type": "tag", "values": STANDARDS} if calls == 1 else {"type": "rule", "values": rules}
    found = Axe().run(page, options={"runOnly": only, "resultTypes": ["violations"]})
    return [(item["id"], [node["target"] for node in item["nodes"][:3]]) for item in found.response["violations"]]


def test_the_keyboard_suffices(opened: Opener, german: Review) -> None:
    """Tab comes to the skip link first; a finding opens with Enter, its box is ticked with Space."""
    page = opened(render([german], [], "1.0"))
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Zum Inhalt springen")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    card = page.locator("[data-rule=pressure]")
    card.locator("summary").focus()
    page.keyboard.press("Enter")
    box = card.get_by_role("checkbox", name="besprochen")
    for _ in range(6):
        page.keyboard.press("Tab")
        if box.evaluate("box => box === document.activeElement"):
            break
    page.keyboard.press("Space")
    expect(box).to_be_checked()


def test_light_and_dark_follow_the_system_and_the_switch(opened: Opener, german: Review) -> None:
    """The switch turns to the other one."""
    page = opened(render([german], [], "1.0"), scheme="dark")

    def ground() -> object:
        return page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")

    dark = ground()
    page.get_by_role("button", name="Hell oder dunkel").click()
    light = ground()
    page.get_by_role("button", name="Hell oder dunkel").click()
    assert (dark, light, ground()) == ("rgb(20, 23, 27)", "rgb(250, 249, 246)", dark)


def test_what_is_said_does_nothing(opened: Opener, german: Review) -> None:
    """A call that is all attack is shown as it was said; nothing of it runs, loads or hides."""
    attack = "\"'></title></script></style><img src=x onerror=alert(1)><script>alert(2)</script><style>*{display:none}"
    turns = tuple(replace(turn, text=attack, speaker=attack) for turn in german.conversation.transcript.turns)
    conversation = replace(
        german.conversation,
        transcript=replace(german.conversation.transcript, turns=turns, path=attack),
        utterances=tuple(
            replace(item, turn=turn) for item, turn in zip(german.conversation.utterances, turns, strict=True)
        ),
    )
    page = opened(render([replace(german, conversation=conversation)], [], "1.0"))

    assert page.locator(".said").all_text_contents() == [attack] * 10
    expect(page.locator(".said").first).to_be_visible()
    assert page.locator("script").count() == 3
    assert page.locator("img").count() == 0


def test_two_thousand_turns_are_usable_at_once(opened: Opener, long_call: Review) -> None:
    """Only what is in view is laid out, and nothing is counted anew for each turn that a filter hides."""
    page = opened(render([long_call], [], "1.0"))
    styles = page.evaluate(
        """() => [...new Set([...document.querySelectorAll(".turn")].map((turn) => {
            const { contentVisibility, display } = getComputedStyle(turn);
            return contentVisibility + " " + (display === "list-item");
        }))]"""
    )
    assert styles == ["auto false"]

    page.locator("input[name=only]").check()
    page.locator("input[name=dimension]").evaluate_all("boxes => boxes.forEach((box) => box.click())")
    expect(page.locator(".turn:visible")).to_have_count(0)
    page.locator(".reset").click()
    page.evaluate("location.hash = 'c1-t1503'")
    in_view(page.locator("#c1-t1503"))
