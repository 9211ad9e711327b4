"""Which of the candidates in a file are labels of speakers.

A colon alone proves nothing. What counts: the label recurs, it looks like a name or a part in a
call, it carries time stamps or bold type like the others, or labelled lines are the whole text.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence

from coach.read.labels import has_function
from coach.read.lines import Cue, Line
from coach.read.remarks import only_remark

_SMALL = 4
_SPARSE = 40
"""Fewer labelled lines than one in so many: it is prose in which a word recurs before colons."""


def choose(lines: Sequence[Line], *, skip: Collection[int] = (), quoted: bool = False) -> frozenset[str]:
    """The keys of the labels that talk in these lines; fewer than two mean that there is no talk.

    `skip` holds indexes of header lines; `quoted` lets only lines count whose words are in quotation marks.
    """
    cues = {
        index: line.cue
        for index, line in enumerate(lines)
        if line.cue and index not in skip and (line.cue.quoted or not quoted)
    }
    written = {index: cue for index, cue in cues.items() if cue.form != "bare"}
    chosen = _chosen(lines, written, skip=skip, quoted=quoted)
    if len(chosen) >= 2 or quoted:
        return chosen
    # `00:12 Anna` alone in a line is a label only if nothing else is, and only if it recurs.
    bare = {index: cue for index, cue in cues.items() if cue.form == "bare" and _has_words_below(lines, index)}
    counts = Counter(cue.key for cue in bare.values())
    recurring = frozenset(key for key, count in counts.items() if count >= 2)
    return recurring if len(recurring) >= 2 else chosen


def _chosen(lines: Sequence[Line], cues: dict[int, Cue], *, skip: Collection[int], quoted: bool) -> frozenset[str]:
    pool = _marked_alike(_cased_alike(cues))
    if not pool:
        return frozenset()
    counts = Counter(cue.key for cue in pool.values())
    marked = {cue.key for cue in pool.values() if _is_marked(cue)}
    phrases = {cue.key for cue in pool.values() if cue.shape == "phrase"} - marked
    solid = {key for key, count in counts.items() if count >= (3 if key in phrases else 2)}
    owned = _owned(lines, pool)
    if len(solid) >= 2:
        keys = solid | _occasional(lines, pool, solid, owned=owned, quoted=quoted, counts=counts)
        return frozenset(keys) if _is_dense(lines, pool, keys) else frozenset()
    timed = {cue.key for cue in pool.values() if cue.stamp and cue.shape in ("role", "name", "titled")}
    if len(timed) >= 2 and _is_dense(lines, pool, timed):
        return frozenset(timed)
    return _from_run(lines, pool, owned, skip=skip) or _from_paragraphs(lines, pool, skip=skip)


def _cased_alike(cues: dict[int, Cue]) -> dict[int, Cue]:
    """Lower case counts only as a word for a part in the call, or where all labels are in lower case."""
    capital = Counter(cue.key for cue in cues.values() if not cue.label[0].islower() and cue.shape != "phrase")
    if not any(count > 1 for count in capital.values()) and len(capital) < 2:
        small = {cue.key for cue in cues.values() if cue.label[0].islower() and cue.shape != "role"}
        # More names than that, all in lower case, are the keys of a data file.
        return cues if len(small) <= _SMALL else {i: cue for i, cue in cues.items() if cue.key not in small}
    return {
        index: cue
        for index, cue in cues.items()
        if cue.shape == "role" or not cue.label[0].islower() or cue.key in capital
    }


def _marked_alike(cues: dict[int, Cue]) -> dict[int, Cue]:
    """Where most labels carry a stamp, or are bold, a word before a colon that never does is talk."""
    for mark in (_has_stamp, _is_bold):
        cues = _alike(cues, mark)
    return cues


def _alike(cues: dict[int, Cue], mark: Callable[[Cue], bool]) -> dict[int, Cue]:
    counts = Counter(cue.key for cue in cues.values())
    usual = [cue for cue in cues.values() if counts[cue.key] > 1] or list(cues.values())
    if 2 * sum(mark(cue) for cue in usual) <= len(usual):
        return cues
    keys = {cue.key for cue in cues.values() if mark(cue) or (cue.shape == "role" and counts[cue.key] > 1)}
    return {index: cue for index, cue in cues.items() if cue.key in keys}


def _has_stamp(cue: Cue) -> bool:
    return cue.stamp is not None


def _is_bold(cue: Cue) -> bool:
    return cue.bold


def _is_marked(cue: Cue) -> bool:
    return cue.bold or cue.stamp is not None


def _owned(lines: Sequence[Line], pool: dict[int, Cue]) -> set[int]:
    """Lines that hold the words of a label that stands alone above them."""
    owned: set[int] = set()
    for index, cue in pool.items():
        if cue.rest:
            continue
        place = index + 1
        while place < len(lines) and lines[place].kind == "blank" and place == index + 1:
            place += 1
        while place < len(lines) and lines[place].kind == "text" and place not in pool:
            owned.add(place)
            place += 1
    return owned


def _has_words_below(lines: Sequence[Line], index: int) -> bool:
    below = lines[index + 1] if index + 1 < len(lines) else None
    return below is not None and below.kind == "text" and below.stamp is None


def _occasional(
    lines: Sequence[Line],
    pool: dict[int, Cue],
    solid: Collection[str],
    *,
    owned: Collection[int],
    quoted: bool,
    counts: Counter[str],
) -> set[str]:
    """Labels that are rare beside two that recur: a third person, or one who says a single sentence."""
    places = [index for index, cue in pool.items() if cue.key in solid]
    first, last = places[0], places[-1]
    while (before := _neighbour(lines, first, owned, step=-1)) in pool:
        first = before
    while (after := _neighbour(lines, last, owned, step=1)) in pool:
        last = after
    wrapped = not quoted and any(
        lines[index].kind == "text"
        and index not in pool
        and index not in owned
        and lines[index - 1].kind != "blank"
        and not only_remark(lines[index].text)
        for index in range(first + 1, last + 1)
    )
    return {
        cue.key
        for index, cue in pool.items()
        if cue.key not in solid
        and first <= index <= last
        and (
            (cue.shape == "role" and cue.label[0].isupper())
            or (_is_marked(cue) and cue.shape != "phrase")
            or (not wrapped and (_is_sure(cue) or counts[cue.key] > 1))
        )
    }


def _is_sure(cue: Cue) -> bool:
    """A label that needs to stand but once; `Herr Schulz, Moment:` may be talk."""
    return cue.shape != "phrase" and (cue.shape != "titled" or has_function(cue.label))


def _neighbour(lines: Sequence[Line], index: int, owned: Collection[int], *, step: int) -> int:
    """The index of the next line that can hold a label; −1 at either end."""
    index += step
    while 0 <= index < len(lines) and (index in owned or lines[index].kind in ("blank", "stamp")):
        index += step
    return index if 0 <= index < len(lines) else -1


def _is_dense(lines: Sequence[Line], pool: dict[int, Cue], keys: Collection[str]) -> bool:
    places = [index for index, cue in pool.items() if cue.key in keys]
    written = sum(lines[index].kind == "text" for index in range(places[0], places[-1] + 1))
    return len(places) * _SPARSE >= written


def _from_run(
    lines: Sequence[Line], pool: dict[int, Cue], owned: Collection[int], *, skip: Collection[int]
) -> frozenset[str]:
    """The labels of an unbroken run of labelled lines that is most of the text, or goes to and fro."""
    best: list[int] = []
    covered = total = 0
    for run, length in _runs(lines, pool, owned, skip=skip):
        total += length
        if len(run) > len(best):
            best, covered = run, length
    counts = Counter(pool[index].key for index in best)
    phrases = {pool[index].key for index in best if not _is_sure(pool[index])}
    clear = any(count > 1 and key not in phrases for key, count in counts.items())
    if len(counts) < 2 or not (clear or 2 * covered >= total):
        return frozenset()
    return frozenset(counts)


def _runs(
    lines: Sequence[Line], pool: dict[int, Cue], owned: Collection[int], *, skip: Collection[int]
) -> Iterator[tuple[list[int], int]]:
    """Runs of labelled lines with their number of lines; other lines are runs of none."""
    run: list[int] = []
    length = 0
    for index, line in enumerate(lines):
        if index in skip or line.kind in ("blank", "stamp", "rule", "heading"):
            continue
        if index in pool or index in owned or (run and only_remark(line.text)):
            run += [index] if index in pool else []
            length += 1
            continue
        yield run, length
        yield [], 1
        run, length = [], 0
    yield run, length


def _from_paragraphs(lines: Sequence[Line], pool: dict[int, Cue], *, skip: Collection[int]) -> frozenset[str]:
    """Labels whose words go on below them, in the paragraphs that are most of the text.

    Without a run only words for parts in the call are sure, or names where there are just two and one recurs.
    """
    parts = {index for index, cue in pool.items() if cue.shape == "role"}
    names = Counter(cue.key for cue in pool.values() if cue.shape in ("role", "name", "titled"))
    if len(names) == 2 and max(names.values()) > 1:
        parts = {index for index, cue in pool.items() if cue.key in names}
    covered = total = 0
    inside = False
    for index, line in enumerate(lines):
        if index in skip or line.kind != "text":
            inside = inside and line.kind == "stamp"
            continue
        inside = inside or index in parts
        covered += inside
        total += 1
    keys = frozenset(pool[index].key for index in parts)
    return keys if len(keys) >= 2 and 2 * covered >= total else frozenset()
