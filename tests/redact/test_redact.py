"""Placeholders stand for what is personal, everywhere in a review, and for nothing else."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.call import review_transcript
from coach.config import Config
from coach.model import Language, Review, Speaker, Transcript, Turn
from coach.read import read
from coach.redact import redacted, redacted_transcript
from coach.report.json_v1 import render
from coach.rules import load_rules

GERMAN = """\
Agent: Guten Tag, hier ist Anna Kowalczyk von der Stadtwerke GmbH, was kann ich für Sie tun?
Kunde: Ja, Möllenkamp mein Name, Peter Möllenkamp. Meine Kundennummer ist 4711-0815-22.
Agent: Danke, Herr Möllenkamp. Ihre Adresse ist noch die Lange Straße 12, 26121 Oldenburg?
Kunde: Nein, jetzt Gartenweg 7a. Ich bin am 3. Mai 1962 geboren. Kein Interesse an einem neuen Vertrag.
Agent: Prima, Möllenkamps Vertrag läuft also aus. Unser neuer Tarif ist der beste, Frau Kowalczyk hilft Ihnen da gern.
Kunde: Nein danke, wirklich nicht. Rufen Sie mich nicht mehr unter 0176 23456789 an.
"""


def spoken(text: str, language: Language = "de", before: str = "Ja, bitte?") -> str:
    """The second turn of a call with placeholders."""
    turns = (
        Turn(number=1, speaker="Agent", text=before),
        Turn(number=2, speaker="Customer", text=text),
    )
    speakers = (Speaker(label="Agent"), Speaker(label="Customer"))
    call = Transcript(path="x", format="text", turns=turns, speakers=speakers)
    return redacted_transcript(call, language).turns[1].text


@pytest.mark.parametrize(
    ("language", "said", "shown"),
    [
        ("de", "Guten Tag, Herr Möllenkamp.", "Guten Tag, Herr [NAME-1]."),
        ("de", "guten tag herr jablonski riemer am apparat", "guten tag herr [NAME-1] [NAME-2] am apparat"),
        ("de", "Das ist der Frau Doktor Auinger ihre Kanzlei.", "Das ist der Frau Doktor [NAME-1] ihre Kanzlei."),
        ("de", "Frau Sommer kommt im Sommer.", "Frau [NAME-1] kommt im Sommer."),
        ("de", "Mein Name ist Peter Klein, ein klein wenig spät.", "Mein Name ist [NAME-1], ein klein wenig spät."),
        ("de", "Petersens Auto, Herr Petersen?", "[NAME-1]s Auto, Herr [NAME-1]?"),
        ("de", "Meine Frau und mein Sohn wollen das nicht.", "Meine Frau und mein Sohn wollen das nicht."),
        (
            "de",
            "meine frau ist da und der herr doktor auch",
            "meine frau ist da und der herr doktor auch",
        ),
        ("de", "Ich bin Rentnerin und wohne im Haus.", "Ich bin Rentnerin und wohne im Haus."),
        ("de", "Schreiben Sie an anna.b@web.de.", "Schreiben Sie an [E-MAIL-1]."),
        ("de", "anna punkt b at web punkt de", "[E-MAIL-1]"),
        ("de", "Ich wohne Lange Reihe 14 in Hamburg.", "Ich wohne [ADRESSE-1] in Hamburg."),
        (
            "de",
            "Das Kennzeichen ist HH-KL 332, ein A-Modell von 2014.",
            "Das Kennzeichen ist [NUMMER-1], ein A-Modell von 2014.",
        ),
        ("de", "Unter 0441 / 99 88 77 oder +49 176 2345 6789.", "Unter [TELEFON-1] oder [TELEFON-2]."),
        ("de", "null eins sieben sechs, zwei drei vier fünf", "[TELEFON-1]"),
        ("de", "DE89 3704 0044 0532 0130 00 ist die IBAN.", "[IBAN-1] ist die IBAN."),
        ("de", "Karte 4111 1111 1111 1111, bitte.", "Karte [KARTE-1], bitte."),
        ("de", "Vertragsnummer VK-2201-7 steht oben.", "Vertragsnummer [NUMMER-1] steht oben."),
        ("de", "Lange Straße 12 in 26121 Oldenburg.", "[ADRESSE-1] in [ADRESSE-2]."),
        ("de", "Am 3. Mai 1962 geboren.", "Am [GEBURTSTAG-1] geboren."),
        (
            "de",
            "120000 Euro am 27.10.2025 um 14:30 Uhr.",
            "120000 Euro am 27.10.2025 um 14:30 Uhr.",
        ),
        ("de", "12.500 kWh, 2023/24, fünf sechs Wochen.", "12.500 kWh, 2023/24, fünf sechs Wochen."),
        ("de", "Auf dem Weg 3 Leute, am Montag 14 Uhr.", "Auf dem Weg 3 Leute, am Montag 14 Uhr."),
        ("de", "Bei [NAME-1] und Herrn Brandl.", "Bei [NAME-1] und Herrn [NAME-2]."),
        ("en", "Hi, this is Jolene Pruitt. Jolene.", "Hi, this is [NAME-1]. [NAME-1]."),
        ("en", "hi this is darlene um darlene's bike", "hi this is [NAME-1] um [NAME-1]'s bike"),
        ("en", "Mr Price, the price is too high.", "Mr [NAME-1], the price is too high."),
        ("en", "Will you call me on Monday in May?", "Will you call me on Monday in May?"),
        ("en", "oh seven nine double four, one two three", "[PHONE-1]"),
        ("en", "Call (212) 555-0187 or +44 20 7946 0958.", "Call [PHONE-1] or [PHONE-2]."),
        ("en", "42 Maple Street, NW1 6XE.", "[ADDRESS-1], [ADDRESS-2]."),
        ("en", "1,250,000 pounds in 2019 and 2020, 15000 miles.", "1,250,000 pounds in 2019 and 2020, 15000 miles."),
        ("en", "My claim number is AB-123456.", "My claim number is [NUMBER-1]."),
    ],
)
def test_what_is_personal_is_replaced_and_nothing_else(language: Language, said: str, shown: str) -> None:
    """Names, numbers, addresses and dates of birth; sums, dates and ordinary nouns stay."""
    assert spoken(said, language) == shown


@pytest.mark.parametrize(
    ("language", "question", "said", "shown"),
    [
        ("en", "Date of birth?", "June the second, nineteen forty-nine.", "[BIRTHDAY-1]."),
        ("en", "Member ID?", "It's four four oh nine.", "It's [NUMBER-1]."),
        ("de", "Und Ihre Telefonnummer?", "vier vier eins, neun null sieben", "[TELEFON-1]"),
        ("de", "Wo wohnen Sie?", "Am Markt 3.", "[ADRESSE-1]."),
    ],
)
def test_an_answer_is_understood_by_its_question(language: Language, question: str, said: str, shown: str) -> None:
    """What kind of number it is stands in the turn before."""
    assert spoken(said, language, before=question) == shown


def test_the_same_value_has_the_same_placeholder() -> None:
    """Written, spoken, in parts and in the genitive; labels come first."""
    text = (
        "Frau Vollmer: Guten Tag, Anke Vollmer hier. Die Nummer?\n"
        "Herr Petersen: 0176 2345678. Petersen.\n"
        "Frau Vollmer: Also null eins sieben sechs, richtig, Herr Petersen?\n"
        "Herr Petersen: zwei drei vier fünf sechs sieben acht. Petersens Nummer, Frau Vollmer.\n"
    )
    call = redacted_transcript(read(text.encode(), path="x"), "de")
    assert [turn.text for turn in call.turns] == [
        "Guten Tag, [NAME-1] hier. Die Nummer?",
        "[TELEFON-1]. [NAME-2].",
        "Also [TELEFON-1], richtig, Herr [NAME-2]?",
        "[TELEFON-1]. [NAME-2]s Nummer, Frau [NAME-1].",
    ]
    assert [speaker.label for speaker in call.speakers] == ["Frau [NAME-1]", "Herr [NAME-2]"]


@pytest.mark.parametrize(
    ("language", "before", "said", "shown"),
    [
        ("de", "Ich wohne in der Lindenstraße 14.", "Die Lindenstraße ist gesperrt.", "Die [ADRESSE-1] ist gesperrt."),
        ("de", "Also Rosenweg 3?", "Ja, im Rosenweg, nicht in der Rosenwegsiedlung.", None),
        ("en", "That is twelve Larkspur Lane.", "Larkspur Lane, is it?", "[ADDRESS-1], is it?"),
        ("en", "It's 4 Oak Street.", "Turn off the high street.", "Turn off the high street."),
    ],
)
def test_a_street_said_with_its_number_is_known_without(
    language: Language, before: str, said: str, shown: str | None
) -> None:
    """Whole words alone; other streets tell nobody's address."""
    expected = shown or "Ja, im [ADRESSE-1], nicht in der Rosenwegsiedlung."
    assert spoken(said, language, before) == expected


@pytest.mark.parametrize(
    ("language", "mail", "said", "shown"),
    [
        ("en", "It is harriet.lockyer@web.com.", "Thanks. Lockyer is how it stands here, Mrs Lockyer.", "[NAME-1]"),
        ("en", "harriet dot lockyer at web dot com", "Good. Lockyer with a y, Mrs Lockyer?", "[NAME-1]"),
        ("de", "x.obermoser@web.de", "Obermoser steht auch hier, Herr Obermoser.", "[NAME-1]"),
        ("de", "Auf www.obermoser-dach.de steht es.", "Obermoser mit O, Herr Obermoser?", "[NAME-1]"),
    ],
)
def test_a_name_in_a_mail_address_is_no_ordinary_word(language: Language, mail: str, said: str, shown: str) -> None:
    """Small letters in an address say nothing of how the name is written elsewhere, at the start of a sentence too."""
    text = spoken(said, language, mail)
    assert text.count(shown) == 2
    assert "ockyer" not in text
    assert "bermoser" not in text


def test_an_address_leaves_the_full_stop() -> None:
    """The sentence ends where it ended."""
    assert spoken("I'm at 12 Larkspur Lane. Ring twice.", "en") == "I'm at [ADDRESS-1]. Ring twice."


def test_a_label_that_names_a_firm_and_a_person_is_one_placeholder() -> None:
    """No bracket of it is left over."""
    text = "FitBox Support (Tim): Was kann ich tun?\nLena (Kundin): Nichts.\nFitBox Support (Tim): Gut.\n"
    call = redacted_transcript(read(text.encode(), path="x"), "de")
    assert [speaker.label for speaker in call.speakers] == ["[NAME-1]", "[NAME-2] (Kundin)"]


@pytest.fixture(scope="module")
def review() -> Review:
    """A call in which each kind of personal data is said."""
    return review_transcript(read(GERMAN.encode(), path="call.txt"), load_rules(), Config())


SECRETS = ("Kowalczyk", "Möllenkamp", "4711", "Lange Straße", "26121", "Oldenburg", "Gartenweg", "1962", "0176", "2345")


def test_nothing_personal_is_left_anywhere_in_a_review(review: Review) -> None:
    """Quotes, related quotes, acts, bases, labels: the whole value is searched."""
    assert review.findings
    shown = redacted(review)
    assert [secret for secret in SECRETS if secret.casefold() in repr(shown).casefold()] == []
    report = render([shown], [], "0", everything=True)
    assert [secret for secret in SECRETS if secret.casefold() in report.casefold()] == []
    assert "[NAME-2]" in report


def test_a_redacted_review_judges_the_original_words(review: Review) -> None:
    """Findings, fingerprints, score, and which findings are in focus stay; doing it twice changes nothing."""
    shown = redacted(review)
    assert [(item.rule, item.turn, item.fingerprint) for item in shown.findings] == [
        (item.rule, item.turn, item.fingerprint) for item in review.findings
    ]
    assert shown.scorecard == review.scorecard
    listed = {id(item) for item in shown.findings}
    assert all(id(item) in listed for focus in shown.focus for item in focus.findings)
    assert redacted(shown) == shown


def test_a_long_quote_is_redacted_where_it_is_cut() -> None:
    """A number that the end of a quote cuts in two is replaced all the same."""
    from coach.check import quoted
    from coach.redact import redaction_of

    text = "Ja, " + "und so weiter " * 16 + "null eins sieben sechs, zwei drei vier fünf sechs"
    call = Transcript(
        path="x",
        format="text",
        turns=(Turn(number=1, speaker="A", text=text), Turn(number=2, speaker="B", text="Gut.")),
        speakers=(Speaker(label="A"), Speaker(label="B")),
    )
    quote = quoted(text)
    assert quote.endswith("…")
    assert "null" in quote
    assert "null" not in redaction_of(call, "de").quote(quote, 1)


@given(st.lists(st.text(max_size=60), min_size=1, max_size=6), st.sampled_from(["de", "en"]))
def test_any_text_is_redacted_once_and_for_all(texts: list[str], language: Language) -> None:
    """Whatever is said, placeholders are whole and stay."""
    turns = tuple(Turn(number=n, speaker="AB"[n % 2], text=text) for n, text in enumerate(texts, start=1))
    call = Transcript(path="x", format="text", turns=turns, speakers=(Speaker(label="A"), Speaker(label="B")))
    once = redacted_transcript(call, language)
    assert [turn.number for turn in once.turns] == [turn.number for turn in turns]
    assert redacted_transcript(once, language) == once


def test_long_texts_take_linear_time() -> None:
    """Digits, letters and words without end are no trap for the patterns."""
    for piece in ("0 1 ", "a.b-", "null ", "A-B-", "Straße ", "12345", "x at y punkt ", "Frau ", "19 "):
        assert len(spoken(piece * 4000)) > 0


@pytest.mark.parametrize("path", sorted(Path("examples").glob("*.txt")), ids=lambda path: path.stem)
def test_ordinary_words_of_the_examples_stay(path: Path) -> None:
    """Of the examples only names are replaced."""
    transcript = read(path, path=str(path))
    shown = redacted_transcript(transcript, "de" if path.name.startswith("de") else "en")
    text = json.dumps([turn.text for turn in shown.turns], ensure_ascii=False)
    assert set(re.findall(r"\[([A-Z-]+)-[0-9]+\]", text)) <= {"NAME"}


def test_who_is_at_the_telephone_is_named() -> None:
    """A company before the name does not hide it, and a verb after `die Frau` is none."""
    assert spoken("da wird die Frau strahlen") == "da wird die Frau strahlen"
    assert spoken("Talnetz Kundendienst, mein Name ist Wicki.") == "Talnetz Kundendienst, mein Name ist [NAME-1]."
    assert spoken("null sieben neun ähm drei eins eins vier") == "[TELEFON-1]"


@pytest.mark.parametrize(
    ("language", "said", "shown"),
    [
        ("de", "Sie verlieren einen Tag Umsatz.", "Sie verlieren einen Tag Umsatz."),
        ("de", "Moin, Nele Arendt von Kursbuch.", "Moin, [NAME-1] von Kursbuch."),
        ("de", "Guten Tag, Reitmayr. Herr Reitmayr.", "Guten Tag, [NAME-1]. Herr [NAME-1]."),
        ("en", "Heyyy Priyanka, hi. This is Kofi Larsen.", "Heyyy [NAME-1], hi. This is [NAME-2]."),
        ("en", "I've never hired a designer, a Designer.", "I've never hired a designer, a Designer."),
    ],
)
def test_greetings_give_names_away_and_nothing_else(language: Language, said: str, shown: str) -> None:
    """A name after a greeting, before a company; not every word after `Tag`."""
    assert spoken(said, language) == shown


def test_numbers_beside_their_word_are_numbers_and_no_telephones() -> None:
    """`Auftrag 20331` and `Auftragsnummer 0203399`; a year is none."""
    text = "Es geht um Auftrag 20331, die Kunden-/Vertrags-/Auftragsnummer 0203399 und den Vertrag 2024."
    shown = spoken(text)
    assert "Auftrag [NUMMER-1]" in shown
    assert "Auftragsnummer [NUMMER-2]" in shown
    assert "Vertrag 2024" in shown
    assert "order [NUMBER-1]" in spoken("It is about order 20331.", "en", before="Hello?")


def test_a_surname_that_is_a_word_goes_with_its_given_name() -> None:
    """`Anna Lang` is one person, though `lang` is a word."""
    assert spoken("Ja hallo, Anna Lang. Es geht um mein Gerät.").startswith("Ja hallo, [NAME-1]. Es")
    assert spoken("Ja hallo, Anna. Danke.").startswith("Ja hallo, [NAME-1]. Danke")
