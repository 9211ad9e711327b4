"""The reviews of a run with placeholders for personal data, put in once for all its reports and kept for the next run.

What is kept is named after the packed review and the program, so that neither another result nor another redaction is
ever taken for it.
"""

from collections.abc import Sequence
from pathlib import Path

from coach import cache
from coach.decisive import derived_key
from coach.kept import LIVE, Derived, Place, Reviews
from coach.model import Review
from coach.stored import packed

_WHAT = b"placeholders"


class Masked(Derived):
    """Reviews, some of them with placeholders, each made or found when it is asked for."""

    def __init__(
        self, reviews: Sequence[Review], hidden: Sequence[bool], *, store: Reviews, roots: Sequence[Path | None]
    ) -> None:
        """The reviews, and by their places which get placeholders and where results are kept, None being nowhere.

        What has come of each is put into the `store`.
        """
        super().__init__(reviews)
        self._hidden = hidden
        self._store = store
        self._roots = roots
        self._places: dict[int, Place] = {}
        self.grown = False
        """Something new is kept for the next run."""

    def _made(self, at: int) -> Review:
        if not self._hidden[at]:
            return self._reviews[at]
        if at not in self._places:
            self._places[at] = self._place(at)
        return self._store.taken(self._places[at])

    def _place(self, at: int) -> Place:
        root = self._roots[at]
        path, body = self._reviews.packed(at) if isinstance(self._reviews, Reviews) else ("", b"")
        key = derived_key(_WHAT, body) if root is not None and body else None
        if root is not None and key is not None and (entry := cache.get(root, key)):
            return self._store.keep(entry.body, None, path)
        from coach.redact import redacted

        review = redacted(self._reviews[at])
        path = review.conversation.transcript.path
        if root is not None and key is not None:
            self.grown |= cache.put(root, key, cache.Entry(head=_WHAT, body=packed(review)))
        live = len(self._places) < LIVE
        return self._store.keep(b"" if live else packed(review), review if live else None, path)
