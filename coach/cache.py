"""Results of earlier runs, on disk: an unchanged call under unchanged rules is not reviewed again.

An entry holds what a review holds, words of the call included; folder and files belong to their owner alone. It is
written beside its place and put there at once, so that parallel runs and a killed one leave whole entries only; what is
broken all the same fails its checksum and counts as not there. The oldest entries go when the cache grows too large.
"""

import contextlib
import hashlib
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from coach.config import SWITCH

LARGEST = 256_000_000
"""Bytes of all entries together; above, the least recently used are removed down to three quarters of it."""
_MAGIC = b"coach-cache/1"
_DRAFT = ".tmp"
_STALE = 3600.0
"""Seconds after which a draft belongs to nobody any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What was kept of one call: a line that says it in brief, and the whole."""

    head: bytes
    """One line of JSON."""
    body: bytes = b""


def folder(environ: Mapping[str, str] | None = None) -> Path:
    """Where results are kept: below `COACH_CACHE`, else below `coach` in `XDG_CACHE_HOME` or `~/.cache`."""
    environ = os.environ if environ is None else environ
    own = environ.get("COACH_CACHE", "").strip()
    if own and own.lower() not in SWITCH:
        return Path(own).absolute() / "reviews"
    base = environ.get("XDG_CACHE_HOME", "")
    above = Path(base) if Path(base).is_absolute() else Path(environ.get("HOME") or Path.home()) / ".cache"
    return above / "coach" / "reviews"


def key_of(parts: Iterable[bytes]) -> str:
    """The name under which a result is kept: the hash of all that decides it."""
    digest = hashlib.sha256(_MAGIC)
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def get(root: Path, key: str) -> Entry | None:
    """The entry of that name; None where there is none, or none that is whole and one's own."""
    path = _path(root, key)
    try:
        with path.open("rb") as file:
            state = os.fstat(file.fileno())
            data = file.read(LARGEST)
    except OSError:
        return None
    if hasattr(os, "getuid") and state.st_uid != os.getuid():
        return None
    check, _, rest = data.partition(b"\n")
    if check != _check(key, rest):
        return None
    head, _, body = rest.partition(b"\n")
    if time.time() - state.st_mtime > _STALE:  # used just now, as far as an hour matters
        with contextlib.suppress(OSError):
            os.utime(path)
    return Entry(head=head, body=body)


def put(root: Path, key: str, entry: Entry) -> bool:
    """Keeps the entry, readable by its owner only; False where it cannot be kept, which is no error."""
    rest = entry.head + b"\n" + entry.body
    path = _path(root, key)
    draft = path.with_name(f"{key}.{os.getpid()}{_DRAFT}")
    try:
        _make(root)
        path.parent.mkdir(mode=0o700, exist_ok=True)
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0), 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(_check(key, rest) + b"\n" + rest)
        draft.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
        return False
    return True


def _make(root: Path) -> None:
    """The folder, its owner's alone; OSError where it belongs to somebody else."""
    if not root.is_dir():
        root.parent.mkdir(parents=True, exist_ok=True)
        root.mkdir(mode=0o700, exist_ok=True)
        (root / "CACHEDIR.TAG").write_text("Signature: 8a477f597d28d172789f06886806bc55\n", encoding="ascii")
    state = root.stat()
    if hasattr(os, "getuid") and state.st_uid != os.getuid():
        raise PermissionError(1, "belongs to somebody else")
    if state.st_mode & 0o077:
        root.chmod(0o700)


def _path(root: Path, key: str) -> Path:
    return root / key[:2] / key


def _check(key: str, rest: bytes) -> bytes:
    digest = hashlib.blake2b(rest, digest_size=16, key=key[:32].encode()).hexdigest()
    return _MAGIC + b" " + digest.encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A file in the cache."""

    path: Path
    size: int
    used: float
    """When it was written or last needed, in seconds since the epoch; as far as an hour matters."""


def entries(root: Path) -> Iterator[Found]:
    """All files that the cache has written there, drafts included; nobody else's."""
    for part in _scan(root):
        if len(part.name) == 2 and part.is_dir(follow_symlinks=False):
            for item in _scan(Path(part.path)):
                if _is_key(item.name.partition(".")[0]):
                    with contextlib.suppress(OSError):
                        state = item.stat(follow_symlinks=False)
                        yield Found(path=Path(item.path), size=state.st_size, used=state.st_mtime)


def _scan(path: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(path) as found:
            return list(found)
    except OSError:
        return []


def _is_key(name: str) -> bool:
    return len(name) == 64 and set(name) <= set("0123456789abcdef")


def clear(root: Path) -> tuple[int, int]:
    """Removes all entries; how many there were, and their bytes. Other files in the folder stay."""
    count = size = 0
    for found in entries(root):
        with contextlib.suppress(OSError):
            found.path.unlink()
            count, size = count + 1, size + found.size
    for part in _scan(root):
        if len(part.name) == 2:
            with contextlib.suppress(OSError):
                Path(part.path).rmdir()
    return count, size


def prune(root: Path, *, largest: int = LARGEST) -> None:
    """Removes the least recently used entries where all together are too large, and drafts that nobody finishes."""
    now = time.time()
    kept: list[Found] = []
    for found in entries(root):
        if found.path.name.endswith(_DRAFT):
            if now - found.used > _STALE:
                with contextlib.suppress(OSError):
                    found.path.unlink()
        else:
            kept.append(found)
    total = sum(found.size for found in kept)
    if total <= largest:
        return
    for found in sorted(kept, key=lambda item: (item.used, item.path)):
        if total <= largest * 3 // 4:
            break
        with contextlib.suppress(OSError):
            found.path.unlink()
            total -= found.size
