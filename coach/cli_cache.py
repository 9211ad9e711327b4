"""`coach cache`: what earlier runs have kept, and how to be rid of it."""

import typer

from coach.cli_parts import Debug, count, finish
from coach.errors import ExitCode, UsageError
from coach.output import write

cache_app = typer.Typer(help="Show or clear the results that earlier runs have kept.", no_args_is_help=True)


@cache_app.command("show")
def show_cache(*, debug: Debug = False) -> None:
    """Say where results are kept, how many there are and how large they are."""

    def work() -> int:
        from coach import cache

        root = cache.folder()
        found = list(cache.entries(root))
        write(f"{root}\n{count(len(found), 'result')}, {_size(sum(item.size for item in found))}")
        write(f" of at most {_size(cache.LARGEST)}, readable by their owner only\n")
        return ExitCode.OK

    finish(work, debug=debug)


@cache_app.command("clear")
def clear_cache(*, debug: Debug = False) -> None:
    """Remove all results that earlier runs have kept."""

    def work() -> int:
        from coach import cache

        root = cache.folder()
        removed, size = cache.clear(root)
        write(f"{count(removed, 'result')} removed, {_size(size)}.\n")
        left = sum(1 for _ in cache.entries(root))
        if left:
            raise UsageError(
                f"{count(left, 'result')} could not be removed.", place=str(root), hint="Check your permissions."
            )
        return ExitCode.OK

    finish(work, debug=debug)


def _size(number: int) -> str:
    return f"{number / 1e6:.1f} MB" if number >= 100_000 else f"{number / 1e3:.1f} kB"
