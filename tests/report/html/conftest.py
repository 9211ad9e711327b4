"""The system's Chromium, and pages opened in it that must ask for nothing and complain of nothing."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page, Request, ViewportSize, sync_playwright

from coach.model import Review

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-dev-shm-usage",
)
MISSING = (
    "There is no Chromium to open the HTML report in. Debian, Ubuntu: apt install chromium. "
    "macOS: brew install --cask chromium. Or name one: COACH_BROWSER=/path/to/chromium"
)
Opener = Callable[..., Page]


def program() -> str | None:
    """What $COACH_BROWSER names, or the browser that is installed; None for neither."""
    named = os.environ.get("COACH_BROWSER")
    if named:
        return shutil.which(named)
    installed = (shutil.which(name) for name in NAMES)
    return next((path for path in installed if path), None) or next(
        (path for path in PLACES if Path(path).exists()), None
    )


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless browser with a profile of its own; without one the tests are skipped, in CI they fail."""
    path = program()
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Opener]:
    """Opens a page from a file; in the end no console message, no error and no request to anywhere has been seen."""
    seen: list[str] = []
    contexts = []

    def asked(request: Request) -> None:
        if not request.url.startswith((tmp_path.as_uri(), "blob:", "data:")):
            seen.append(f"request: {request.url}")

    def refused(dialog: Dialog) -> None:
        seen.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def opens(
        html: str, name: str = "call.html", *, width: int = 1280, scheme: str = "light", scripts: bool = True
    ) -> Page:
        path = tmp_path / name
        path.write_text(html, encoding="utf-8")
        context = browser.new_context(
            viewport=ViewportSize(width=width, height=900),
            color_scheme=scheme,  # type: ignore[arg-type]  # light or dark
            java_script_enabled=scripts,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda message: seen.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: seen.append(f"error: {error}"))
        page.on("dialog", refused)
        page.on("request", asked)
        page.goto(path.as_uri())
        return page

    yield opens
    for context in contexts:
        context.close()
    assert seen == []


@pytest.fixture(scope="session")
def long_call(german: Review) -> Review:
    """Two thousand turns: the German call two hundred times, with all that was found in it."""
    conversation = german.conversation
    transcript = conversation.transcript
    length = len(transcript.turns)
    times = range(0, 2000, length)
    turns = tuple(
        replace(turn, number=turn.number + by, line=turn.number + by) for by in times for turn in transcript.turns
    )
    utterances = (item for _ in times for item in conversation.utterances)
    return replace(
        german,
        conversation=replace(
            conversation,
            transcript=replace(transcript, turns=turns),
            utterances=tuple(replace(item, turn=turn) for item, turn in zip(utterances, turns, strict=True)),
            mood=tuple((turn + by, value) for by in times for turn, value in conversation.mood),
        ),
        findings=tuple(
            replace(
                item,
                turn=item.turn + by,
                related=tuple(replace(other, turn=other.turn + by) for other in item.related),
                fingerprint=f"{by}-{item.fingerprint}",
            )
            for by in times
            for item in german.findings
        ),
        strengths=tuple(replace(item, turn=item.turn + by) for by in times for item in german.strengths),
    )
