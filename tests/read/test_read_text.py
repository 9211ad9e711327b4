"""Plain text transcripts are read as the talk that a person sees in them."""

from datetime import date

import pytest

from coach.errors import UnreadableTranscriptError
from coach.model import Transcript
from coach.read import read

TODAY = date(2026, 3, 1)


def reading(text: str) -> Transcript:
    """The transcript of a text, read on a fixed day."""
    return read(text.encode(), path="call.txt", today=TODAY)


def talk(text: str) -> list[tuple[str, str]]:
    """Speaker and words of each turn."""
    return [(turn.speaker, turn.text) for turn in reading(text).turns]


HELLO = [("Anna", "Guten Tag, was kann ich tun?"), ("Ben", "Mein Drucker streikt."), ("Anna", "Seit wann?")]


@pytest.mark.parametrize(
    "lines",
    [
        ["Anna: {0}", "Ben: {1}", "Anna: {2}"],
        ["Anna:{0}", "Ben:{1}", "Anna:{2}"],
        ["Anna : {0}", "Ben : {1}", "Anna : {2}"],
        ["**Anna:** {0}", "**Ben:** {1}", "**Anna:** {2}"],
        ["**Anna**: {0}", "**Ben**: {1}", "**Anna**: {2}"],
        ["*Anna:* {0}", "*Ben:* {1}", "*Anna:* {2}"],
        ["__Anna__: {0}", "__Ben__: {1}", "__Anna__: {2}"],
        ["- Anna: {0}", "- Ben: {1}", "- Anna: {2}"],
        ["* **Anna:** {0}", "* **Ben:** {1}", "* **Anna:** {2}"],
        ["> Anna: {0}", ">", "> Ben: {1}", ">", "> Anna: {2}"],
        ["1. Anna: {0}", "2. Ben: {1}", "3. Anna: {2}"],
        ["Anna:", "{0}", "", "Ben:", "{1}", "", "Anna:", "{2}"],
        ["[Anna]: {0}", "[Ben]: {1}", "[Anna]: {2}"],
        ["Anna: {0}", "", "", "Ben: {1}", "", "ANNA: {2}"],
    ],
)
def test_labels_are_found_however_they_are_set(lines: list[str]) -> None:
    """Markdown, bullets, quotation marks of mail and blank lines change nothing."""
    text = "\n".join(lines).format(*(words for _, words in HELLO))

    assert talk(text) == HELLO


@pytest.mark.parametrize(
    "lines",
    [
        ["[00:00] Anna: {0}", "[00:12] Ben: {1}", "[01:05] Anna: {2}"],
        ["(0:00) Anna: {0}", "(0:12) Ben: {1}", "(1:05) Anna: {2}"],
        ["00:00:00 Anna: {0}", "00:00:12 Ben: {1}", "00:01:05 Anna: {2}"],
        ["00:00.0 Anna: {0}", "00:12.0 Ben: {1}", "01:05.0 Anna: {2}"],
        ["[00:00:00.000] Anna: {0}", "[00:00:12,000] Ben: {1}", "[00:01:05.000] Anna: {2}"],
        ["00:00 - Anna: {0}", "00:12 - Ben: {1}", "01:05 - Anna: {2}"],
        ["00:00 | Anna: {0}", "00:12 | Ben: {1}", "01:05 | Anna: {2}"],
        ["Anna (00:00): {0}", "Ben (00:12): {1}", "Anna (01:05): {2}"],
        ["Anna [00:00]: {0}", "Ben [00:12]: {1}", "Anna [01:05]: {2}"],
        ["Anna 00:00: {0}", "Ben 00:12: {1}", "Anna 01:05: {2}"],
        ["Anna: [00:00] {0}", "Ben: [00:12] {1}", "Anna: [01:05] {2}"],
        ["**[00:00] Anna:** {0}", "**[00:12] Ben:** {1}", "**[01:05] Anna:** {2}"],
        ["**Anna** (00:00): {0}", "**Ben** (00:12): {1}", "**Anna** (01:05): {2}"],
        ["Anna  00:00", "{0}", "", "Ben  00:12", "{1}", "", "Anna  01:05", "{2}"],
        ["Anna [00:00]", "{0}", "", "Ben [00:12]", "{1}", "", "Anna [01:05]", "{2}"],
        ["Anna (00:00)", "", "{0}", "", "Ben (00:12)", "", "{1}", "", "Anna (01:05)", "", "{2}"],
        ["### Anna (00:00)", "{0}", "### Ben (00:12)", "{1}", "### Anna (01:05)", "{2}"],
        ["00:00", "Anna: {0}", "00:12", "Ben: {1}", "01:05", "Anna: {2}"],
        ["2025-11-18 10:30:00 Anna: {0}", "2025-11-18 10:30:12 Ben: {1}", "2025-11-18 10:31:05 Anna: {2}"],
        ["[18.11.25, 23:59:50] Anna: {0}", "[19.11.25, 00:00:02] Ben: {1}", "[19.11.25, 00:00:55] Anna: {2}"],
    ],
)
def test_time_stamps_are_seconds_from_the_beginning(lines: list[str]) -> None:
    """Stamps before, after and below the label give the turn its start and leave the words alone."""
    transcript = reading("\n".join(lines).format(*(words for _, words in HELLO)))

    assert [(turn.speaker, turn.text) for turn in transcript.turns] == HELLO
    assert [turn.start for turn in transcript.turns] == [0.0, 12.0, 65.0]
    assert [turn.end for turn in transcript.turns] == [None, None, None]


def test_name_below_a_stamp_needs_to_recur() -> None:
    """`00:12 Anna` alone in a line is a label where the file is written so throughout."""
    text = "00:00 Anna\nHallo, hier Anna.\n\n00:04 Ben\nHallo.\n\n00:06 Anna\nUnd?\n\n00:09 Ben\nGut."

    assert talk(text) == [("Anna", "Hallo, hier Anna."), ("Ben", "Hallo."), ("Anna", "Und?"), ("Ben", "Gut.")]


def test_ranges_give_start_and_end() -> None:
    """`00:12 - 00:15` says when a turn ends; merged lines take the last end, and silence lies between."""
    turns = reading("[00:01 - 00:03] A: Hallo.\n[00:05 - 00:08] A: Noch da?\n00:09 – 00:10.5 K: Ja.").turns

    assert [(t.start, t.end, t.silence) for t in turns] == [(1.0, 8.0, 2.0), (9.0, 10.5, 0.0)]


def test_times_in_speech_stay_speech() -> None:
    """A clock time behind a label is said, not stamped."""
    text = "A: 10:30 Uhr passt mir.\nK: Dann 10:30 Uhr: abgemacht.\n10:45 Uhr: das ginge auch.\nA: Gut."

    assert talk(text) == [
        ("A", "10:30 Uhr passt mir."),
        ("K", "Dann 10:30 Uhr: abgemacht. 10:45 Uhr: das ginge auch."),
        ("A", "Gut."),
    ]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Kunde", "Agent"),
        ("K", "A"),
        ("k", "a"),
        ("speaker 1", "speaker 2"),
        ("Sprecher 1", "Sprecher 2"),
        ("SPEAKER_00", "SPEAKER_01"),
        ("caller", "agent"),
        ("Frau Yılmaz", "Herr Dr. Groß"),
        ("Sales desk", "Siobhan"),
        ("Anna-Lena von der Heide", "J. O’Brien"),
        ("Agent (Anna)", "Customer (Bob)"),
        ("anna", "ben"),
        ("Q", "A"),
        ("1", "2"),
    ],
)
def test_labels_have_many_shapes(one: str, two: str) -> None:
    """Names, parts in the call, letters, numbers, titles; lower case for parts or where all are so."""
    text = f"{one}: hallo\n{two}: hallo\n{one}: ja\n{two}: nein"

    assert talk(text) == [(one, "hallo"), (two, "hallo"), (one, "ja"), (two, "nein")]
    assert [speaker.label for speaker in reading(text).speakers] == [one, two]


def test_phrases_with_colons_are_talk() -> None:
    """Lines that go on from a turn and open with `Nochmal:` or `Also pass auf:` are no new speaker."""
    text = """Anna: Ich habe das schon gesagt.
Nochmal: wir liefern nicht.
Also pass auf: morgen geht's.
Ben: Ja, und?
Problem gelöst: der Strom ist da.
Mehr unter: https://example.org/a:b
Anna: Gut.
Nochmal: danke."""

    assert talk(text) == [
        ("Anna", "Ich habe das schon gesagt. Nochmal: wir liefern nicht. Also pass auf: morgen geht's."),
        ("Ben", "Ja, und? Problem gelöst: der Strom ist da. Mehr unter: https://example.org/a:b"),
        ("Anna", "Gut. Nochmal: danke."),
    ]


def test_unstamped_labels_among_stamped_ones_are_talk() -> None:
    """Where labels carry stamps, a capital word before a colon without one is talk."""
    text = "[00:01] Anna: Zwei Sachen.\nRabatt: keiner.\n[00:05] Ben: Aha.\nSkonto: auch keins?\n[00:09] Anna: Ja."

    assert talk(text)[0] == ("Anna", "Zwei Sachen. Rabatt: keiner.")
    assert [speaker.label for speaker in reading(text).speakers] == ["Anna", "Ben"]


def test_third_person_who_speaks_once_is_a_speaker() -> None:
    """A label that occurs once counts among lines that all have one."""
    text = "Anna: Moment.\nBen: Ja.\nCarla: Hallo, ich übernehme.\nBen: Gut.\nAnna: Tschüss."

    assert [speaker.label for speaker in reading(text).speakers] == ["Anna", "Ben", "Carla"]


def test_gender_colons_and_smileys_are_no_labels() -> None:
    """`Kund:innen` and `Danke :)` hold no label."""
    text = "A: Wir haben viele\nKund:innen hier.\nK: Schön.\nDanke :)\nA: Gern."

    assert talk(text) == [("A", "Wir haben viele Kund:innen hier."), ("K", "Schön. Danke :)"), ("A", "Gern.")]


def test_same_speaker_in_a_row_is_one_turn() -> None:
    """A turn is an uninterrupted stretch of one speaker, with the line where it begins."""
    turns = reading("[00:01] A: Hallo.\n[00:03] A: Jemand da?\n\n[00:09] K: Ja.").turns

    assert [(t.number, t.speaker, t.text, t.line, t.start) for t in turns] == [
        (1, "A", "Hallo. Jemand da?", 1, 1.0),
        (2, "K", "Ja.", 4, 9.0),
    ]


def test_stamped_lines_without_label_go_on() -> None:
    """A stamp without a label splits no turn."""
    text = "00:01 A: Hallo.\n00:03 jemand da?\n00:09 K: Ja.\n[00:11] bin da.\n00:12 A: Gut."

    assert talk(text) == [("A", "Hallo. jemand da?"), ("K", "Ja. bin da."), ("A", "Gut.")]


def test_remarks_are_no_speech() -> None:
    """What stands in brackets goes to the remarks; a line with nothing else stays an empty turn."""
    turns = reading(
        "A (leise): Hallo ((räuspert sich)), sind Sie da?\nK: (schweigt)\n(Pause)\n"
        "A: Das kostet [crosstalk] 20 Euro.\nK: Herr [NAME], Angebot(e) unter (030) 1234."
    ).turns

    assert [(t.text, t.remarks) for t in turns] == [
        ("Hallo, sind Sie da?", ("leise", "räuspert sich")),
        ("", ("schweigt", "Pause")),
        ("Das kostet 20 Euro.", ("crosstalk",)),
        ("Herr [NAME], Angebot(e) unter (030) 1234.", ()),
    ]


def test_header_is_metadata() -> None:
    """Fields before the talk are no speakers, even where the talk has the same labels."""
    transcript = reading(
        "Datum: 18.11.2025\nAgent: Schulz\nKunde: Frau Meier\nDauer: 02:10\nCall-ID: X-7\n\n"
        "Agent: Guten Tag.\nKunde: Hallo.\nAgent: Womit kann ich dienen?"
    )

    assert [turn.line for turn in transcript.turns] == [7, 8, 9]
    assert transcript.meta.call_date == date(2025, 11, 18)
    assert (transcript.meta.agent, transcript.meta.customer) == ("Schulz", "Frau Meier")
    assert transcript.meta.duration == 130.0
    assert dict(transcript.meta.ids) == {"call-id": "X-7"}


def test_header_without_date_needs_other_labels_in_the_talk() -> None:
    """`Agent: Schulz` once above a talk of Schulz and Meier is a field."""
    transcript = reading("Agent: Schulz\nKunde: Meier\n\nSchulz: Ja?\nMeier: Hier Meier.\nSchulz: Oh.\nMeier: Ja.")

    assert [speaker.label for speaker in transcript.speakers] == ["Schulz", "Meier"]
    assert transcript.meta.agent == "Schulz"


def test_first_words_are_no_header() -> None:
    """A short greeting behind `Agent:` is talk."""
    text = "Date: 18 November 2025\nAgent: Good morning\nCustomer: Hi\nAgent: How can I help?"

    assert talk(text) == [("Agent", "Good morning"), ("Customer", "Hi"), ("Agent", "How can I help?")]
    assert reading(text).meta.call_date == date(2025, 11, 18)


def test_header_alone_is_no_talk() -> None:
    """Fields without a talk below are an error."""
    with pytest.raises(UnreadableTranscriptError):
        reading("Datum: 18.11.2025\nAgent: Schulz\nKunde: Meier\n")


def test_commentary_around_the_talk_is_left_out() -> None:
    """Headings and prose before, between and after are no speech; notes say so."""
    transcript = reading(
        """# Übungsgespräch

Hier ein Gespräch vom 3. Mai 2025 aus der Schulung.

Agent: Guten Tag.
Kunde: Guten Tag.
Agent: Was gibt es?

Hier hätte man auch anders fragen können.

Kunde: Nichts.
Agent: Schön.

## Fazit

Hinweis: Das war zu kurz.
PS: Sehr kurz.
"""
    )

    assert [turn.text for turn in transcript.turns] == [
        "Guten Tag.",
        "Guten Tag.",
        "Was gibt es?",
        "Nichts.",
        "Schön.",
    ]
    assert transcript.meta.call_date == date(2025, 5, 3)
    assert transcript.notes == (
        "Text before the talk was left out: 2 lines.",
        "Text between the turns was left out as commentary: 1 line.",
        "Text after the talk was left out: 3 lines.",
    )


def test_list_of_people_is_a_header() -> None:
    """`Teilnehmer: Schulz, Meier` is no speaker; what follows a rule is no speech."""
    text = (
        "Protokoll\n=========\nTeilnehmer: Schulz, Meier\n\nSchulz: Tag.\nMeier: Tag.\nSchulz: Ja?\n---\nNotiz: ruhig"
    )

    assert talk(text) == [("Schulz", "Tag."), ("Meier", "Tag."), ("Schulz", "Ja?")]


def test_asterisks_around_a_line_are_a_remark() -> None:
    """`*lacht*` alone in a line is no speech."""
    turns = reading("Anna: Ja.\n*lacht*\nBen: Das ist *sehr* gut.\nAnna: Ja.").turns

    assert [(turn.text, turn.remarks) for turn in turns[:2]] == [("Ja.", ("lacht",)), ("Das ist *sehr* gut.", ())]


def test_paragraphs_belong_to_turns_that_are_paragraphs() -> None:
    """Where blank lines separate turns, a paragraph inside the talk goes on; after the last turn it does not."""
    transcript = reading("Anna: Eins.\n\nZwei.\n\nBen: Drei.\n\nAnna: Vier.\n\nBen: Fünf.\n\nDas war unser Gespräch.")

    assert [turn.text for turn in transcript.turns] == ["Eins. Zwei.", "Drei.", "Vier.", "Fünf."]
    assert len(transcript.notes) == 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Anna: Hallo.\nAnna: Noch jemand da?\nAnna: Nein.", '"Anna"'),
        ("Nur ein Satz ohne Namen.", "No talk"),
        ("[00:01] hallo\n[00:03] ja hallo\n[00:05] gut", "time stamps"),
        ("A: (schweigt)\nK: (schweigt)\nA: (geht)", "no words"),
        ("A: Hallo?\nK: (schweigt)\nA: Dann nicht.", "Only one speaker"),
        ('{"model": {"name": "A", "text": "x"}}', "JSON"),
        (" \n\n", "No talk"),
        ("start: 1\nend: 2\ntext: ja\nscore: 3\nspeed: 4\nstart: 5\nend: 6\n", "No talk"),
        ("Entweder: wir gehen.\n\nOder: wir bleiben.", "No talk"),
        ("Problem: teuer.\nLösung: billiger.\nProblem: langsam.\nLösung: schneller.", "No talk"),
    ],
)
def test_what_is_no_talk_of_two_is_an_error(text: str, words: str) -> None:
    """The message says what the file looks like, the hint what to do."""
    with pytest.raises(UnreadableTranscriptError, match=words) as caught:
        reading(text)

    assert (caught.value.place or "").startswith("call.txt")
    assert caught.value.hint


def test_words_before_colons_in_prose_make_no_talk() -> None:
    """A label that recurs in long prose only now and then is no speaker."""
    filler = "Dies ist ein langer Absatz ohne jedes Gespräch darin.\n" * 60
    text = f"Wien: schön.\n{filler}Graz: auch.\n{filler}Wien: ja.\n{filler}Graz: ja."

    with pytest.raises(UnreadableTranscriptError):
        reading(text)


def test_a_short_talk_in_long_prose_is_found() -> None:
    """Labels that go to and fro without a break are a talk wherever they stand."""
    filler = "Dies ist ein langer Absatz ohne jedes Gespräch darin.\n\n" * 30
    text = f"{filler}Wirt: Was darf es sein?\nGast: Ein Bier.\nWirt: Kommt.\n\n{filler}"

    assert talk(text) == [("Wirt", "Was darf es sein?"), ("Gast", "Ein Bier."), ("Wirt", "Kommt.")]


@pytest.mark.parametrize("dash", ["-", "–", "—"])
def test_labels_typed_with_a_dash_are_read(dash: str) -> None:
    """A dash in place of the colon, where the same few labels begin the lines by turns."""
    said = [
        ("V", "Guten Tag - hier Meier."),
        ("K", "Hallo, mein Drucker streikt."),
        ("V", "Seit wann?"),
        ("K", "Seit: jetzt."),
    ]
    text = "".join(f"{label} {dash} {words}\n" for label, words in said)
    assert talk(text) == said


@pytest.mark.parametrize(
    "text",
    [
        "- Milch\n- Brot\n- Milch\n- Brot\n- Käse\n",
        "Montag - Probe\nDienstag - Auftritt\nMittwoch - frei\nDonnerstag - Probe\n",
        "Berlin – eine Stadt\nBerlin – grau im Winter\nBerlin – grün im Sommer\nPotsdam – kleiner\nPotsdam – ruhig\n",
        "Er kam spät - wie immer.\nSie schwieg - wie immer.\nEr kam spät - wie oft.\nSie schwieg - wie oft.\n",
    ],
)
def test_lists_and_prose_with_dashes_are_no_talk(text: str) -> None:
    """A dash alone proves nothing."""
    with pytest.raises(UnreadableTranscriptError):
        reading(text)


def test_labels_in_quotation_marks_are_read() -> None:
    """`"Bride": words` names who talks."""
    assert talk('"Bride": Hello there.\n"Photographer": Grace!\n„Bride“: It is me.\n') == [
        ("Bride", "Hello there."),
        ("Photographer", "Grace!"),
        ("Bride", "It is me."),
    ]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Tammen, Bürgerbüro", "Frau Okafor"),
        ("Dr. Weber, Leiterin Einkauf", "Holger Pohl, Vertrieb"),
        ("Müller, Anna (Kundenservice, Team 3)", "Schmidt, Peter"),
        ("Susan Ito - Account Executive, Acme Corp", "Dan O'Brien, Head of IT"),
        ("Frau Lenz | Empfang", "Tom Reed, customer"),
        ("Prof. Dr. Kurz, Leiter für Technik", "Anna van der Berg – Disposition"),
    ],
)
def test_names_with_a_function_behind_them_are_labels(one: str, two: str) -> None:
    """As minutes and call notes write them; colons in the words stay words."""
    said = [(one, "Guten Tag."), (two, "Kurz, worum geht es: um den Vertrag?"), (one, "Ja, und: um den Preis.")]

    assert talk("\n".join(f"{who}: {words}" for who, words in said)) == said
    assert talk("\n\n".join(f"{who}:\n{words}" for who, words in said)) == said


def test_full_label_at_first_only() -> None:
    """`Tammen` is `Tammen, Bürgerbüro`; two people of one name with different functions stay two."""
    text = "Tammen, Bürgerbüro: Moin.\nOkafor: Tag.\nTammen: Ja?\nOkafor: Mein Ausweis.\nTammen: Gut."
    two = "Weber, Einkauf: Tag.\nWeber, Vertrieb: Tag.\nWeber, Einkauf: Und?\nWeber, Vertrieb: Gut."

    assert {who for who, _ in talk(text)} == {"Tammen, Bürgerbüro", "Okafor"}
    assert [who for who, _ in talk(two)] == ["Weber, Einkauf", "Weber, Vertrieb"] * 2


@pytest.mark.parametrize(
    "line",
    [
        "Herr Schulz, Moment: ich schaue nach.",
        "Frau Okafor, Hand aufs Herz: stimmt das?",
        "Gut, Frau Okafor: dann so.",
        "Montag, Dienstag: beides ginge.",
        "Strom, Gas: alles wird teurer.",
        "Ort, Datum: das fehlt noch.",
        "Name, Vorname: das fehlt noch.",
        "Berlin, Hamburg, Köln, Bonn: überall.",
        "Ms Reed, one thing: the price.",
        "Frau Okafor, eins noch: Montag.",
        "Tammen, der Leiter vom Amt mit der langen Liste der Namen: der sagt ja.",
        "Preis, Laufzeit: alles gleich.",
    ],
)
def test_sentences_that_address_somebody_are_no_labels(line: str) -> None:
    """A name, a comma and a colon inside somebody's words stay that one's words."""
    text = f"Tammen: Moin.\nOkafor: Tag.\nTammen: Also.\n{line}\nOkafor: Gut.\nTammen: Dann bis morgen."

    turns = talk(text)

    assert [who for who, _ in turns] == ["Tammen", "Okafor"] * 2 + ["Tammen"]
    assert turns[2] == ("Tammen", f"Also. {line}")


def test_times_of_the_day_are_no_seconds_of_a_call() -> None:
    """Else a chat's `[14:02]` to `[14:09]` would be seven seconds, and pauses and monologues be made up of them."""
    said = "Das Paket ist noch immer nicht da und niemand meldet sich, obwohl es versprochen war, was nun?"
    chat = "".join(f"[14:{at:02d}] {'AB'[at % 2]}: {said}\n" for at in range(2, 10))

    found = read(chat.encode(), path="chat.txt")

    assert [turn.start for turn in found.turns] == [None] * 8
    assert found.notes == ("Times were left out, for nobody talks so fast; they may be times of the day.",)


def test_times_of_fast_talk_are_kept() -> None:
    """Five words a second is quick, and people do talk so."""
    quick = "".join(f"[00:{at:02d}] {'AB'[at // 4 % 2]}: {'ja und nein ' * 6}\n" for at in range(0, 40, 4))

    assert [turn.start for turn in read(quick.encode(), path="call.txt").turns] == list(range(0, 40, 4))


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("tess_w", "Admin"),
        ("visitor88", "InsureDesk"),
        ("Kim @ Westgrid", "Farrow"),
        ("Sofia | Clubs", "runclub"),
        ("Frau Wiegand", "von Hallberg"),
        ("Enderle", "Kurz"),
    ],
)
def test_two_labels_of_any_shape_that_take_turns_are_read(one: str, two: str) -> None:
    """Handles of a chat, and names that look like words, are labels where nearly all lines begin with one of two."""
    said = [
        "hello, how can we help?",
        "my invoice is wrong again",
        "which one, please?",
        "the one of may",
        "I see it, sorry",
        "thanks a lot",
    ]
    labels = [one, two] * 3

    assert talk("\n".join(f"{label}: {words}" for label, words in zip(labels, said, strict=True))) == list(
        zip(labels, said, strict=True)
    )


@pytest.mark.parametrize(
    "text",
    [
        "max_size: 12\nmin_size: 3\n" * 6,
        "a_size: the size of it\nb_size: the size of that\nc_size: the size of this\n" * 4,
        "warning_1: disk is nearly full\n" * 8 + "error_1: disk is full now\n" * 3,
    ],
)
def test_lists_of_values_are_no_talk(text: str) -> None:
    """Two keys by turns make no talk where what follows them is a value, and neither do three, or two in blocks."""
    with pytest.raises(UnreadableTranscriptError):
        reading(text)


def test_no_line_is_lost_beside_labels_of_any_shape() -> None:
    """A line that neither of the two begins is not dropped in silence: then the text is refused."""
    lines = ["tess_w: hello, are you there", "Front-Desk Team: yes, how can we help?"] * 12
    with pytest.raises(UnreadableTranscriptError):
        reading("\n".join([*lines[:5], "and another thing about my bill", *lines[5:]]))
