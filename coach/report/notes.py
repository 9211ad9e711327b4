"""Notes on reading in the report's language: readers and understanding write them in English, one sentence each."""

import re
from functools import lru_cache

from coach.model import Language

_CAP = "Befunde sind höchstens recht sicher; --agent sagt, wer berät."
_GERMAN = (
    ("Not UTF-8; read as (.+), which is a guess.", "Kein UTF-8; gelesen als {}, was geraten ist."),
    ("Not UTF-8; read as (.+).", "Kein UTF-8; gelesen als {}."),
    (r"(\d+) control characters? (?:was|were) removed.", "Steuerzeichen entfernt: {}."),
    (
        r"(\d+) places? (?:was|were) not valid (.+), the first in line (\d+); shown as (.+).",
        "Kein gültiges {1} an {0} Stellen, zuerst in Zeile {2}; zu sehen als {3}.",
    ),
    (r"Text before the talk was left out: (\d+) lines?.", "Vor dem Gespräch: {} [Zeile|Zeilen] ausgelassen."),
    (
        r"Text between the turns was left out as commentary: (\d+) lines?.",
        "Zwischen den Beiträgen: {} [Zeile|Zeilen] als Kommentar ausgelassen.",
    ),
    (
        r"Paragraphs without a label were read as part of the turn before them: (\d+).",
        "Absätze ohne Namen wurden zum Beitrag davor gezählt: {}.",
    ),
    (r"Text after the talk was left out: (\d+) lines?.", "Nach dem Gespräch: {} [Zeile|Zeilen] ausgelassen."),
    (
        r"Nobody is named in the file: its lines were taken as two speakers by turns, as asked.",
        "Die Datei nennt niemanden: Ihre Zeilen gelten wie gewünscht abwechselnd als zwei Sprecher.",
    ),
    (
        r"The file names its speakers, so --alternate was not used.",
        "Die Datei nennt ihre Sprecher; --alternate blieb ohne Wirkung.",
    ),
    (
        r"Segments for which nobody is named, under the label “(.+)”: (\d+).",
        "Abschnitte, für die niemand genannt ist, unter „{}“: {}.",
    ),
    (
        r"Times were left out, for nobody talks so fast; they may be times of the day.",
        "Zeitangaben ausgelassen, denn so schnell spricht niemand; vielleicht sind es Uhrzeiten.",
    ),
    (r"Times that cannot be were left out: (\d+).", "Unmögliche Zeitangaben wurden ausgelassen: {}."),
    (
        r"Sentences that the speech recogniser made up were left out: (\d+).",
        "Sätze, die die Spracherkennung erfunden hat, wurden ausgelassen: {}.",
    ),
    (
        r"Announcements of recording and notices of the transcribing tool were left out: (\d+).",
        "Aufzeichnungsansagen und Hinweise des Transkriptionsprogramms wurden ausgelassen: {}.",
    ),
    (
        r"Repeats that the speech recogniser looped were left out: (\d+).",
        "Endlosschleifen der Spracherkennung wurden gekürzt, Wiederholungen: {}.",
    ),
    (
        r"Answers glued to the question were given to the other speaker: (\d+) (.+).",
        "Antworten, die an der Frage klebten, wurden dem anderen Sprecher zugeordnet: {} {}.",
    ),
    (
        r"Questions with what may be the other speaker's answer in the same segment were left: (\d+).",
        "Fragen, denen im selben Abschnitt vielleicht schon die Antwort des anderen folgt, blieben unverändert: {}.",
    ),
    (
        r"Keys that stand twice in an object, of which the last was read: (\d+).",
        "Schlüssel stehen doppelt in einem Objekt, gelesen wurde der jeweils letzte: {}.",
    ),
    (
        r"Events of the chat that are no messages were left out: (\d+).",
        "Chat-Ereignisse, die keine Nachrichten sind, wurden ausgelassen: {}.",
    ),
    (
        r"Phrases that were not recognised were left out: (\d+).",
        "Abschnitte, die nicht erkannt wurden, wurden ausgelassen: {}.",
    ),
    (
        r"This may be no talk of two sides: (\d+) people say much, and no label tells who serves. (.+)",
        "Vielleicht kein Gespräch zweier Seiten: {0} Personen reden viel, und kein Name verrät, wer berät. " + _CAP,
    ),
    (
        r"Three people say much, and it is not clear whose side “(.+)” is on. (.+)",
        "Drei Personen reden viel, und es ist nicht klar, auf welcher Seite „{0}“ steht. " + _CAP,
    ),
    (
        r"With (\d+) turns this is too short to be judged as a call, and no label tells who serves. (.+)",
        "Mit {} [Beitrag|Beiträgen] ist das als Gespräch zu kurz für ein Urteil, und kein Name sagt, wer berät. "
        + _CAP,
    ),
    (r"Utterances were put in the order of their replies.", "Äußerungen wurden nach ihren Antworten geordnet."),
    (r"Both main speakers sound like the one who serves. (.+)", "Beide klingen nach der Seite, die berät. " + _CAP),
    (r"Both main speakers sound like the one who is served. (.+)", "Beide klingen nach der Kundenseite. " + _CAP),
    (
        r"Lines that are no words with times were left out: (\d+).",
        "Zeilen, die keine Wörter mit Zeiten sind, wurden ausgelassen: {}.",
    ),
    (r"Sounds and marks of no word were left out: (\d+).", "Geräusche und Zeichen ohne Wort wurden ausgelassen: {}."),
    (
        r"Gong's parties are missing, .+ is read from (\S+) beside the file.",
        (
            "Die Teilnehmer von Gong fehlen, also sind Namen und Rollen nicht bekannt; "
            "die Antwort von /v2/calls/extensive wird aus {} neben der Datei gelesen."
        ),
    ),
    (r"Messages of the system were left out: (\d+).", "Meldungen des Systems wurden ausgelassen: {}."),
    (
        r"Lines that are no JSON objects were left out: (\d+).",
        "Zeilen, die keine JSON-Objekte sind, wurden ausgelassen: {}.",
    ),
    (
        r"Layers that hold no words of the talk, or say the same again, were left out: (.+).",
        "Spuren ohne Worte des Gesprächs oder mit Wiederholungen wurden ausgelassen: {}.",
    ),
    (r"Cues without times were left out: (\d+).", "Untertitel ohne Zeiten wurden ausgelassen: {}."),
    (
        r"Quotation marks in the table do not match; each line was read as one row.",
        "Die Anführungszeichen der Tabelle passen nicht zusammen; jede Zeile gilt als eine Tabellenzeile.",
    ),
    (r"Rows above the headings were left out: (\d+).", "Zeilen über den Überschriften wurden ausgelassen: {}."),
    (r"Rows without a transcript were left out: (\d+).", "Zeilen ohne Transkript wurden ausgelassen: {}."),
    (r"Sheets that were not read: (.+).", "Nicht gelesene Tabellenblätter: {}."),
    (r"Sheets beyond the first (\d+) were not looked at: (\d+).", "Blätter nach dem {0}. wurden nicht angesehen: {1}."),
    (
        r"Columns beyond the first (\d+) were left out in (\d+) rows?.",
        "Spalten nach der {0}. wurden in {1} Zeilen ausgelassen.",
    ),
    (
        r"After (\d+) empty rows the rest of the sheet was not read.",
        "Nach {0} leeren Zeilen wurde der Rest des Blatts nicht gelesen.",
    ),
    (
        (
            r"From turn (\d+) to turn (\d+) the two speakers seem to be swapped, judging by their words. "
            r"Nothing was changed; check the speaker recognition there."
        ),
        (
            "Von Beitrag {} bis {} sind die Sprecher ihren Worten nach wohl vertauscht. "
            "Geändert wurde nichts; bitte die Sprecherzuordnung dort prüfen."
        ),
    ),
    (
        (
            r"The words suggest that agent and customer are the other way round than the file states. "
            r"Nothing was changed; use --swap if so."
        ),
        (
            "Den Worten nach sind Berater und Kunde umgekehrt, als die Datei angibt. "
            "Geändert wurde nichts; wenn es so ist, hilft --swap."
        ),
    ),
)


_NUMBER = re.compile(r"\[(\w+)\|(\w+)\]")
"""A noun in singular and plural, after the first number of the note."""


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(english), german) for english, german in _GERMAN)


def note_in(note: str, language: Language) -> str:
    """The note in the report's language; one that is not known stays as it is."""
    if language == "de":
        for pattern, german in _patterns():
            if (found := pattern.fullmatch(note)) is not None:
                chosen = _NUMBER.sub(lambda forms: forms[1] if found[1] == "1" else forms[2], german)
                return chosen.format(*found.groups())
    return note
