"""Word fields: whichever word is said, and in whichever language, the field is the same."""

import re

from hypothesis import given
from hypothesis import strategies as st

from coach.model import Language
from coach.understand.fields import FILE, LONGEST, counted_fields, field_names, lexicon_of
from coach.understand.spoken import spoken
from coach.understand.uptake import weight_taken_up

WORDS = sorted({word for group in lexicon_of("de").groups for word in group})[::9]
GROUPS = st.sampled_from(sorted(lexicon_of("de").groups))
TALK = st.lists(GROUPS | st.sampled_from(WORDS).map(lambda word: (word,)), max_size=12)
LINE = re.compile(r"[a-z0-9-]+ (de|en): \S.*")


def fields_of(words: tuple[str, ...], language: Language) -> dict[str, int]:
    """The fields of a single turn that occur in it."""
    counts = counted_fields(spoken([words]), language)[0].tolist()
    return {name: count for name, count in zip(field_names(), counts, strict=True) if count}


@given(st.lists(TALK, max_size=4))
def test_every_turn_has_the_fields_that_its_words_and_groups_begin(talks: list[list[tuple[str, ...]]]) -> None:
    """As one would look them up word by word; turns are not mixed up, and groups do not reach beyond."""
    lexicon, turns = lexicon_of("de"), [tuple(word for part in talk for word in part) for talk in talks]
    plain = []
    for words in turns:
        found = dict.fromkeys(field_names(), 0)
        for at, word in enumerate(words):
            fields = set(lexicon.words.get(word, ()))
            fields.update(*(lexicon.stems.get(word[:length], ()) for length in range(len(word) + 1)))
            fields.update(*(lexicon.groups.get(words[at : at + length], ()) for length in range(2, LONGEST + 1)))
            for field in fields:
                found[field] += 1
        plain.append(list(found.values()))

    assert counted_fields(spoken(turns), "de").tolist() == plain


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
