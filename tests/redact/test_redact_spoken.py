"""Numbers, dates and names as recognisers write them, and labels that name a firm beside a person."""

import pytest

from coach.model import Language, Speaker, Transcript, Turn
from coach.read import read
from coach.redact import redacted_transcript


def shown(language: Language, *said: str) -> list[str]:
    """What the customer and the agent say in turn after the greeting, with placeholders."""
    texts = ("Ja, bitte?" if language == "de" else "Yes, please?", *said)
    turns = tuple(Turn(number=n, speaker=("B", "A")[n % 2], text=text) for n, text in enumerate(texts, start=1))
    call = Transcript(path="x", format="text", turns=turns, speakers=(Speaker(label="A"), Speaker(label="B")))
    return [turn.text for turn in redacted_transcript(call, language).turns[1:]]


@pytest.mark.parametrize(
    ("language", "said", "expected"),
    [
        ("de", "meine nummer ist null eins sieben fünf drei drei zwei eins", "meine nummer ist [TELEFON-1]"),
        ("de", "die null eins sieben äh zwo drei ähm doppel fünf sechs", "die [TELEFON-1]"),
        ("de", "die kundennummer ist die achtundvierzig dreiundzwanzig", "die kundennummer ist die [NUMMER-1]"),
        ("de", "null siebenhundertelf vier fünf drei zwei eins", "[TELEFON-1]"),
        ("en", "my number is oh seven seven double two nine five", "my number is [PHONE-1]"),
        ("en", "oh seven seven no sorry oh seven eight eight two two one", "[PHONE-1]"),
        ("en", "my reference is a b c four five six", "my reference is [NUMBER-1]"),
        ("de", "geboren am dritten vierten neunzehnhundertzweiundsechzig", "geboren am [GEBURTSTAG-1]"),
        ("de", "ich bin am siebzehnten ersten achtundsiebzig geboren", "ich bin am [GEBURTSTAG-1] geboren"),
        ("en", "born on the third of april nineteen sixty two", "born on [BIRTHDAY-1]"),
        ("en", "my date of birth is um the twenty first of march er ninety", "my date of birth is um [BIRTHDAY-1]"),
        ("en", "so mr brown and mrs green rang", "so mr [NAME-1] and mrs [NAME-2] rang"),
        ("de", "ich habe mit herrn klein gesprochen", "ich habe mit herrn [NAME-1] gesprochen"),
        ("de", "und der herr voigt kam nicht", "und der herr [NAME-1] kam nicht"),
        ("en", "my surname is okonkwo", "my surname is [NAME-1]"),
        ("de", "mein name ist lena kowalke was kann ich tun", "mein name ist [NAME-1] was kann ich tun"),
        ("en", "It's NG 40718.", "It's [NUMBER-1]."),
    ],
)
def test_what_recognisers_write_in_words_is_replaced(language: Language, said: str, expected: str) -> None:
    """All of it, pauses and second thoughts included."""
    assert shown(language, said) == [expected]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("de", "das läuft vierundzwanzig monate und kostet neunundzwanzig neunundneunzig im monat"),
        ("de", "in fünf minuten sind zwei leute da um acht uhr dreißig"),
        ("de", "am dritten april kommt der techniker zwischen acht und zwölf"),
        ("de", "ihre nummer habe ich zwei drei mal gewählt"),
        ("de", "mein geburtstag ist in drei monaten"),
        ("de", "die frau strahlt und der herr wartet"),
        ("de", "Des is a Ratzefummel, sog i Ihnen."),
        ("en", "your number is on file so that's twenty nine ninety nine a month"),
        ("en", "when we built it in nineteen ninety two people came at half past eight"),
        ("en", "oh right one two people"),
        ("en", "ah dinnae ken that, generally speaking"),
    ],
)
def test_sums_times_counts_and_ordinary_words_stay(language: Language, said: str) -> None:
    """Numbers that lead to nobody, and words that are no names."""
    assert shown(language, said) == [said]


def test_a_number_said_in_pieces_is_one_number() -> None:
    """The pieces, and the other side saying them again, have one placeholder; short answers to other questions stay."""
    said = (
        "oh seven nine",
        "oh seven nine yeah",
        "eight two one",
        "eight two one",
        "five five six",
        "lovely thank you",
    )
    part = "[PHONE-1]"
    assert shown("en", *said) == [part, f"{part} yeah", part, part, part, "lovely thank you"]
    assert shown("de", "wann", "zwölf dreißig", "zwölf dreißig passt") == [
        "wann",
        "zwölf dreißig",
        "zwölf dreißig passt",
    ]


def test_a_date_of_birth_said_again_is_the_same_date() -> None:
    """Months in words or by number; a date after another question is none."""
    said = (
        "geburtsdatum",
        "zwölfter vierter einundachtzig",
        "also zwölfter april neunzehnhunderteinundachtzig",
        "genau",
    )
    assert shown("de", *said) == ["geburtsdatum", "[GEBURTSTAG-1]", "also [GEBURTSTAG-1]", "genau"]
    assert "mai" in shown("de", "geburtsdatum brauche ich nicht", "gut", "der techniker kommt am fünften mai")[2]


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Rachel (Brightside Windows)", "[NAME-1]"),
        ("Frau Weber (Stadtwerke Nord)", "Frau [NAME-1]"),
        ("Tom – Acme Ltd", "[NAME-1]"),
        ("Dana (Fenwick Heating)", "[NAME-1]"),
        ("Herr Krüger, Firma Holz", "Herr [NAME-1]"),
        ("Weber, Petra", "[NAME-1]"),
        ("Sarah Jones [Acme]", "[NAME-1]"),
        ("Mr Wood (Wood & Sons)", "Mr [NAME-1]"),
        ("Berater Tom (Sales, North)", "Berater [NAME-1] (Sales, North)"),
        ("Kunde (Herr Meyer)", "Kunde (Herr [NAME-1])"),
    ],
)
def test_a_label_has_one_placeholder_and_whole_brackets(label: str, expected: str) -> None:
    """Firms go with the name, parts in the call stay."""
    text = f"{label}: Hello, I call about the windows.\nKunde: Yes, go on.\n{label}: Fine, that is good.\nKunde: No.\n"
    call = redacted_transcript(read(text.encode(), path="x"), "de")
    assert call.speakers[0].label == expected
    assert call.turns[0].text == "Hello, I call about the windows."


def test_a_number_with_hundreds_in_it_is_no_year_after_a_date_of_birth() -> None:
    """Half a telephone number taken for a date would leave the other half to be read."""
    said = ("what's your date of birth", "third of april nineteen sixty two", "and your number", PHONE_WITH_HUNDREDS)
    assert shown("en", *said)[1::2] == ["[BIRTHDAY-1]", "[PHONE-1]"]


PHONE_WITH_HUNDREDS = "oh seven seven double oh nine hundred four one six"
