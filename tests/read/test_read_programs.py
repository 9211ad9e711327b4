"""Programs, settings and encoded data are refused for what they are, never read as a talk of nobody."""

from datetime import date

import pytest

from coach.errors import UnreadableTranscriptError
from coach.read import read

PYTHON = '''\
"""Greets."""
import sys

def main(name: str) -> int:
    """Args:
        name: who.
    Returns:
        zero.
    """
    try:
        print(f"Hello: {name}")
    except ValueError:
        return 1
    return 0
'''
CSS = "body {\n  color: #333;\n  margin: 0;\n}\n\na {\n  color: red;\n  margin: 1em;\n}\n"
YAML = "title:\n  de: Vorlage\n  en: Template\nwhy:\n  de: Weil es so ist.\n  en: Because it is.\n"
INI = "[server]\nhost = example.org\nport = 8080\n\n[log]\nlevel = info\n"
C = '#include <stdio.h>\n\nint main(void) {\n  printf("Agent: hello\\n");\n  return 0;\n}\n'
BASE64 = "-----BEGIN CERTIFICATE-----\n" + 8 * f"{'MIIDdzCCAl+gAwIBAgIEbGzVnz' * 2}\n"


@pytest.mark.parametrize(
    ("path", "content", "kind"),
    [
        ("greet.py", PYTHON, "a Python program"),
        ("greet.txt", PYTHON, "a program or settings"),
        ("page.css", CSS, "a style sheet"),
        ("rule.yml", YAML, "a YAML file"),
        ("app.ini", INI, "settings"),
        ("app", INI, "a program or settings"),
        ("main.c", C, "a C or C\\+\\+ program"),
        ("note.py", "Just some words\nand some more of them\n", "a Python program"),
        ("cert", BASE64, "encoded data"),
        ("Makefile", "all: build test\n\tcc main.c\nclean:\n\trm -f main\nall: install\n", "a build file"),
    ],
)
@pytest.mark.parametrize("one_sided", [False, True])
def test_refused_for_what_it_is(path: str, content: str, kind: str, *, one_sided: bool) -> None:
    """By review, which wants two sides, and by inspect and convert, which do not."""
    with pytest.raises(UnreadableTranscriptError, match=f"This looks like {kind}") as raised:
        read(content.encode(), path=path, today=date(2026, 3, 1), one_sided=one_sided)

    assert raised.value.place == path
    assert raised.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "agent: hello, good morning\ncustomer: hello\nagent: what can I do\ncustomer: my order\n",
        "[SPEAKER_00]: Hallo.\n[SPEAKER_01]: Tag.\n[SPEAKER_00]: Worum geht's?\n[SPEAKER_01]: Um die Rechnung;\n",
        "Anna: Zwei + zwei = vier, oder?\nBen: Ja;\nAnna: http://example.org/a_b ist die Seite.\nBen: Gut (danke).\n",
        "Dev: you type git commit -m and then push()\nLee: ok\nDev: then open main.py, line 3;\nLee: yes, got it\n",
    ],
)
def test_talk_is_no_program(text: str) -> None:
    """Lower-case labels, marks of recognisers, and people who talk about programs."""
    assert len(read(text.encode(), path="call.txt", today=date(2026, 3, 1)).turns) == 4


def test_numbers_in_columns_are_no_words() -> None:
    """A table whose longest column holds codes is no talk, though another has two values that come again."""
    rows = [f"np.float{32 if i % 2 else 64},0x{i:08x},0x{i * 7:08x}" for i in range(20)]

    with pytest.raises(UnreadableTranscriptError, match="which column"):
        read("\n".join(rows).encode(), path="data.csv", today=date(2026, 3, 1))
