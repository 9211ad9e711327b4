"""All fixed words of the reports in German and English, and how each language writes numbers and quotations."""
# minus signs, dashes and quotation marks as they are printed

from collections.abc import Mapping, Sequence

from coach.model import Addend, Band, Language, Phase, Role

_TEXTS: Mapping[str, tuple[str, str]] = {  # German, English
    "language-de": ("Deutsch", "German"),
    "language-en": ("Englisch", "English"),
    "role-agent": ("Berater", "Agent"),
    "role-customer": ("Kunde", "Customer"),
    "role-other": ("weitere Person", "other person"),
    "role-unknown": ("Rolle unklar", "role unclear"),
    "role-sure": ("Zuordnung sicher", "role certain"),
    "role-fairly-sure": ("Zuordnung zu {share} sicher", "role {share} certain"),
    "dimension-listening": ("Zuhören", "Listening"),
    "dimension-respect": ("Respekt vor dem Nein", "Respect for a no"),
    "dimension-eye-level": ("Augenhöhe", "Eye level"),
    "dimension-honesty": ("Aufrichtigkeit", "Honesty"),
    "dimension-care": ("Verbindlichkeit", "Commitment and care"),
    "dimension-enthusiasm": ("Begeisterung", "Enthusiasm"),
    "severity-error": ("schwer", "grave"),
    "severity-warning": ("mittel", "medium"),
    "severity-note": ("leicht", "slight"),
    "confidence-low": ("unsicher", "unsure"),
    "confidence-medium": ("recht sicher", "fairly sure"),
    "confidence-high": ("sicher", "sure"),
    "turn": ("Beitrag {turn}", "turn {turn}"),
    "turn-line": ("Beitrag {turn} (Zeile {line})", "turn {turn} (line {line})"),
    "turns": ("{n} Beiträge", "{n} turns"),
    "turns-1": ("1 Beitrag", "1 turn"),
    "minutes": ("{n} Minuten", "{n} minutes"),
    "seconds": ("{n} Sekunden", "{n} seconds"),
    "words": ("{n} Wörter", "{n} words"),
    "words-1": ("1 Wort", "1 word"),
    "profile": ("Gesprächsart: {name}", "call type: {name}"),
    "profile-guessed": ("vermutlich {name} ({share})", "probably {name} ({share})"),
    "profile-unsure": (
        "nicht sicher, nach allgemeinen Maßstäben bewertet",
        "not sure, scored by general standards",
    ),
    "profile-choose": ("--profile legt sie fest", "--profile sets it"),
    "score": ("Bewertung", "Score"),
    "score-of": ("{score} von 100", "{score} of 100"),
    "above": ("{n} Punkte über der Nulllinie", "{n} points above the zero line"),
    "below": ("{n} Punkte unter der Nulllinie", "{n} points below the zero line"),
    "on-line": ("genau auf der Nulllinie", "right on the zero line"),
    "no-score": ("nicht bewertbar", "cannot be scored"),
    "failed-by": ("Nicht bestanden wegen: {rule}", "Failed because of: {rule}"),
    "phases-missing": (
        "Es fehlt, was zu dieser Gesprächsart gehört: {names}",
        "Missing, for this kind of call: {names}",
    ),
    "phases": ("Phasen: {names}", "Phases: {names}"),
    "phase-missing": ("{name} fehlt", "{name} missing"),
    "phase-addend": ("Phase fehlt: {name}", "Phase missing: {name}"),
    "zero-line": (
        "Nulllinie 50: nach Vorschrift, ohne Fehler, ohne Besonderes",
        "Zero line 50: by the book, no faults, nothing special",
    ),
    "dimensions": ("Bewertungsbogen", "Scorecard"),
    "not-judged": ("kein Anlass im Gespräch", "no occasion in this call"),
    "strengths": ("Das lief gut", "What went well"),
    "no-strengths": ("Keine besonderen Stärken gefunden.", "No particular strengths found."),
    "focus": ("Daran arbeiten", "Work on this"),
    "no-focus": ("Nichts Wesentliches zu beanstanden.", "Nothing serious to work on."),
    "no-focus-but": (
        "Nichts Wesentliches zu beanstanden, doch außerhalb des Richtwerts: {names}.",
        "Nothing serious to work on, but outside the guide: {names}.",
    ),
    "times": ("{n}-mal", "{n} times"),
    "also-at": ("auch in {turns}", "also at {turns}"),
    "turn-list": ("Beitrag {turns}", "turn {turns}"),
    "why": ("Warum:", "Why:"),
    "instead": ("Besser:", "Better:"),
    "basis": ("Stützt sich auf:", "Rests on:"),
    "metrics": ("Kennzahlen", "Key figures"),
    "talk-share": ("Redeanteil des Beraters", "Agent's talk share"),
    "by-time": ("nach Zeit", "by time"),
    "by-words": ("nach Wörtern", "by words"),
    "monologue": ("Längster Monolog", "Longest monologue"),
    "questions": ("Fragen", "Questions"),
    "open-closed": ("{open} offen, {closed} geschlossen", "{open} open, {closed} closed"),
    "not-measured": ("nicht messbar", "cannot be measured"),
    "band": ("Richtwert {band}", "guide {band}"),
    "band-between": ("{least} bis {most}", "{least} to {most}"),
    "band-most": ("max. {most}", "max. {most}"),
    "band-least": ("mind. {least}", "min. {least}"),
    "band-open": ("{band} offen", "{band} open"),
    "band-in": ("im Rahmen", "within"),
    "band-over": ("darüber", "above"),
    "band-under": ("darunter", "below"),
    "monologue-asks": ("aber mit Frage: kein Befund", "but it asks something: no finding"),
    "monologue-unsure": ("aber zu unsicher für einen Befund", "but too unsure for a finding"),
    "others": ("Außerdem gefunden", "Also found"),
    "unsure": ("Unsichere Befunde", "Unsure findings"),
    "hidden-low": (
        "{n} unsichere Befunde, die nur wenig zählen: {where} (--all zeigt sie ganz).",
        "{n} unsure findings that count only a little: {where} (--all shows them in full).",
    ),
    "hidden-low-1": (
        "1 unsicherer Befund, der nur wenig zählt: {where} (--all zeigt ihn ganz).",
        "1 unsure finding that counts only a little: {where} (--all shows it in full).",
    ),
    "known": ("bekannt", "known"),
    "known-findings": ("Bekannte Befunde", "Known findings"),
    "waived": ("Ausnahme: {reason}", "waived: {reason}"),
    "hidden-known": (
        "{n} bekannte Befunde nicht gezeigt (--all zeigt sie).",
        "{n} known findings not shown (--all shows them).",
    ),
    "hidden-known-1": (
        "1 bekannter Befund nicht gezeigt (--all zeigt ihn).",
        "1 known finding not shown (--all shows it).",
    ),
    "hidden-strengths": (
        "{n} weitere Stärken (--all zeigt sie).",
        "{n} more strengths (--all shows them).",
    ),
    "hidden-strengths-1": ("1 weitere Stärke (--all zeigt sie).", "1 more strength (--all shows it)."),
    "take-away": ("Für das nächste Gespräch", "For the next call"),
    "keep": ("Beibehalten", "Keep"),
    "start": ("Anfangen", "Start"),
    "stop": ("Lassen", "Stop"),
    "exercise": ("Übung", "Exercise"),
    "dialogue": ("Das Gespräch", "The call"),
    "silent-turn": ("(ohne Worte)", "(no words)"),
    "explain": ("So entsteht die Bewertung", "How the score comes about"),
    "explain-zero": ("Nulllinie", "Zero line"),
    "explain-sum": ("Bewertung", "Score"),
    "explain-nothing": ("nichts gefunden, was hebt oder senkt", "nothing found that raises or lowers it"),
    "explain-formula": ("Rechenweg", "Arithmetic"),
    "mood": ("Stimmung des Kunden gestiegen", "The customer's mood rose"),
    "notes": ("Hinweise zum Einlesen", "Notes on reading"),
    "call": ("Gespräch", "Call"),
    "strengths-head": ("Stärken", "Strengths"),
    "value": ("Wert", "Value"),
    "usual": ("Richtwert", "Guide"),
    "open-share": ("Anteil offener Fragen", "Share of open questions"),
    "rules": ("Regeln", "rules"),
    "redacted": ("personenbezogene Angaben ersetzt", "personal data replaced"),
    "failures": ("Nicht ausgewertet", "Not reviewed"),
    "known-count": ("{n} bekannte Befunde nicht gezeigt", "{n} known findings not shown"),
    "known-count-1": ("1 bekannter Befund nicht gezeigt", "1 known finding not shown"),
    "left-out": (
        "{n} Gespräche stehen nur in der Tabelle, weil der Platz nicht reicht.",
        "{n} calls stand in the table only, for want of room.",
    ),
    "left-out-1": (
        "1 Gespräch steht nur in der Tabelle, weil der Platz nicht reicht.",
        "1 call stands in the table only, for want of room.",
    ),
    "notices": ("Hinweise zum Bericht", "Notes on the report"),
    "summary": ("Alle Gespräche", "All calls"),
    "summary-mean": ("Mittel", "Mean"),
    "summary-frequent": ("Am häufigsten gefunden", "Found most often"),
    "summary-spread": (
        "{title}: in {calls} von {all} Gesprächen, {times}",
        "{title}: in {calls} of {all} calls, {times}",
    ),
    "summary-spread-1": ("{title}: {times}", "{title}: {times}"),
    "summary-times": ("{n}-mal", "{n} times"),
    "summary-times-1": ("einmal", "once"),
    "summary-learn": ("Daraus lässt sich lernen", "The call to learn from"),
    "summary-agents": ("Je Berater", "By agent"),
    "summary-unnamed": ("Nicht beim Namen genannt", "Not named"),
    "summary-agent": ("Berater {n}", "Agent {n}"),
    "summary-calls": ("{n} Gespräche", "{n} calls"),
    "summary-calls-1": ("1 Gespräch", "1 call"),
    "summary-few": ("zu wenige für ein Urteil", "too few to judge by"),
    "findings-count": ("{n} Befunde", "{n} findings"),
    "findings-count-1": ("1 Befund", "1 finding"),
    "new-and-known": ("{new} neu, {known} bekannt", "{new} new, {known} known"),
    "strengths-count": ("{n} Stärken", "{n} strengths"),
    "strengths-count-1": ("1 Stärke", "1 strength"),
}
_PROFILES: Mapping[str, tuple[str, str]] = {
    "cold-call": ("Kaltakquise", "cold call"),
    "discovery": ("Bedarfsgespräch", "discovery"),
    "consulting": ("Beratung", "consulting"),
    "service": ("Service", "service"),
    "complaint": ("Reklamation", "complaint"),
    "retention": ("Kundenbindung", "retention"),
    "after-sale": ("Betreuung nach dem Kauf", "after-sale care"),
}
CERTAIN = 0.95
"""From here on a speaker's role is called certain."""
KEYS = tuple(_TEXTS)


def say(key: str, language: Language, **values: object) -> str:
    """The text with its values put in; KeyError for a key that does not exist."""
    text = _TEXTS[key][0 if language == "de" else 1]
    return text.format(**values) if values else text


def counted(key: str, count: int, language: Language, **words: object) -> str:
    """“3 turns”, “1 turn”: the plural of `key` with its number, or `key-1` for one."""
    if count == 1:
        return say(f"{key}-1", language, **words)
    return say(key, language, n=number(count, language, digits=0), **words)


def addend_label(addend: Addend, language: Language) -> str:
    """What an addend of the score is called: a rule's title, the mood, or a phase that is missing."""
    if addend.label == "mood":
        return say("mood", language)
    kind, _, name = addend.label.partition(":")
    if kind == "phase":
        return say("phase-addend", language, name=name)
    return f"{addend.label} ({say('confidence-low', language)})" if addend.unsure else addend.label


def missing_phases(phases: Sequence[Phase], language: Language) -> str | None:
    """One line that names the phases that are missing; None where none is."""
    names = [item.title for item in phases if item.turn is None]
    return say("phases-missing", language, names="; ".join(names)) if names else None


def number(value: float, language: Language, *, digits: int = 1) -> str:
    """The number with the language's decimal sign and thousands, and a real minus."""
    text = f"{abs(value):,.{digits}f}"
    if language == "de":
        text = text.translate(str.maketrans(",.", ".,"))
    zero = not any(char in "123456789" for char in text)
    return text if value >= 0 or zero else f"−{text}"


def signed(value: float, language: Language, *, digits: int = 1) -> str:
    """The number, to the tenth by default, always with its sign; ± where it is nought."""
    text = number(value, language, digits=digits)
    if not any(char in "123456789" for char in text):
        return f"±{text}"
    return text if value < 0 else f"+{text}"


def percent(share: float, language: Language) -> str:
    """“43 %” in German, “43%” in English, with a space that does not break."""
    return f"{share * 100:.0f}\u00a0%" if language == "de" else f"{share * 100:.0f}%"


def speaker_name(label: str, role: Role, confidence: float | None, language: Language) -> str:
    """“Agent: Ms Hall (role certain)”; a label that is the role's name is said once, no confidence not at all."""
    name = say(f"role-{role}", language)
    shown = label if label.casefold() == name.casefold() else f"{name}: {label}"
    return f"{shown} ({assured(confidence, language)})" if confidence else shown


def speaker_in_dialogue(label: str, role: Role, language: Language) -> str:
    """“Ms Hall (Agent)”; a label that is the role's name is said once."""
    name = say(f"role-{role}", language)
    return label if label.casefold() == name.casefold() else f"{label} ({name})"


def assured(confidence: float, language: Language) -> str:
    """How sure a speaker's role is, in words: “role certain”, “role 83% certain”."""
    if confidence >= CERTAIN:
        return say("role-sure", language)
    return say("role-fairly-sure", language, share=percent(confidence, language))


def amount(value: float, unit: str, language: Language) -> str:
    """A metric's value with its unit."""
    if unit == "share":
        return percent(value, language)
    if unit == "words":
        return counted("words", round(value), language)
    if unit == "seconds":
        return say("seconds", language, n=number(value, language, digits=0 if value >= 10 else 1))
    return number(value, language, digits=0 if unit == "count" else 1)


def band_text(band: Band, language: Language) -> str | None:
    """What is usual, in words; None where the band has no bounds."""
    if band.unit == "share" and band.least is not None and band.most is not None:
        return f"{band.least * 100:.0f}–{percent(band.most, language)}"
    least = None if band.least is None else amount(band.least, band.unit, language)
    most = None if band.most is None else amount(band.most, band.unit, language)
    if least and most:
        return say("band-between", language, least=least, most=most)
    if most:
        return say("band-most", language, most=most)
    return say("band-least", language, least=least) if least else None


def quotation(text: str, language: Language) -> str:
    """The words in the language's quotation marks; quotations inside get the single ones."""
    inner = ("‚", "‘") if language == "de" else ("‘", "’")
    opened = False
    made = []
    for char in text:
        if char in '„«»“”"':
            made.append(inner[1] if opened else inner[0])
            opened = not opened
        else:
            made.append(char)
    said = "".join(made)
    return f"„{said}“" if language == "de" else f"“{said}”"


def profile_text(profile: str | None, confidence: float, language: Language) -> str:
    """The kind of call with how sure it is: “probably service (62%)”; at 1 somebody has named it."""
    if profile is None:
        return say("profile-unsure", language)
    name = profile_name(profile, language)
    if 0 < confidence < 1:
        return say("profile-guessed", language, name=name, share=percent(confidence, language))
    return name


def profile_name(profile: str, language: Language) -> str:
    """The call type's name; a profile of one's own keeps its id."""
    names = _PROFILES.get(profile)
    return names[0 if language == "de" else 1] if names else profile
