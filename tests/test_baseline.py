"""What an earlier run found is known again, whoever wrote the words down; what is new stays new."""

import json
import random
import re
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.baseline import (
    SCHEMA,
    Baseline,
    apply_baseline,
    load_baseline,
    read_baseline,
    write_baseline,
)
from coach.check import quoted
from coach.errors import UsageError
from coach.model import (
    Conversation,
    Finding,
    Focus,
    Related,
    Review,
    Role,
    Scorecard,
    Speaker,
    Transcript,
    Turn,
    Utterance,
)
from coach.sketch import BUCKETS, likeness, sketch

CALL: tuple[tuple[Role, str], ...] = (
    ("agent", "Guten Tag, Weber von Nordlicht Energie, es geht um Ihren Tarif und eine Ersparnis."),
    ("customer", "Ach so. Ich habe letzte Woche schon woanders unterschrieben, das ist erledigt."),
    ("agent", "Wir vergleichen bis zu achtzig Anbieter und sind seit Jahren Marktführer im Norden!"),
    ("customer", "Nochmal: Der Vertrag ist unterschrieben, ich brauche keinen zweiten."),
    ("agent", "Der Bonus von hundertzwanzig Euro gilt aber nur noch heute, danach ist er weg."),
    ("customer", "Kann ich das wenigstens schriftlich haben?"),
    ("agent", "Nein."),
    ("customer", "Dann auf Wiederhören, Herr Weber."),
)
FOUND = (("pitch", 3, 2), ("pitch", 5, 4), ("pressure", 5, None), ("flat-refusal", 7, 6), ("repeats", 4, 2))


def made(
    said: Sequence[tuple[Role, str]] = CALL,
    *,
    path: str = "calls/a.txt",
    found: Sequence[tuple[str, int, int | None]] = FOUND,
    first: int = 1,
) -> Review:
    """A review with findings (rule, turn, related turn)."""
    turns = tuple(Turn(number=n, speaker=role, text=text, line=n + first) for n, (role, text) in enumerate(said, 1))
    utterances = tuple(
        Utterance(turn=turn, role=role, words=(), acts={}) for turn, (role, _) in zip(turns, said, strict=True)
    )
    findings = tuple(
        Finding(
            rule=rule,
            dimension="respect",
            severity="error",
            confidence="high",
            turn=turn,
            line=turn + first,
            title=rule,
            message=".",
            why=".",
            instead=".",
            quote=quoted(said[turn - 1][1]),
            related=() if other is None else (Related(step="said", turn=other, quote=quoted(said[other - 1][1])),),
            fingerprint=sha256(repr((rule, said[turn - 1][1].casefold(), other)).encode()).hexdigest()[:16],
        )
        for rule, turn, other in found
    )
    transcript = Transcript(path=path, format="text", turns=turns, speakers=(Speaker(label="agent"),), language="de")
    return Review(
        conversation=Conversation(transcript=transcript, language="de", address="sie", utterances=utterances),
        findings=findings,
        strengths=(),
        scorecard=Scorecard(overall=30.0, dimensions={}),
        metrics={},
        focus=tuple(Focus(findings=(item,), kind="stop", cause=item.rule) for item in findings[:2]),
        report_language="de",
        address="sie",
        rules_hash="0",
        exercise="Üben!",
    )


def heard(rate: float, seed: int = 1) -> list[tuple[Role, str]]:
    """The call as a speech recogniser writes it: no capitals, no marks, some words wrong."""
    chance = random.Random(seed)  # noqa: S311  # the same words every time
    return [
        (
            role,
            " ".join(word if chance.random() > rate else word[1:] + "s" for word in re.findall(r"\w+", text.lower())),
        )
        for role, text in CALL
    ]


def states(review: Review) -> list[str]:
    """The state of each finding."""
    return [item.state for item in review.findings]


def known(old: Sequence[Review], new: Sequence[Review]) -> list[list[str]]:
    """States after a baseline of the old reviews, which went through a file."""
    return [states(review) for review in apply_baseline(new, load_baseline(write_baseline(old)))]


def test_the_same_call_has_nothing_new() -> None:
    """Also moved down by lines, under another name, or with renamed speakers."""
    for again in (made(), made(first=7), made(path="archive/b.txt"), made(path="./calls/a.txt")):
        assert known([made()], [again]) == [["baseline"] * 5]


@pytest.mark.parametrize("path", ["calls/a.txt", "elsewhere.txt"])
@pytest.mark.parametrize("seed", range(4))
def test_a_second_transcription_has_nothing_new(path: str, seed: int) -> None:
    """No marks, no capitals, a tenth of the words misheard, lines moved; also when the file was renamed."""
    assert known([made()], [made(heard(0.1, seed), path=path, first=4)]) == [["baseline"] * 5]


def test_a_reply_misheard_as_a_whole_is_known_by_what_it_replies_to() -> None:
    """“Nein” becomes “neuen”; the wish before it and the place in the call are the same."""
    said = heard(0.0)
    said[6] = ("agent", "neuen")

    assert known([made()], [made(said)]) == [["baseline"] * 5]


def test_what_is_new_stays_new() -> None:
    """Another rule at the same turn, the same rule at another turn, more of the same than before."""
    more = made(found=[*FOUND, ("haggling", 5, 4), ("pitch", 1, None)])

    assert known([made()], [more]) == [["baseline"] * 5 + ["new"] * 2]
    assert known([made(found=FOUND[:1])], [made(heard(0.1))]) == [["baseline", *["new"] * 4]]


def test_another_call_under_the_same_path_is_new() -> None:
    """Last night's file took the place of an older one."""
    other = [
        (role, f"Heute geht es um das {role} Fahrrad Nummer {n}, das quietscht.") for n, (role, _) in enumerate(CALL)
    ]

    assert known([made()], [made(other)]) == [["new"] * 5]


def test_one_known_call_stands_for_one_call_only() -> None:
    """A copy of it is new; the file at the old path comes first, whatever the order."""
    assert known([made()], [made(path="copy.txt"), made()]) == [["new"] * 5, ["baseline"] * 5]


def test_only_new_findings_are_left_to_work_on_and_the_score_stays() -> None:
    """What was found is still there."""
    old, now = made(found=FOUND[:1]), made()
    (review,) = apply_baseline([now], load_baseline(write_baseline([old])))

    assert [item.cause for item in review.focus] == ["pitch"]
    assert review.focus[0].findings[0].turn == 5
    assert review.scorecard == now.scorecard
    assert len(review.findings) == len(now.findings)


def test_waived_findings_are_not_written_and_stay_waived() -> None:
    """They come back when the waiver ends."""
    review = made()
    waived = replace(review, findings=(replace(review.findings[0], state="waived"), *review.findings[1:]))

    assert known([waived], [review]) == [["new", *["baseline"] * 4]]


def test_the_file_holds_no_word_of_the_call() -> None:
    """Rules, paths, numbers and hashes; a line for each finding, in order, the same bytes every time."""
    text = write_baseline([made(path="b.txt"), made()])
    words = {word for _, said in CALL for word in re.findall(r"\w{4,}", said.lower())}

    assert not words & set(re.findall(r"\w+", text.lower()))
    assert text == write_baseline([made(), made(path="b.txt")])
    assert [call["path"] for call in json.loads(text)["calls"]] == ["b.txt", "calls/a.txt"]
    assert sum('"fingerprint"' in line for line in text.splitlines()) == 10


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "lacks"),
        ('{"schema": "coach-report/1"}', "lacks"),
        ('{"schema": "coach-baseline/2", "calls": []}', "“coach-baseline/2”; this coach reads “coach-baseline/1”"),
        (f'{{"schema": "{SCHEMA}"}}', "“calls” is no list"),
        (f'{{"schema": "{SCHEMA}", "calls": [1]}}', "a call is no object"),
        (f'{{"schema": "{SCHEMA}", "calls": [{{"path": "a", "turns": -1}}]}}', "“turns” of “a”"),
        (f'{{"schema": "{SCHEMA}", "calls": [{{"path": "a", "turns": 1, "sketch": "x"}}]}}', "no sketch"),
    ],
)
def test_what_is_no_baseline_is_refused(text: str, says: str) -> None:
    """Also one of another version, with what to do."""
    with pytest.raises(UsageError, match=re.escape(says)) as caught:
        load_baseline(text, place="b.json")

    assert caught.value.place == "b.json"
    assert "--write-baseline" in (caught.value.hint or "")


def test_a_baseline_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    """No file, a folder, no UTF-8."""
    (tmp_path / "x").write_bytes(b"\xff\xfe\x00")
    for path in (tmp_path / "none", tmp_path, tmp_path / "x"):
        with pytest.raises(UsageError):
            read_baseline(path)
    assert known([], [made()]) == [["new"] * 5]
    assert load_baseline(write_baseline([])) == Baseline()


@given(text=st.text(max_size=200), other=st.text(max_size=200))
def test_likeness_is_a_share_and_whole_for_the_same_words(text: str, other: str) -> None:
    """Case and punctuation do not count; order of the two neither."""
    one, two = sketch(text), sketch(other)

    assert len(one) == BUCKETS
    assert 0 <= likeness(one, two) <= 1
    assert likeness(one, two) == likeness(two, one)
    assert likeness(one, one) == (1.0 if set(one) != {"."} else 0.0)
    assert sketch(f"“{text}” …!") == one
