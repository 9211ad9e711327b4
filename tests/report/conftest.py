"""Reviews built by hand, one German and one English, with all that a report can show."""
# dashes as people write them

from dataclasses import replace
from pathlib import Path

import pytest

from coach.focus import exercise, focus
from coach.metrics import metrics
from coach.model import (
    Act,
    Conversation,
    Finding,
    Language,
    Related,
    Review,
    Role,
    Speaker,
    State,
    Strength,
    Transcript,
    Turn,
    Utterance,
)
from coach.score import scorecard
from coach.scorefile import load_bands, load_settings

RULES = str(Path(__file__).resolve().parents[2] / "rules")
SETTINGS = load_settings([RULES])
BANDS = load_bands([RULES])

_TURNS: dict[Language, tuple[tuple[Role, str, tuple[str, ...]], ...]] = {
    "de": (
        ("agent", "Guten Tag, Weber von Nordlicht Energie. Es geht um Ihren Tarif.", ("greeting", "introduction")),
        (
            "customer",
            "Ach so. Ich hab' letzte Woche schon woanders unterschrieben, das „Paket“ da.",
            ("fact", "refusal"),
        ),
        ("agent", "Wir vergleichen bis zu achtzig Anbieter und sind Marktführer!", ("pitch", "self-praise")),
        ("customer", "Nochmal: Der Vertrag ist unterschrieben.", ("repetition", "refusal")),
        ("agent", "Der Bonus von 120 € gilt nur noch heute.", ("pitch", "pressure")),
        ("customer", "Was war denn mit der Abrechnung vom März? Die war falsch.", ("complaint", "question-wh")),
        (
            "agent",
            "Das tut mir leid, das haben wir falsch gebucht. Sie bekommen sie bis Freitag neu. Was war daran unklar?",
            ("apology", "ownership", "commitment", "question-open"),
        ),
        ("customer", "Na gut. Kann ich die auch per Mail haben?", ("question-yes-no", "wish")),
        ("agent", "Nein.", ("bare-reply", "decline")),
        ("customer", "Dann auf Wiederhören.", ("farewell", "closing")),
    ),
    "en": (
        (
            "agent",
            "Good afternoon, Weber from Northlight Energy. It's about your tariff.",
            ("greeting", "introduction"),
        ),
        ("customer", "Oh, right. I signed up elsewhere last week, the “bundle” thing.", ("fact", "refusal")),
        ("agent", "We compare up to eighty suppliers and we're the market leader!", ("pitch", "self-praise")),
        ("customer", "Again: the contract is signed.", ("repetition", "refusal")),
        ("agent", "The bonus of £120 is only good for today.", ("pitch", "pressure")),
        ("customer", "What about the March bill? It was wrong.", ("complaint", "question-wh")),
        (
            "agent",
            "I'm sorry, we booked that wrongly. You'll have a new one by Friday. What was unclear about it?",
            ("apology", "ownership", "commitment", "question-open"),
        ),
        ("customer", "All right. Can I have it by mail too?", ("question-yes-no", "wish")),
        ("agent", "No.", ("bare-reply", "decline")),
        ("customer", "Goodbye then.", ("farewell", "closing")),
    ),
}
_FAULTS: tuple[tuple[str, str, str, str, int, tuple[int, ...], dict[Language, tuple[str, str, str, str]]], ...] = (
    (
        "ignored-statement", "listening", "error", "high", 3, (2,),
        {
            "de": ("Aussage übergangen", "Die Kundenseite sagt etwas, das zählt; die Antwort nimmt es nicht auf.",
                   "Wer sich gehört fühlt, erzählt weiter.", "„Sie haben also schon unterschrieben – dann passt das.“"),
            "en": ("Statement passed over", "The customer says something that matters; the reply does not take it up.",
                   "Those who feel heard go on talking.", "“So you have signed already – then that's settled.”"),
        },
    ),
    (
        "pitch-after-refusal", "respect", "error", "high", 3, (2,),
        {
            "de": ("Angebot nach dem Nein", "Nach einer Absage folgt das nächste Angebot.",
                   "Ein Nein, das nicht gilt, kostet Vertrauen.", "„Danke für die klare Antwort.“"),
            "en": ("Pitch after a no", "A refusal is met with the next offer.",
                   "A no that does not count costs trust.", "“Thank you for being clear.”"),
        },
    ),
    (
        "customer-repeats", "listening", "warning", "high", 4, (2,),
        {
            "de": ("Kunde muss sich wiederholen", "Dasselbe muss ein zweites Mal gesagt werden.",
                   "Wer sich wiederholen muss, fühlt sich nicht ernst genommen.", "„Das habe ich verstanden.“"),
            "en": ("Customer has to repeat", "The same thing has to be said a second time.",
                   "Having to repeat oneself feels like not being taken seriously.", "“I have understood that.”"),
        },
    ),
    (
        "pitch-after-refusal", "respect", "error", "medium", 5, (4,),
        {
            "de": ("Angebot nach dem Nein", "Nach einer Absage folgt das nächste Angebot.",
                   "Ein Nein, das nicht gilt, kostet Vertrauen.", "„Danke für die klare Antwort.“"),
            "en": ("Pitch after a no", "A refusal is met with the next offer.",
                   "A no that does not count costs trust.", "“Thank you for being clear.”"),
        },
    ),
    (
        "pressure", "respect", "error", "high", 5, (),
        {
            "de": ("Druck aufgebaut", "Eine Frist ohne Grund.", "Wer drängt, weckt Misstrauen.",
                   "„Der Bonus läuft bis zum 30.; nehmen Sie sich die Zeit.“"),
            "en": ("Pressure", "A deadline without a reason.", "Pushing breeds distrust.",
                   "“The bonus runs until the 30th; take your time.”"),
        },
    ),
    (
        "flat-refusal", "eye-level", "warning", "high", 9, (8,),
        {
            "de": ("Schroff abgelehnt", "Ein Wunsch wird ohne Grund und ohne Ausweg abgelehnt.",
                   "Ein Grund hält im Gespräch.", "„Das geht leider nicht, weil …“"),
            "en": ("Flat refusal", "A wish is turned down without a reason and without a way out.",
                   "A reason keeps people in the talk.", "“I'm afraid not, because …”"),
        },
    ),
    (
        "no-next-step", "care", "note", "low", 9, (),
        {
            "de": ("Kein nächster Schritt", "Das Gespräch endet ohne Vereinbarung.", "Ein offenes Ende ist ein Ende.",
                   "„Ich fasse zusammen: …“"),
            "en": ("No next step", "The call ends without an agreement.", "An open end is an end.", "“To sum up: …”"),
        },
    ),
)  # fmt: skip
_MERITS: tuple[tuple[str, str, int, dict[Language, tuple[str, str]]], ...] = (
    (
        "owns-mistake", "honesty", 7,
        {"de": ("Zum Fehler gestanden", "Entschuldigt sich und sagt, was jetzt geschieht."),
         "en": ("Owns the mistake", "Apologises and says what happens now.")},
    ),
    (
        "concrete-commitment", "care", 7,
        {"de": ("Verbindliche Zusage", "Sagt, wer was bis wann tut."),
         "en": ("Concrete commitment", "Says who does what by when.")},
    ),
)  # fmt: skip


def made(language: Language, *, path: str = "", timed: bool = False) -> Review:
    """The review of a short cold call that goes wrong and is saved half-way."""
    labels = {"agent": "Weber", "customer": "Kundin" if language == "de" else "Customer"}
    turns = []
    clock = 0.0
    for number, (role, text, _) in enumerate(_TURNS[language], start=1):
        length = len(text.split()) * 0.4
        turn = Turn(number=number, speaker=labels[role], text=text, line=number)
        turns.append(replace(turn, start=clock, end=clock + length, line=None) if timed else turn)
        clock += length + 0.7
    utterances = tuple(
        Utterance(
            turn=turn,
            role=role,
            words=tuple(turn.text.lower().split()),
            acts={name: Act(name=name, score=100) for name in acts},
        )
        for turn, (role, _, acts) in zip(turns, _TURNS[language], strict=True)
    )
    speakers = (
        Speaker(label=labels["agent"], role="agent", confidence=0.97),
        Speaker(label=labels["customer"], role="customer", confidence=0.973),
    )
    name = path or ("anrufe/nordlicht.txt" if language == "de" else "calls/northlight.txt")
    conversation = Conversation(
        transcript=Transcript(path=name, format="text", turns=tuple(turns), speakers=speakers, language=language),
        language=language,
        address="sie",
        utterances=utterances,
        profile="cold-call",
        profile_confidence=0.8,
        mood=((2, -0.1), (4, -0.4), (6, -0.55), (8, 0.0), (10, -0.15)),
    )
    findings = tuple(
        Finding(
            rule=rule,
            dimension=dimension,
            severity=severity,  # type: ignore[arg-type]  # the words of the table
            confidence=confidence,  # type: ignore[arg-type]
            turn=turn,
            line=turns[turn - 1].line,
            title=texts[language][0],
            message=texts[language][1],
            why=texts[language][2],
            instead=texts[language][3],
            quote=turns[turn - 1].text,
            related=tuple(
                Related(step="said", turn=other, quote=turns[other - 1].text, line=turns[other - 1].line)
                for other in related
            ),
            basis=(f"{turn}: {rule}",),
            fingerprint=f"{position:016x}",
        )
        for position, (rule, dimension, severity, confidence, turn, related, texts) in enumerate(_FAULTS)
    )
    strengths = tuple(
        Strength(
            rule=rule,
            dimension=dimension,
            turn=turn,
            line=turns[turn - 1].line,
            title=texts[language][0],
            message=texts[language][1],
            quote=turns[turn - 1].text,
        )
        for rule, dimension, turn, texts in _MERITS
    )
    chosen = focus(findings, strengths, conversation, SETTINGS)
    return Review(
        conversation=conversation,
        findings=findings,
        strengths=strengths,
        scorecard=scorecard(conversation, findings, strengths, SETTINGS),
        metrics=metrics(conversation, findings, strengths),
        focus=chosen,
        report_language=language,
        address="sie",
        rules_hash="0123456789abcdef",
        exercise=exercise(chosen, SETTINGS, language=language),
        bands=BANDS,
    )


@pytest.fixture(scope="session")
def german() -> Review:
    """A German call without time stamps."""
    return made("de")


@pytest.fixture(scope="session")
def english() -> Review:
    """An English call with time stamps and without lines."""
    return made("en", timed=True)


@pytest.fixture(scope="session")
def flawless(german: Review) -> Review:
    """A call in which nothing was found."""
    return replace(
        german,
        findings=(),
        strengths=(),
        focus=(),
        exercise=None,
        scorecard=scorecard(german.conversation, (), (), SETTINGS),
    )


@pytest.fixture(scope="session")
def stated(german: Review) -> Review:
    """The German call after a baseline and waivers: one finding known, one waived, one whose waiver has expired."""
    states: dict[tuple[str, int], tuple[State, str]] = {
        ("customer-repeats", 4): ("baseline", ""),
        ("flat-refusal", 9): ("waived", "mit der Rechtsabteilung <abgesprochen>"),
        ("pressure", 5): ("new", "Ausnahme abgelaufen am 1. Oktober 2026: Aktion"),
    }
    findings = tuple(
        replace(item, state=state, state_reason=reason)
        for item in german.findings
        for state, reason in [states.get((item.rule, item.turn), ("new", ""))]
    )
    return replace(
        german,
        findings=findings,
        focus=focus([item for item in findings if item.state == "new"], (), german.conversation, SETTINGS),
        checked=tuple(sorted({item.rule for item in findings} | {"condescension", "monologue"})),
        notices=("Die Ausnahme für „monologue“ (coach.toml:3) trifft auf nichts zu.",),
    )
