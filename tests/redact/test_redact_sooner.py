"""What a text cannot hold is not looked for in it: what is passed over sooner would have been passed over anyway."""

from hypothesis import given
from hypothesis import strategies as st

from coach.redact import birthdays, numbers, places, spoken

PARTS = (
    *(
        "anna.berg",
        " at ",
        " ät ",
        " klammeraffe, ",
        "web",
        " punkt de",
        " dot co dot uk",
        ".com",
        "@",
        "\N{KELVIN SIGN}",
        "ß",
        "İ",
    ),
    *(
        "Lange Straße",
        "Hauptstr.",
        "Amselweg",
        "Am Markt",
        "Kirchgässchen",
        ", Hausnummer ",
        " 12",
        " zwölf",
        " siebenundzwanzig a",
    ),
    *(
        "12 ",
        "twenty-one ",
        "oh ",
        "Baker",
        "Mill",
        " Street",
        " lane",
        " Rd",
        " avenue",
        " number 7",
        "SW1A 1AA",
        "²",
        "\u0301",
        "\u0305",
        "4711",
        " ",
        ", ",
    ),
    *("geb. ", "Geboren am ", "D.O.B. ", "dob ", "date of birth ", "born ", " 3.5.1962", "Geburtstag"),
    *("null ", "eins ", "zwo ", "triple ", "seven ", "zweiunddreißig ", "Kundennummer "),
)
TEXTS = st.lists(st.sampled_from(PARTS) | st.text(max_size=3), max_size=8).map("".join)


@given(TEXTS)
def test_every_mail_is_looked_for(text: str) -> None:
    """Written and spoken."""
    looked_for = numbers._mail_patterns(text)
    assert [pattern for pattern in (numbers._MAIL, numbers._SPOKEN_MAIL) if pattern.search(text)] == [
        pattern for pattern in looked_for if pattern.search(text)
    ]


@given(TEXTS)
def test_every_address_is_looked_for(text: str) -> None:
    """In both languages."""
    english = places._addresses_en(text, digits=any(digit in text for digit in "0123456789"))
    every = places._addresses_en("12 Baker Street 12", digits=True)
    assert len(every) == 5
    assert [pattern for pattern in every if pattern.search(text) and pattern not in english] == []
    assert not places._STREET_DE.search(text) or places._streets_de(text)


@given(TEXTS)
def test_every_date_of_birth_is_looked_for(text: str) -> None:
    """Whatever the case."""
    for said in (text, text.upper()):
        assert birthdays.births(said) == [cue.span() for cue in birthdays._BIRTH.finditer(said)]


@given(TEXTS)
def test_every_run_of_digits_is_looked_for(text: str) -> None:
    """A run of fewer than three digits is nobody's number."""
    whole = [run for run in spoken._said_runs(text) if len(run.digits) >= spoken.AGAIN]
    assert [run for run in spoken.runs(text) if len(run.digits) >= spoken.AGAIN] == whole
