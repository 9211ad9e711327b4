"""The reports of a run: made in their formats and put where they belong."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from coach import __version__
from coach.callfile import STANDARD_INPUT
from coach.cli_parts import console_of, count
from coach.delivery import Delivery, is_redacted
from coach.errors import CoachError
from coach.output import complain, refuse_unwritable, tell, write, write_folder, write_whole

if TYPE_CHECKING:
    from coach.kept import Reviews
    from coach.masked import Masked
    from coach.model import Review
    from coach.report.many import Titles
    from coach.report.shown import FileError
    from coach.run import Run

IN_FULL = 10
"""Of more calls than this the terminal shows a line each, unless somebody asks for more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How reports look."""

    explain: bool
    everything: bool
    dialogue: bool
    by_agent: bool
    width: int | None

    @property
    def in_full(self) -> bool:
        """Somebody wants to see more of each call than a line."""
        return self.explain or self.everything or self.dialogue


def delivered(wanted: Sequence[Delivery], run: "Run", look: Look) -> bool:
    """Writes the reports, those that can be written; False where one could not."""
    from coach.kept import Reviews

    with closing(Reviews()) as store:
        masked = _Masked(store=store)
        written = [_delivered(item, run, look, masked) for item in wanted]
    if any(reviews.grown for reviews in masked.known.values()):
        from coach import cache

        cache.prune(cache.folder())
    return all(written)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Masked:
    """Reviews with placeholders, put in once for all reports of a run."""

    store: "Reviews"
    known: dict[tuple[bool, ...], "Masked"] = field(default_factory=dict)
    """By which of the calls have placeholders."""


def _delivered(item: Delivery, run: "Run", look: Look, masked: _Masked) -> bool:
    """Writes one report; says why where it cannot, so that the others are still written."""
    try:
        if item.folder and item.file is not None:
            _pages(item.file, item, run, look, masked)
            return True
        refuse_unwritable(item.file)
        text = _terminal(item, run, look, masked) if item.format == "terminal" else _text(item, run, look, masked)
        if item.file is None:
            write(text, utf8=item.format != "terminal")
        else:
            write_whole(item.file, text)
    except CoachError as error:
        complain(error.message, place=error.place, hint=error.hint)
        return False
    return True


def _terminal(item: Delivery, run: "Run", look: Look, masked: _Masked) -> str:
    console = console_of(look.width, plain=item.file is not None)
    agents = _agents(item, run) if look.by_agent else None
    with console.capture() as capture:
        if len(run.briefs) > IN_FULL and not look.in_full:
            from coach.report.summary import summary

            summary(run.briefs, console, agents=agents, titles=_titles(run))
        else:
            from coach.report.terminal import render

            reviews, _ = _shown(item, run, masked)
            render(
                reviews,
                console=console,
                explain=look.explain,
                everything=look.everything,
                dialogue=look.dialogue,
                agents=agents,
                titles=_titles(run),
            )
    return capture.get()


def _titles(run: "Run") -> "Titles | None":
    """What the rules are called, where reports are in several languages; else nothing is loaded for it."""
    if len({brief.language for brief in run.briefs}) < 2:
        return None
    from coach.call import book_for

    return {
        name: rule.title
        for config in {config.rules: config for config in run.configs}.values()
        for name, rule in book_for(config).rules.items()
    }


def _shown(item: Delivery, run: "Run", masked: _Masked) -> "tuple[Sequence[Review], bool]":
    """The reviews as this report shows them, and whether all of them have placeholders for personal data."""
    hidden = [is_redacted(item.format, decided=config.redact) for config in run.configs]
    if not any(hidden):
        return run.reviews, all(hidden)
    key = tuple(hidden)
    if key not in masked.known:
        from coach import cache
        from coach.masked import Masked

        root = cache.folder()
        known = zip(run.briefs, run.configs, strict=True)
        roots = [root if config.cache and brief.path != STANDARD_INPUT else None for brief, config in known]
        masked.known[key] = Masked(run.reviews, hidden, store=masked.store, roots=roots)
    return masked.known[key], all(hidden)


def _text(item: Delivery, run: "Run", look: Look, masked: _Masked) -> str | Iterable[str]:
    """The report in a format other than the terminal's, piece by piece where its reporter can."""
    from coach.kept import Reviews
    from coach.report import reporter

    reviews, hidden = _shown(item, run, masked)
    module = reporter(item.format)
    render: Callable[..., str | Iterable[str]] = getattr(module, "parts", module.render)
    more: dict[str, object] = {}
    if item.format == "html":
        more = {"titles": _titles(run), "agents": _agents(item, run) if look.by_agent else None}
    if item.format == "json" and isinstance(reviews, Reviews):
        more["ready_of"] = reviews.ready
    return render(reviews, _errors(run), __version__, everything=look.everything, redacted=hidden, **more)


def _pages(folder: Path, item: Delivery, run: "Run", look: Look, masked: _Masked) -> None:
    """A page per call, and the overview."""
    from coach.report.html import INDEX, pages, why_to_keep

    reviews, hidden = _shown(item, run, masked)
    made = pages(
        reviews,
        _errors(run),
        __version__,
        paths=[brief.path for brief in run.briefs],
        everything=look.everything,
        redacted=hidden,
        agents=_agents(item, run) if look.by_agent else None,
        titles=_titles(run),
    )
    write_folder(folder, made, why_to_keep=why_to_keep)
    tell(f"{count(len(reviews), 'page')} and the overview written: {folder / INDEX}")


def _errors(run: "Run") -> "list[FileError]":
    from coach.report.shown import FileError

    return [FileError(path=error.path, message=error.message, hint=error.hint) for error in run.errors]


def _agents(item: Delivery, run: "Run") -> list[str]:
    """What to call the agent of each call, which must be the same in all of them, unlike placeholders."""
    from coach.report.many import agents_of

    return agents_of(run.briefs, hidden=any(is_redacted(item.format, decided=config.redact) for config in run.configs))
