"""The reviews of a run, packed, so that memory does not grow with the words of a thousand calls."""

import tempfile
from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import IO, TypeAlias, cast, overload

from coach.model import Review
from coach.stored import at_path, report_in, unpacked

IN_MEMORY = 16_000_000
"""Bytes of packed reviews above which they go to a file without a name."""
LIVE = 8
"""Reviews that are kept as they are; a handful of calls is not packed for nothing."""
Place: TypeAlias = tuple[str, int, int, Review | None]
"""Path, where the packed review begins, its length, and the review itself where it was not packed."""


class Reviews(Sequence[Review]):
    """The reviews of a run in order, each unpacked when it is asked for."""

    def __init__(self) -> None:
        """None yet."""
        self._places: list[Place] = []
        self._store: IO[bytes] | None = None
        self._end = 0

    def keep(self, body: bytes, review: Review | None, path: str) -> Place:
        """Puts one aside; where it is."""
        if review is not None:
            return path, 0, 0, review
        if self._store is None:
            self._store = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  # until `close`
        self._store.seek(self._end)
        self._store.write(body)
        self._end += len(body)
        return path, self._end - len(body), len(body), None

    def arrange(self, places: Sequence[Place]) -> None:
        """Says which of those put aside are the reviews, in order."""
        self._places = list(places)

    def close(self) -> None:
        """Lets go of what was put aside."""
        if self._store is not None:
            self._store.close()

    def __len__(self) -> int:
        """How many calls were reviewed."""
        return len(self._places)

    @overload
    def __getitem__(self, at: int) -> Review: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Review]: ...
    def __getitem__(self, at: int | slice) -> Review | Sequence[Review]:
        """The review of that place; a slice unpacks all that it names."""
        if isinstance(at, slice):
            return [self[index] for index in range(*at.indices(len(self)))]
        return self.taken(self._places[at])

    def taken(self, place: Place) -> Review:
        """The review that was put aside there."""
        path, begin, length, review = place
        if review is not None or self._store is None:
            return cast("Review", review)
        return at_path(unpacked(self._bytes(self._store, begin, length)), path)

    def ready(self, at: int) -> tuple[str, str]:
        """The path of the call at that place, and the report that was packed beside its review, else an empty one."""
        path, body = self.packed(at)
        return path, report_in(body) if body else ""

    def packed(self, at: int) -> tuple[str, bytes]:
        """The path of the call at that place, and its review packed; no bytes where it was not packed."""
        path, begin, length, review = self._places[at]
        if review is not None or self._store is None:
            return path, b""
        return path, self._bytes(self._store, begin, length)

    def _bytes(self, store: IO[bytes], begin: int, length: int) -> bytes:
        store.seek(begin)
        return store.read(length)


class Derived(Sequence[Review]):
    """Reviews made of others, each when it is asked for."""

    def __init__(self, reviews: Sequence[Review]) -> None:
        """The reviews that they are made of."""
        self._reviews = reviews

    def __len__(self) -> int:
        """As many as before."""
        return len(self._reviews)

    @overload
    def __getitem__(self, at: int) -> Review: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Review]: ...
    def __getitem__(self, at: int | slice) -> Review | Sequence[Review]:
        """The review made for that place."""
        if isinstance(at, slice):
            return [self[index] for index in range(*at.indices(len(self)))]
        return self._made(at)

    @abstractmethod
    def _made(self, at: int) -> Review:
        """The review made of that at the place."""


class Changed(Derived):
    """Reviews with something changed in each when it is asked for."""

    def __init__(self, reviews: Sequence[Review], change: Callable[[int, Review], Review]) -> None:
        """The reviews, and what is done to each, its place being known."""
        super().__init__(reviews)
        self._change = change

    def _made(self, at: int) -> Review:
        return self._change(at, self._reviews[at])
