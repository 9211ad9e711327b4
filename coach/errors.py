"""What can go wrong for a user, and the exit codes that tell a machine."""

from collections.abc import Sequence
from enum import IntEnum


class ExitCode(IntEnum):
    """Process exit codes; a contract with CI jobs. 2 beats 1."""

    OK = 0
    BAR_MISSED = 1
    UNUSABLE = 2


class CoachError(Exception):
    """An error that a user can mend: what is wrong, where, and what to do.

    `place` is a path or `path:line:column`; `hint` says what to do next.
    """

    def __init__(self, message: str, *, place: str | None = None, hint: str | None = None) -> None:
        """A message, the place it speaks of, and what to do."""
        super().__init__(message)
        self.message = message
        self.place = place
        self.hint = hint

    def __str__(self) -> str:
        """The place, the message and the hint on lines of their own."""
        head = f"{self.place}: {self.message}" if self.place else self.message
        return f"{head}\n{self.hint}" if self.hint else head

    def __reduce__(self) -> tuple[object, ...]:
        """Survives the way back from a worker process."""
        return _rebuild, (type(self), self.message, self.place, self.hint)


def _rebuild(kind: type[CoachError], message: str, place: str | None, hint: str | None) -> CoachError:
    return kind(message, place=place, hint=hint)


class UnreadableTranscriptError(CoachError):
    """A file that is no transcript, or one that cannot be read as a talk of two people."""


class SpeakerRoleError(CoachError):
    """It cannot be said who is the agent and who the customer."""


class RuleFileError(CoachError):
    """A rule or act file with a mistake; `place` is `path:line:column`, `further` are other mistakes of the file."""

    further: "tuple[RuleFileError, ...]" = ()


def first_of(errors: Sequence[RuleFileError]) -> RuleFileError:
    """The first mistake of a file, which knows the others; a review names one, the lint all."""
    first, *rest = errors
    first.further = tuple(rest)
    return first


class UsageError(CoachError):
    """Options that contradict each other, or a value that does not exist."""
