"""What is said in a call stays words, whoever reads the report."""

import csv
import io
import re
import unicodedata
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from coach.report.csv_findings import table
from coach.report.escape import as_path, as_uri, clean, for_cell, for_command, for_markdown, for_property, for_xml

ANYTHING = st.text(st.characters(), max_size=60) | st.text(
    "ab1*_`[]()<>#|~&!\\-+.@:/ =\n\t\r\x00\u2028\u202e", max_size=30
)
NASTY = "</script> <b>*x*</b> | [l](http://x) @all #12 `c` &amp; 1. x ![i](y) $a$ ~~s~~"


def shown(markdown: str) -> tuple[str, set[str]]:
    """What a reader sees of a paragraph of Markdown, and which kinds of mark-up are in it."""
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    tokens = parser.parse(markdown)
    inner = [child for token in tokens for child in token.children or ()]
    kinds = {token.type for token in tokens if not token.type.startswith(("paragraph", "inline"))}
    kinds |= {child.type for child in inner} - {"text"}
    return "".join(child.content for child in inner if child.type == "text"), kinds


@given(text=ANYTHING)
@example(text=NASTY)
@example(text="1. Punkt")
@example(text="- Strich")
def test_markdown_shows_the_words_and_nothing_else(text: str) -> None:
    """No list, link, emphasis, HTML; the words come out as they went in, on one line."""
    words, kinds = shown(for_markdown(text))

    assert kinds == set()
    assert words.replace("\u200b", "").strip() == " ".join(clean(text).split()).replace("\u200b", "").strip()


@given(text=ANYTHING)
@example(text=NASTY)
def test_a_cell_of_a_markdown_table_stays_one_cell(text: str) -> None:
    """Whatever is in it."""
    parser = MarkdownIt("commonmark").enable("table")
    tokens = parser.parse(f"| a | b |\n| --- | --- |\n| {for_markdown(text)} | x |\n")

    assert sum(token.type == "td_open" for token in tokens) == 2


def test_nobody_is_notified_and_nothing_linked() -> None:
    """A name after @ or a number after # means nothing in a transcript."""
    made = for_markdown("@team siehe #12 auf https://x.example")

    assert re.search(r"@\w|#\d|://", made) is None


@given(text=ANYTHING)
@example(text="\ufffe\x00<&>]]>")
def test_xml_takes_every_text(text: str) -> None:
    """What it cannot hold is left out, the rest comes back."""
    element = ET.Element("a", {"b": clean(for_xml(text))})
    element.text = for_xml(text)
    back = ET.fromstring(ET.tostring(element, encoding="unicode"))  # noqa: S314  # made a line above

    assert (back.text or "") == for_xml(text)
    assert back.get("b") == clean(for_xml(text))


@given(rows=st.lists(st.lists(ANYTHING, min_size=2, max_size=2), max_size=4))
@example(rows=[["=1+1", "+49"], ["-x", "@SUM(A1)"], [" =cmd|' /C calc'!A0", "\t=1"], ["＝1", 'a,"b"\nc']])
def test_no_cell_is_a_formula_and_every_row_stays_a_row(rows: list[list[str]]) -> None:
    """Read back, cells are the words, behind an apostrophe where a spreadsheet would calculate."""
    back = list(csv.reader(io.StringIO(table(("a", "b"), rows))))[1:]

    assert len(back) == len(rows)
    for cells, row in zip(back, rows, strict=True):
        for cell, text in zip(cells, row, strict=True):
            assert cell.removeprefix("'") == clean(text).removeprefix("'")
            assert unicodedata.normalize("NFKC", cell.lstrip()[:1])[:1] not in tuple("=+-@")


@given(text=ANYTHING)
@example(text="::error::x\r\n::stop-commands::y%0A")
def test_a_workflow_command_is_one_line_and_can_be_read_back(text: str) -> None:
    """As the runner decodes it."""
    data, value = for_command(text), for_property(text)

    assert "\n" not in data + value
    assert "\r" not in data + value
    assert not set(":,") & set(value)
    decoded = data.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")
    assert [line for line in decoded.split("\n") if line] or not clean(text).strip()


@given(path=st.text(st.characters(codec="utf-8"), min_size=1, max_size=30))
def test_a_uri_names_the_path_and_holds_no_sign_of_its_own(path: str) -> None:
    """Decoded it is the path again."""
    uri = as_uri(path)

    assert re.fullmatch(r"(file:///?)?[A-Za-z0-9_.~/%:-]*", uri)
    assert unquote(uri).removeprefix("file://").endswith(as_path(path))


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("./calls/a b.txt", "calls/a%20b.txt"),
        ("/srv/Anrufe/ä#1.txt", "file:///srv/Anrufe/%C3%A4%231.txt"),
        ("C:\\calls\\a.txt", "file:///C:/calls/a.txt"),
        ("calls\\a.txt", "calls/a.txt"),
        ("../a:b.txt", "../a%3Ab.txt"),
    ],
)
def test_paths_become_uris(path: str, uri: str) -> None:
    """Relative ones stay relative."""
    assert as_uri(path) == uri


@given(text=ANYTHING)
def test_a_cell_never_grows_by_more_than_an_apostrophe(text: str) -> None:
    """And a harmless one not at all."""
    assert for_cell(text) in (clean(text), f"'{clean(text)}")
