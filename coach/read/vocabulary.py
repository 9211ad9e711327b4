"""Words that can be a speaker's label, and words before a colon that never are."""

import re

LETTERS = frozenset("abckmqsv")
"""Single letters that are a label in lower case, too."""

SAYING = frozenset(
    "sagte sagt meinte meint fragte fragt antwortete antwortet rief said says asked asks replied replies answered".split()
)
"""Last words of a phrase before a quotation: `Er sagte: „…“`."""

TITLES = frozenset("herr frau hr fr dr prof mr mrs ms miss mx sir madam".split())

PARTICLES = frozenset("von van de der den del di da la le zu zur zum und and of the y e bin ibn al el".split())

FIELDS = frozenset(
    """
    hinweis hinweise anmerkung anmerkungen notiz notizen ps note notes betreff datum date subject re aw wg fwd von from
    to an cc bcc uhr uhrzeit fazit tipp tip tipps achtung warnung warning update nachtrag edit quelle quellen source
    sources link links http https ftp mailto www tel telefon phone fax mobil mobile email mail adresse address ort
    location zeit time dauer duration länge length thema topic themen topics titel title id ticket vorgang
    aktenzeichen nummer number zusammenfassung summary teilnehmerliste attendees participants anwesend sprache
    language version status datei file kategorie category tags tag schlagwörter autor author veröffentlicht published
    kommentar kommentare comment comments inhalt contents agenda einleitung introduction hintergrund background
    gesprächsdatum anrufdatum anfragedatum leaddatum gesprächsart anruftyp gesprächstyp gesprächsdauer
    transkript transcript protokoll aufnahme recording call anruf gespräch szene scene teil part kapitel chapter
    bewertung rating analyse analysis audiodatei mediendatei audio audiofile
    """.split()
)
"""First words before a colon that announce a field or a note."""

FIELD_PHRASES = frozenset(
    {
        "call date",
        "call type",
        "call id",
        "call-id",
        "lead date",
        "lead-datum",
        "enquiry date",
        "inquiry date",
        "anfrage vom",
        "gespräch vom",
        "anruf vom",
        "datum des gesprächs",
        "gesprächs-id",
        "recording id",
        "p.s.",
        "p. s.",
        "e-mail",
    }
)

DISCOURSE = frozenset(
    """
    also nochmal nochmals noch erstens zweitens drittens viertens ok okay so gut frage antwort problem lösung wichtig
    kurz kurzum ergebnis fakt übrigens heißt sprich beispiel beispiele merke entweder oder und aber denn doch nur
    erste erster erstes zweite zweiter zweites dritte dritter drittes letzte letzter letztes punkt schritt variante
    option möglichkeit vorteil nachteil ja nein nee klar genau stimmt danke bitte hallo guten moin servus tja naja
    hm hmm äh ähm mal jetzt dann heute morgen gestern hier da das dies dieser diese der die ein eine was wer wie wo
    wann warum wieso weshalb wenn weil kein keine nicht nie immer eins zwei drei vier plus minus stichwort motto
    grund gründe ziel ziele folge konkret beziehungsweise bzw nämlich überhaupt immerhin schließlich außerdem
    trotzdem zuletzt zuerst vor nach seit bei mit ohne für gegen preis kosten regel gesagt getan
    first firstly second secondly third thirdly last lastly finally look listen again anyway question answer solution
    example examples important remember reminder fact basically meaning thing point step bottom either or and but
    yes no yeah nope right well now then today tomorrow yesterday here there this that these those it its what who how
    where when why if because not never always one two three four pro con pros cons reason goal result hello hi hey
    thanks thank please sorry oh ah um uh er my your our his her their price cost rule option
    januar februar märz april mai juni juli august september oktober november dezember
    january february march may june july october december
    montag dienstag mittwoch donnerstag freitag samstag sonntag
    monday tuesday wednesday thursday friday saturday sunday
    """.split()
) - {"er", "her", "his", "april", "may"}
"""First words of a phrase that ends in a colon inside a talk: `Nochmal:`, `Also pass auf:`."""

GREETINGS = frozenset(
    "hallo hi hello hey guten grüß moin servus ja nein yes no good danke thanks tag morgen abend bitte okay ok".split()
)
"""Words that say that a short text after a label is talk and no name."""

FORM_FIELDS = frozenset(
    "name vorname nachname firma strasse straße ort plz anschrift unterschrift first surname".split()
)
"""Words that stand before a comma in the fields of a form: `Name, Vorname: …`."""

FUNCTIONS = re.compile(
    "leiter|leitung|vertrieb|einkauf|einkäufer|büro|service|support|abteilung|beratung|berater|sekretariat|assist|empfang"
    "|zentrale|kundendienst|technik|buchhaltung|geschäftsführ|inhaber|meister|sachbearbeit|vermiet|mieter|manage|director"
    "|head|team|sales|account|desk|office|reception|dispatch|engineer|advis|consult|specialist|owner|president|officer"
    "|executive|coordinator|representative|customer|client|kunde|kundin|patient|disposition|verwaltung|marketing|praxis"
)
"""Parts of words that say what somebody does, behind a name: `Bürgerbüro`, `Leiterin Einkauf`, `Account Executive`."""
