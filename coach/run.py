"""Many calls: what is known comes from the cache, the rest is reviewed here or by workers; the order is the input's.

Errors are values: a call that cannot be reviewed is reported and the rest goes on. Reviews are kept packed and unpacked
one at a time, so that memory does not grow with their words. Only this module knows processes.

A worker is a process with a pipe of its own; it ends when its parent does, whatever ends that.
"""

import contextlib
import gc
import os
import signal
import sys
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

from coach import cache
from coach.brief import Brief
from coach.config import Config
from coach.errors import CoachError
from coach.kept import LIVE, Place, Reviews
from coach.task import Outcome, Task, Unreviewed, done, looked_up, unreviewed

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    from coach.model import Review

ENOUGH = 24
"""Calls that are worth a process of their own: a worker needs a second to get ready."""
MOST_WORKERS = 16
IN_HAND = 2
"""Calls that a worker is given at once, so that it never waits for the next."""
Progress: TypeAlias = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What came of all calls."""

    reviews: "Sequence[Review]"
    briefs: tuple[Brief, ...]
    """Of the reviews, in their order."""
    configs: tuple[Config, ...]
    """Of the reviews, in their order."""
    errors: tuple[Unreviewed, ...]
    known: int = 0
    """How many calls the cache knew."""


def review_all(
    reviews: Reviews,
    paths: Sequence[str | Unreviewed],
    *,
    config_of: Callable[[str], Config],
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Run:
    """The reviews of all files in the given order, put into `reviews`, and the files that could not be reviewed.

    Among the paths may be what was found to be unusable before. `jobs` is the number of processes, by default as many
    as there are processors and enough calls for them. Raises CoachError for what concerns all files: a wrong
    configuration or a broken rule file.
    """
    root = cache.folder()
    ends: dict[int, Outcome] = {}
    places: dict[int, Place] = {}
    configs: dict[int, Config] = {}
    missing: list[Task] = []
    tell = progress or (lambda _done, _all: None)

    def settle(outcome: Outcome) -> None:
        if outcome.fatal is not None:
            raise outcome.fatal
        if outcome.brief is not None:
            places[outcome.at] = reviews.keep(outcome.body, outcome.review, outcome.brief.path)
        ends[outcome.at] = replace(outcome, body=b"", review=None)
        tell(len(ends), len(paths))

    for at, path in enumerate(paths):
        if isinstance(path, Unreviewed):
            settle(Outcome(at=at, refused=path))
            continue
        config = configs[at] = config_of(path)
        task = Task(at=at, path=path, config=config, cache=root if config.cache else None)
        outcome = looked_up(task)
        if isinstance(outcome, Outcome):
            settle(outcome)
        else:
            missing.append(outcome)
    known = len(ends)
    workers = _workers(len(missing), jobs)
    work = _here(missing) if workers < 2 else _by_workers(missing, workers)
    with contextlib.closing(work):
        for outcome in work:
            settle(outcome)
    if missing and any(task.cache for task in missing):
        cache.prune(root)
    order = sorted(places)
    reviews.arrange([places[at] for at in order])
    return Run(
        reviews=reviews,
        briefs=tuple(brief for at in order if (brief := ends[at].brief) is not None),
        configs=tuple(configs[at] for at in order),
        errors=tuple(error for at in sorted(ends) if (error := ends[at].refused) is not None),
        known=known,
    )


def _workers(calls: int, jobs: int | None) -> int:
    """How many processes are worth their while."""
    if jobs is not None:
        return min(jobs, calls)
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(processors, calls // ENOUGH, MOST_WORKERS)


def _here(tasks: Sequence[Task]) -> Generator[Outcome, None, None]:
    for position, task in enumerate(tasks):
        yield done(task, live=position < LIVE)


@dataclass(slots=True)
class _Worker:
    process: "BaseProcess"
    pipe: "Connection"
    tasks: list[Task] = field(default_factory=list)


def _by_workers(tasks: Sequence[Task], number: int) -> Generator[Outcome, None, None]:
    """The tasks' outcomes as they come; whatever happens, no worker is left behind."""
    from multiprocessing.connection import wait

    waiting = list(reversed(tasks))
    workers: list[_Worker] = []
    try:
        for _ in range(number):
            workers.append(_started(workers))
        for _ in range(IN_HAND):
            for worker in workers:
                _hand(worker, waiting)
        while busy := {worker.pipe: worker for worker in workers if worker.tasks}:
            for pipe in wait(list(busy)):
                worker = busy[pipe]  # type: ignore[index]  # what was waited for
                try:
                    outcome: Outcome = worker.pipe.recv()
                except (EOFError, OSError):  # it was killed, say for want of memory
                    workers.remove(worker)
                    worker.pipe.close()
                    lost = worker.tasks.pop(0)
                    yield _lost(lost, worker.process)
                    waiting.extend(reversed(worker.tasks))
                    if waiting:
                        workers.append(_started(workers))
                        _hand(workers[-1], waiting)
                    continue
                worker.tasks = [task for task in worker.tasks if task.at != outcome.at]
                _hand(worker, waiting)
                yield outcome
    finally:
        for worker in workers:
            worker.pipe.close()
            worker.process.kill()
        for worker in workers:
            worker.process.join()


def _started(others: Sequence[_Worker]) -> _Worker:
    """A new process; where it is forked it closes the others' pipes, which would outlive this process in it."""
    from multiprocessing import get_context

    forks = sys.platform == "linux"
    context = get_context("fork") if forks else get_context("spawn")
    ours, theirs = context.Pipe()
    inherited = [ours, *(worker.pipe for worker in others)] if forks else []
    process: BaseProcess = context.Process(target=_serve, args=(theirs, inherited), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process=process, pipe=ours)


def _hand(worker: _Worker, waiting: list[Task]) -> None:
    if waiting:
        task = waiting.pop()
        worker.tasks.append(task)
        with contextlib.suppress(OSError):  # a worker that has died is seen when its answer is read
            worker.pipe.send(task)


def _lost(task: Task, process: "BaseProcess") -> Outcome:
    process.join(1)
    error = CoachError(
        f"The process that reviewed this call ended (code {process.exitcode}).",
        place=task.path,
        hint="There may be too little memory: use fewer --jobs.",
    )
    return Outcome(at=task.at, refused=unreviewed(task.path, error))


def collect_seldom() -> None:
    """Calls leave little that refers to itself, while rules and libraries are many and stay: looking costs a tenth."""
    gc.set_threshold(50_000, 20, 100)


def _serve(pipe: "Connection", inherited: "Sequence[Connection]") -> None:
    """A worker's life: Ctrl-C is its parent's business; without a parent it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for other in inherited:
        other.close()
    collect_seldom()
    with contextlib.suppress(EOFError, OSError):
        while True:
            task: Task = pipe.recv()
            try:
                outcome = done(task)
            except Exception as error:  # noqa: BLE001  # what nobody expected is said by the parent
                outcome = Outcome(at=task.at, fatal=RuntimeError(f"{type(error).__name__}: {error}"))
            pipe.send(outcome)
