"""The HTML report as a file: whole, self-contained, in both languages, and nothing said in a call breaks out of it."""

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import overload

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

from coach.model import Conversation, Finding, Language, Review, Scorecard, Speaker
from coach.report import reporter
from coach.report.html import page_names, pages, plain, render, why_to_keep
from coach.report.html.texts import _TEXTS, words
from coach.report.shown import FileError

ERROR = FileError(path="calls/<b>.txt", message="It is empty & of no use.", hint="Say “more”.")
HOSTILE = (
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</title><svg onload=alert(1)>",
    "<!--", "-->", "]]>", "&lt;b&gt;", "{{ 7*7 }}", "{% raw %}", "</textarea>", "</style><style>*{display:none}",
    "javascript:alert(1)", "\u202eabc", "a\x00b", "\ud800", "\u2028", "</details></li></ol>", "<a href='http://x.example'>",
)  # fmt: skip


def parsed(html: str) -> LexborHTMLParser:
    """The page as a browser sees it."""
    return LexborHTMLParser(html)


def texts(page: LexborHTMLParser, selector: str) -> list[str]:
    """What stands in each element."""
    return [node.text() for node in page.css(selector)]


def skeleton(page: LexborHTMLParser) -> list[tuple[str, tuple[str, ...]]]:
    """Each element with the names of its attributes, in order."""
    return [(node.tag or "", tuple(sorted(node.attributes))) for node in page.css("*")]


def told(review: Review, text: str) -> Review:
    """The same call, in which everything that can be said, named or written by hand is this text."""
    conversation = review.conversation
    transcript = conversation.transcript

    def finding(item: Finding) -> Finding:
        related = tuple(replace(other, quote=text, step=text) for other in item.related)
        return replace(
            item, title=text, message=text, why=text, instead=text, quote=text, related=related, basis=(text,)
        )

    def spoken(conversation: Conversation) -> Conversation:
        turns = tuple(replace(turn, text=text, speaker=text) for turn in transcript.turns)
        return replace(
            conversation,
            transcript=replace(
                transcript,
                path=f"x/{text}",
                turns=turns,
                speakers=tuple(Speaker(label=text, role=item.role, evidence=(text,)) for item in transcript.speakers),
                notes=(text,),
            ),
            utterances=tuple(
                replace(item, turn=turn) for item, turn in zip(conversation.utterances, turns, strict=True)
            ),
            profile=text,
        )

    return replace(
        review,
        conversation=spoken(conversation),
        findings=tuple(finding(item) for item in review.findings),
        strengths=tuple(replace(item, title=text, message=text + "!", quote=text) for item in review.strengths),
        focus=tuple(
            replace(item, findings=tuple(finding(one) for one in item.findings), phrase={"de": text, "en": text})
            for item in review.focus
        ),
        exercise=text,
        rules_hash=text,
    )


def hostile_text() -> st.SearchStrategy[str]:
    """Pieces that would break out of somewhere, with any text between them."""
    return st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=8)), min_size=1, max_size=4).map("".join)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=hostile_text())
def test_what_is_said_stays_text(german: Review, text: str) -> None:
    """The page has the very elements and attributes of a harmless call, and the text is what was said."""
    said = f"x{text}x"
    page = parsed(render([told(german, said)], [], "1.0"))

    assert skeleton(page) == skeleton(parsed(render([told(german, "harmless")], [], "1.0")))
    shown = plain(said)
    assert texts(page, ".said") == [shown] * 10
    assert texts(page, ".speaker") == [shown] * 10
    assert set(texts(page, ".card-name")) == {shown}
    assert set(texts(page, ".mark title")) <= {
        words("mark-turn", "de", turn=turn, titles=", ".join([shown] * number))
        for turn in range(1, 11)
        for number in (1, 2)
    }
    call = page.css_first(".call")
    assert call is not None
    assert call.attributes["data-call"] == plain(said.replace("\\", "/").rpartition("/")[2])


def test_the_policy_allows_the_page_itself_and_nothing_else(german: Review, english: Review) -> None:
    """The hashes are those of the page's own script and style; no element has a style or a handler of its own."""
    page = parsed(render([german, english], [ERROR], "1.0"))
    policy = node(page, "meta[http-equiv]").attributes["content"] or ""

    def source(selector: str) -> str:
        digest = hashlib.sha256(node(page, selector).text().encode()).digest()
        return f"'sha256-{base64.b64encode(digest).decode()}'"

    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == source("script:not([type])")
    assert rules["style-src"] == source("style")
    assert rules["img-src"] == "data:"
    for item in page.css("*"):
        for name, value in item.attributes.items():
            assert not name.startswith("on")
            assert name != "style"
            if name in ("href", "src", "action"):
                assert re.match(r"#|data:image/svg", value or "")


def node(page: LexborHTMLParser, selector: str) -> LexborNode:
    """The one element."""
    found = page.css_first(selector)
    assert found is not None, selector
    return found


def test_every_link_leads_somewhere(german: Review, english: Review) -> None:
    """Ids are unique, and whatever is linked is there; labels belong to fields."""
    page = parsed(render([german, english], [ERROR], "1.0", everything=True))
    ids = Counter(item.attributes["id"] for item in page.css("[id]"))

    assert [name for name, number in ids.items() if number > 1] == []
    for item in page.css("a[href]"):
        assert (item.attributes["href"] or "")[1:] in ids
    for item in page.css("label[for]"):
        assert item.attributes["for"] in ids
    for attribute in ("aria-labelledby", "data-filters"):
        for item in page.css(f"[{attribute}]"):
            assert item.attributes[attribute] in ids


def test_each_finding_links_to_its_turn_and_back(german: Review) -> None:
    """From the thing to work on and from the list to the finding beside its turn, and from there to both."""
    page = parsed(render([german], [], "1.0"))
    for task in page.css(".task"):
        card = node(page, node_in(task, "a.read").attributes["href"] or "")
        assert f"#{task.attributes['id']}" in [link.attributes["href"] for link in card.css("a")]
    for link in page.css(".group-turns a"):
        card = node(page, link.attributes["href"] or "")
        turn = card.parent.parent if card.parent else None
        assert turn is not None
        assert turn.attributes["id"] == f"c1-t{link.text()}"
        assert [item.attributes["href"] for item in card.css(".links a")][-1] == f"#{group_of(link)}"


def node_in(item: LexborNode, selector: str) -> LexborNode:
    """The one element inside."""
    found = item.css_first(selector)
    assert found is not None, selector
    return found


def group_of(link: LexborNode) -> str | None:
    """The id of the row of the list in which a link stands."""
    row = link.parent.parent if link.parent else None
    return row.attributes["id"] if row else None


def test_everything_that_a_trainer_needs_is_there(german: Review) -> None:
    """Score, dimensions, the three things with both quotes and what is better, figures, arithmetic, version, rules."""
    html = render([german], [], "9.9.9", redacted=True)
    page = parsed(html)

    assert "unter der Nulllinie" in node(page, ".score-away").text()
    assert len(page.css(".dimension")) == 6
    assert len(page.css(".task")) == len(german.focus)
    for task, item in zip(page.css(".task"), german.focus, strict=True):
        lead = item.findings[0]
        assert node_in(task, ".task-title").text() == lead.title
        assert f"Besser: {lead.instead}" in re.sub(r"\s+", " ", node_in(task, ".better").text())
        assert len(task.css(".quote")) == max(2, 1 + len(lead.related))
    assert texts(page, ".next-part.keep li") == ["Verbindliche Zusage", "Zum Fehler gestanden"]
    assert german.exercise is not None
    assert german.exercise in node(page, ".exercise").text()
    assert next(row.text().strip() for row in page.css("tbody tr td:last-child")) == "50,0"
    assert "Laut Gong" in html
    for text in ("9.9.9", german.rules_hash, "pseudonymisiert", "97", "e^−", "Stimmungsverlauf"):
        assert text in html
    assert texts(page, ".said") == [item.turn.text for item in german.conversation.utterances]


def test_strengths_come_before_faults(german: Review) -> None:
    """What went well is read first."""
    html = render([german], [], "1.0")

    assert html.index('id="c1-strengths"') < html.index('id="c1-focus"')


def test_a_page_speaks_the_reports_language(german: Review, english: Review) -> None:
    """Texts, numbers and the language of the elements; the call's own words keep theirs."""
    assert '<html lang="de">' in render([german], [], "1.0")
    foreign = parsed(render([replace(english, report_language="de")], [], "1.0"))
    assert node(foreign, ".said").attributes["lang"] == "en"
    page = render([english], [], "1.0")
    assert '<html lang="en">' in page
    assert "Besser" not in page
    assert "Course of the call" in page


def test_a_page_says_du_where_it_is_asked_to(german: Review) -> None:
    """No Sie in a page that says du."""
    page = parsed(render([replace(german, address="du", exercise=None)], [], "1.0"))
    own = " ".join(item.text() for item in page.css(".foot, .own-notes, .bar")) + str(node(page, "#export").attributes)

    assert "Leg die Datei" in own
    assert not re.search(r"\b(Sie|Ihnen|Ihre?)\b", own.replace("Sie ist", ""))


@pytest.mark.parametrize("key", sorted(_TEXTS))
def test_every_text_is_there_in_both_languages_and_addresses(key: str) -> None:
    """No text is missing, and each language names the same values."""
    names = [set(re.findall(r"\{(\w+)\}", words(key, language))) for language in ("de", "en")]

    assert names[0] == names[1]
    for address in ("sie", "du"):
        assert "|" not in words(key, "de", address)


def test_uncertain_findings_appear_on_request(german: Review) -> None:
    """Not shown, but counted, unless all are wanted."""
    some, everything = (parsed(render([german], [], "1.0", everything=value)) for value in (False, True))

    assert len(everything.css(".card.fault")) == len(some.css(".card.fault")) + 1
    assert "1 unsicherer Befund" in node(some, "#c1-list").text()
    assert "unsicher" in node(everything, "[data-rule=no-next-step] summary").text()


def test_a_call_without_anything_has_its_page(flawless: Review) -> None:
    """No findings, no strengths, no score, no mood, one speaker only."""
    page = parsed(render([flawless], [], "1.0"))
    assert "Keine besonderen Stärken" in node(page, "#c1-strengths").text()
    assert "Weder Befunde" in node(page, "#c1-list").text()
    bare = replace(
        flawless,
        scorecard=Scorecard(overall=None, dimensions={}),
        metrics={},
        bands={},
        conversation=replace(
            flawless.conversation,
            mood=(),
            utterances=(),
            transcript=replace(flawless.conversation.transcript, turns=(), speakers=()),
        ),
    )
    text = node(parsed(render([bare], [], "1.0")), "main").text()
    for words_ in ("nicht bewertbar", "Zu wenige Beiträge", "Nicht messbar"):
        assert words_ in text


def test_several_calls_follow_an_overview(german: Review, english: Review) -> None:
    """In the order given, each with its own ids and its name for labels, then what could not be read."""
    page = parsed(render([german, english, german], [ERROR], "1.0"))

    assert [link.attributes["href"] for link in page.css(".call-link")] == ["#c1", "#c2", "#c3"]
    assert [call.attributes["data-call"] for call in page.css(".call")] == [
        "anrufe/nordlicht.txt",
        "calls/northlight.txt",
        "anrufe/nordlicht.txt",
    ]
    assert "It is empty & of no use." in node(page, ".errors").text()
    assert "<b>.txt: " in node(page, ".errors").text()
    assert "calls/" not in node(page, ".errors").text()


def test_a_call_alone_is_labelled_by_its_file_name(german: Review) -> None:
    """Its labels lie beside the transcript."""
    assert node(parsed(render([german], [], "1.0")), ".call").attributes["data-call"] == "nordlicht.txt"


def test_no_call_at_all_has_its_page() -> None:
    """Only what could not be read."""
    text = node(parsed(render([], [ERROR], "1.0")), "main").text()

    assert "No call could be reviewed." in text
    assert "Say “more”." in text


def test_a_folder_has_a_page_per_call_and_an_index(german: Review, english: Review) -> None:
    """Each page leads to the index and keeps the call's name for labels; the index has links, and nothing to save."""
    paths = ["anrufe/a b.txt", "anrufe/c/ä.vtt"]
    made = dict(pages([german, english], [ERROR], "1.0", paths=paths, redacted=True, agents=["Lucy", "Ida"]))
    index, first = parsed(made["index.html"]), parsed(made["a-b.html"])

    assert list(made) == ["a-b.html", "c-ä.html", "index.html"]
    assert [link.attributes["href"] for link in index.css(".call-link")] == ["a-b.html", "c-%C3%A4.html"]
    assert index.css(".call, #save, #export") == []
    assert "pseudonymisiert" in node(index, ".lead").text()
    assert "It is empty & of no use." in node(index, ".errors").text()
    assert [item.text() for item in index.css(".agent-row h3")] == ["Ida", "Lucy"]
    assert node(first, ".bar-link").attributes["href"] == "index.html"
    assert node(first, ".call").attributes["data-call"] == "a b.txt"
    assert len(first.css("h1")) == 1
    assert first.css_first("#save") is not None


@pytest.mark.parametrize(
    ("paths", "names"),
    [
        (["x/index.txt", "x/Index.vtt"], ["index-2.html", "Index-3.html"]),
        (["calls.csv#47/11", "calls.csv#47?11"], ["calls-47-11.html", "calls-47-11-2.html"]),
        (["a/1.txt", "b/1.txt"], ["a-1.html", "b-1.html"]),
        (["-", "con.txt", "..txt"], ["call.html", "call-con.html", "call-2.html"]),
        (["Anruf 2.5.docx", "x" * 300], ["Anruf-2.5.html", "x" * 80 + ".html"]),
    ],
)
def test_pages_have_names_that_any_system_takes(paths: list[str], names: list[str]) -> None:
    """Known from the file, without slashes, blanks and devices, and none twice, whatever the case."""
    assert page_names(paths) == names


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=8))
def test_no_two_pages_share_a_name(paths: list[str]) -> None:
    """Nor does one leave the folder or take the index's place."""
    names = page_names(paths)
    assert len({name.casefold() for name in [*names, "index.html"]}) == len(paths) + 1
    assert all("/" not in name and "\\" not in name and name[0] not in ".-" for name in names)


def test_only_pages_without_notes_give_way(german: Review) -> None:
    """What somebody wrote, in a page or in a file of their own, stays."""
    page = render([german], [], "1.0").encode()
    assert why_to_keep(page) is None
    assert why_to_keep(page.replace(b'id="page-notes">{}', b'id="page-notes">{"notes":{}}')) == (
        "the page that is there holds notes or ticks"
    )
    assert why_to_keep(b"<!doctype html><p>My own site</p>") is not None


def test_the_overview_gathers_what_counts(german: Review, english: Review) -> None:
    """Known and waived findings stand beside the new ones; what is frequent is named in the page's language."""
    first, second, *rest = german.findings
    states = (replace(first, state="waived", state_reason="agreed"), replace(second, state="baseline"), *rest)
    gated = replace(german, findings=states, focus=(), notices=("Die Ausnahme ist abgelaufen.",))
    sure = [item for item in rest if item.confidence != "low"]
    good = replace(german, scorecard=replace(german.scorecard, overall=61.0))
    page = parsed(render([gated, good, english], [], "1.0"))

    assert f"{len(sure)} neu, 1 bekannt · 1 mit Ausnahme" in node(page, ".call-counts").text()
    assert "Die Ausnahme ist abgelaufen." in node(page, ".overview .reading").text()
    assert "Daraus lässt sich lernen" in node(page, ".overview").text()
    below = parsed(render([gated, german, english], [], "1.0"))
    assert "Daraus lässt sich lernen" not in node(below, ".overview").text()  # a call below the zero line is no model
    assert page.css(".agent-row") == []


def test_an_overview_of_two_languages_speaks_one(german: Review, english: Review) -> None:
    """Rules that no report in its language names are called by the titles that are handed over."""
    english = replace(english, findings=(), scorecard=replace(english.scorecard, overall=80.0))
    rule = english.strengths[0].rule
    alone = replace(german, strengths=(), scorecard=replace(german.scorecard, overall=20.0))
    named: dict[str, dict[Language, str]] = {rule: {"de": "Auf Deutsch benannt", "en": "In English"}}
    page = parsed(render([alone, english], [], "1.0", titles=named))

    assert "Auf Deutsch benannt" in node(page, ".overview").text()


def test_the_warmest_moment_of_a_cool_call_is_not_called_warm(german: Review) -> None:
    """Nor the coolest of a warm one cool."""
    turns = [turn for turn, _ in german.conversation.mood]
    for value, named, not_named in (
        (-0.5, ("Am kühlsten", "Am wenigsten kühl"), ("Am wärmsten", "Am wenigsten warm")),
        (0.5, ("Am wenigsten warm", "Am wärmsten"), ("Am kühlsten", "Am wenigsten kühl")),
    ):
        mood = tuple((turn, value + at / 100) for at, turn in enumerate(turns))
        text = render([replace(german, conversation=replace(german.conversation, mood=mood))], [], "1.0")

        assert all(words_ in text for words_ in named)
        assert not any(words_ in text for words_ in not_named)


def test_the_same_reviews_give_the_same_bytes(german: Review) -> None:
    """No clock and no chance."""
    assert render([german], [], "1.0") == render([german], [], "1.0")
    assert reporter("html").render is render


def test_a_call_is_asked_for_once(german: Review, english: Review) -> None:
    """Reviews may be made when they are asked for, which takes its time."""
    asked: list[int] = []

    class Made(Sequence[Review]):
        def __len__(self) -> int:
            return 2

        @overload
        def __getitem__(self, at: int) -> Review: ...
        @overload
        def __getitem__(self, at: slice) -> Sequence[Review]: ...
        def __getitem__(self, at: int | slice) -> Review | Sequence[Review]:
            assert isinstance(at, int)
            if at < 2:
                asked.append(at)
            return (german, english)[at]

    assert render(Made(), [], "1.0") == render([german, english], [], "1.0")
    assert asked == [0, 1]


def test_what_is_waived_says_why(german: Review) -> None:
    """A waived finding is shown as waived, a known one on request only."""
    first, second, *rest = german.findings
    changed = [
        replace(first, state="waived", state_reason="agreed <b>"),
        replace(second, state="baseline"),
        *rest,
    ]
    review = replace(german, findings=tuple(changed), focus=())
    some, everything = (parsed(render([review], [], "1.0", everything=value)) for value in (False, True))

    assert "Ausnahme: agreed <b>" in node(some, f"[data-rule={first.rule}] summary").text()
    assert "Ausnahme: agreed <b>" in node(some, f"#c1-g-{first.rule}").text()
    assert some.css_first(f"[data-rule={second.rule}][data-turn='3']") is None
    assert "1 bekannter Befund" in node(some, "#c1-list").text()
    assert "bekannt" in node(everything, f"[data-rule={second.rule}][data-turn='3'] summary").text()
