"""Word fields: whichever word is said, and in whichever language, the field is the same."""

import re

from coach.understand.fields import FILE, fields_of
from coach.understand.uptake import weight_taken_up

LINE = re.compile(r"[a-z0-9-]+ (de|en): \S.*")


def test_every_field_has_both_languages() -> None:
    """A field that one language lacks would teach nothing about the other."""
    lines = FILE.read_text(encoding="utf-8").splitlines()

    assert all(LINE.fullmatch(line) for line in lines)
    assert {line.split()[0] for line in lines if " de: " in line} == {
        line.split()[0] for line in lines if " en: " in line
    }


def test_words_stems_and_groups_are_found() -> None:
    """An inflected form, an umlaut and adjacent words all lead to their field, in both languages."""
    assert "fault" in fields_of(("da", "hat", "jemand", "verschlampt"), "de")
    assert "sorry" in fields_of(("das", "tut", "mir", "leid"), "de")
    assert "fault" in fields_of(("somebody", "botched", "it"), "en")
    assert fields_of(("xyzzy",), "en") == {}


def test_a_field_counts_its_entries() -> None:
    """Two words of a field weigh more than one."""
    once = fields_of(("schuld",), "de")
    twice = fields_of(("schuld", "und", "nochmal", "schuld"), "de")

    assert twice["fault"] == once["fault"] + 1


def test_rare_words_that_come_back_weigh_more_than_common_ones() -> None:
    """Taking up “Wärmepumpe” says more than taking up “ich”."""
    rare = weight_taken_up(("ich", "habe", "eine", "waermepumpe"), ("die", "waermepumpe"), "de")
    common = weight_taken_up(("ich", "habe", "eine", "waermepumpe"), ("ich", "glaube"), "de")

    assert rare > common > 0
    assert weight_taken_up(("ich",), ("sie",), "de") == 0
