"""Words around names, and given names that are nothing but names."""

import unicodedata
from functools import lru_cache
from importlib.resources import files

from coach.model import Language

TITLES = frozenset("frau herr herrn fr hr fräulein mr mrs ms miss mister missus mx".split())
DEGREES = frozenset("dr prof doktor professor doctor".split())
RANKS = frozenset(
    """
    dr prof mag dipl ing doktor professor magister direktor direktorin hofrat kommerzialrat ingenieur notar notarin rechtsanwalt
    rechtsanwältin pfarrer pastor doctor med jur phil rer nat
    """.split()
)
"""What stands between a title and a name."""
NOT_AFTER_TITLE = frozenset(
    """
    mutter mama vater papa nachbar nachbarin gemahl gemahlin ober kollege kollegin bürgermeister bürgermeisterin präsident
    präsidentin minister ministerin kapitän wirt wirtin chef chefin tochter schwester schwiegermutter president chairman
    chairwoman speaker manager minister mayor judge understood universe
    """.split()
)
"""`Ihre Frau Mutter`, `Herr Ober`: no names."""
POSSESSIVES = frozenset(
    """
    mein meine mei meiner meinem meinen dein deine deiner deinem sein seine seiner seinem seinen ihr ihre ihrer ihrem ihren unser
    unsere unserer eure euer eine einer kein keine keiner jede jeder ne a
    """.split()
)
"""Before `frau`, these say that it is no title."""
PARTICLES = frozenset(
    "von van de der den del della di da du le la zu zur zum vom bin ibn al el ter ten te dos das".split()
)
FILLERS = frozenset("äh ähm eh öh ehm hm uh um er erm".split())
ARTICLES = frozenset(
    """
    im am der die das den dem des ein eine einen einem einer eines kein keine keinen diesen diesem dieser dieses jeden jeder jedes
    letzten nächsten ganzen vom zum zur beim ins ans pro ab bis seit the a an this that every next last in on by my your his her
    """.split()
)
"""Before a word that is also a noun, these say that it is the noun."""
ORIGIN = frozenset("von vom aus from with at calling in over here speaking again hier am mein".split())
"""What follows a name by which somebody introduces themselves."""

KIN = frozenset(
    """
    sohn tochter mann frau bruder schwester mutter vater mama papa mutti vati oma opa freund freundin kollege kollegin kollegen chef
    chefin nachbar nachbarin enkel enkelin neffe nichte tante onkel schwager schwägerin partner partnerin husband wife son daughter
    brother sister mother father mum mom dad boyfriend girlfriend colleague coworker boss manager supervisor neighbour neighbor
    friend uncle aunt cousin nephew niece grandson granddaughter assistant
    """.split()
)
"""Behind somebody's own these, a name follows."""
INTERJECTIONS = frozenset(
    """
    ah aha oh yes yeah no nope okay ok great sure right alright well so look listen sorry please thanks cheers perfect lovely
    brilliant ja jo nee nein gut genau klar also ach ach so danke bitte mensch entschuldigung super prima
    """.split()
)
"""Behind these stands who is spoken to."""

ROLE_WORDS = frozenset(
    """
    notar notarin kanzlei anwalt anwältin arzt ärztin praxis disponent disponentin einkauf einkäufer einkäuferin buchhaltung
    sekretariat sekretärin zentrale empfang werkstatt hausverwaltung verwaltung verwalter verwalterin mieter mieterin vermieter
    vermieterin versicherter versicherte versicherungsnehmer patient schwester tochter sohn mutter vater ehefrau ehemann frau mann
    herr dame techniker monteur fahrer lehrer lehrerin schüler leser leserin hörer gärtner koch köchin wirt wirtin
    geschäftsführer geschäftsführerin inhaber inhaberin besitzer besitzerin eigentümer eigentümerin nachbar nachbarin kollege
    kollegin bauherr bauherrin bauleiter reisende gast urlauber urlauberin planner dispatcher dispatch owner homeowner manager
    director nurse doctor teacher driver mother father son daughter husband wife mom mum dad reader listener adjuster underwriter
    broker banker teller cashier concierge landlord tenant pharmacist receptionist attorney lawyer paralegal mechanic foreman
    contractor roofer builder architect buyer vendor supplier distributor applicant policyholder member subscriber shopper
    annahme disposition reklamation buchung aufnahme rezeption schalter filiale zimmerei autohaus bestellung unbekannt unknown other system ivr narrator erzähler teilnehmer stelle amt behörde gemeinde stadt
    """.split()
)
"""Labels that are parts in a call and no names, beside those the roles know."""
ROLE_ENDINGS = (
    "berater", "beraterin", "bearbeiter", "bearbeiterin", "leiter", "leiterin", "händler", "händlerin", "verkäufer", "verkäuferin",
    "betreuer", "betreuerin", "assistent", "assistentin", "assistant", "techniker", "technikerin", "vertreter", "vertreterin",
    "verwalter", "verwalterin", "makler", "maklerin", "inhaber", "inhaberin", "nehmer", "nehmerin", "geber", "geberin",
    "mitarbeiter", "mitarbeiterin", "kunde", "kundin", "dienst", "stelle", "center", "desk", "manager", "managerin", "officer",
    "planer", "planerin", "meister", "meisterin", "anwalt", "anwältin", "arzt", "ärztin", "kaufmann", "kauffrau", "trainer",
    "trainerin", "agent", "agentin", "person", "partner", "partnerin", "studio", "pharmacy", "apotheke", "clerk", "shop", "laden", "office", "store",
    "hotel", "garage", "team", "amt", "büro", "firma", "gmbh", "salon", "klinik", "clinic", "council", "library", "chemist", "depot", "zentrum",
    "centre", "support", "museum", "designer", "mandant", "mandantin", "schützer", "schützerin", "gallery", "galerie", "theater", "restaurant", "agency", "agentur", "company", "dealer", "verein", "verlag", "schule", "school", "praxis", "werkstatt", "handel", "leitstelle", "service",
)  # fmt: skip

GREETINGS = frozenset(
    """
    hallo hallöchen hi hey hello hiya howdy moin moinsen servus grüezi griaß grüaß tach tachchen tag morgen morjen abend mahlzeit
    guten gott grüß gruezi hömma hömmal horch salü ciao tschau tschüss tschüß tschüs pfiat pfiati pfüat baba ade wiederhören wiederschauen wiedersehen
    wiederhörn ihna eahna eana dir euch danke dankeschön merci thanks bye goodbye cheers welcome morning afternoon evening ta sorry
    """.split()
)
INTRODUCED_DE = (
    r"\bmein name (?:ist|is|war|lautet)\b",
    r"\bich hei(?:ß|ss)e\b",
    r"\bsie sprechen mit\b",
    r"\bsie sprechen (?:hier )?mit\b",
    r"\bhier spricht\b",
    r"\b(?:er|sie|die|der) hei(?:ß|ss)t\b",
    r"\bname(?: des kunden| der kundin)? ?:",
    r"\b(?:nach|vor|familien|mädchen)name (?:ist|lautet|wäre|war)\b",
    r"\bauf den namen\b",
)
HINTED_DE = (r"\bhier (?:ist|is)\b", r"\bich bin(?:[’']?s)?\b", r"\bda (?:ist|is)\b")
"""These are followed by many things: only a given name, or a name with its origin, counts."""
NAMED_AFTER_DE = (
    r",? (?:ist |is )?mein name\b(?! (?:ist|is|war|lautet|wär)\b)",
    r",? am (?:apparat|telefon)\b",
    r" hier(?= vom?\b|[,.]|$)",
    r" (?:ist|is) dran\b",
)
INTRODUCED_EN = (
    r"\bmy name(?: is|[’']?s)\b",
    r"\bthe name(?: is|[’']?s)\b",
    r"\bcall me\b",
    r"\b(?:you[’']re|you are) (?:speaking|talking) (?:with|to)\b",
    r"\bunder the name(?: of)?\b",
    r"\b(?:sur|(?:last|first|second|family|maiden) )name(?: is|[’']?s)\b",
)
HINTED_EN = (
    r"\bthis is\b", r"\bit[’']?s\b", r"\bi[’']?m\b", r"\bi am\b", r"\bask for\b", r"\b(?:spoke|talked|speak|talk) (?:to|with)\b",
    r"\bgot\b",
)  # fmt: skip
NAMED_AFTER_EN = (r" speaking\b", r" here(?= (?:from|with|at|in)\b|[,.]|$)", r" calling (?:from|about|for)\b")

_AMBIGUOUS = """
    lee verity peg lamb kelvin laurel hazel-mae cody rory brandy crystal ginny misty hank wes kay fay fern basil
    will mark may grace hope rich bill frank jack art sue pat drew dawn faith joy grant chase max rose chip guy dale glen cliff rob
    victor carol holly ivy amber ruby pearl penny iris violet olive robin jay ray gene dean earl duke miles norm barb cash ernst wolf
    christian angel summer autumn april june august mercy patience harry dick bob peter tom dan don ed al sam ben josh harvey
    jan kai eva ute inge heide linde rosa viola flora gloria sunny lucky rusty sandy heather ginger candy star sky skye river brook
    reed heath forrest hunter tanner mason taylor tyler carter cooper parker porter archer sawyer tucker walker gabriel jordan
    israel paris sydney florence victoria charlotte virginia carolina georgia dakota savannah austin dallas houston jackson chelsea
    justin clay gwen till buck wade pierce rex roman claus adam karl otto theo
"""
_GIVEN = """
    vreni urs reto ueli köbi housi ruedi vreneli donnacha fintan cormac oisin aoife ciara caoimhe sinead maeve roisin breda
    jule nele tarek dorian bastian rahel milan beatriz lenny brock
    bernadette callum declan delphine imogen keira kezia lamar lorna marguerite nisha priti saoirse siobhan niamh rhys ewan hamish
    angus fergus alistair alasdair euan ffion bronwyn geraint ottilie leopold ferdl poldi resi vroni burgl loisl traudi annerl gretl
    kevin-noah enrique esperanza guadalupe consuelo rosario lupe xochitl tyrone deshawn latoya keisha jamal darnell demetrius
    aaron abby abigail achim ada adele adrian adriana agnes ahmed ahmet aidan aisha alan albert alejandro alena alex alexa
    alexander alexandra alexandre alfred ali alice alicia alina alison alma alois alyssa amanda amelia amelie amina amir amy ana
    anastasia andrea andreas andrew andrzej andy angela angelika angelina anika anita anja anke ann anna anne annegret anneliese
    annemarie annett annette annie annika anton antonia antonio antje anya armin arne arnold arthur arturo astrid aurora axel ayla
    aylin ayse ayşe barbara bärbel barry bart beata beate beatrice beatrix becky bella benedikt benjamin berndt bernd bernhard bernie
    bert bertha berthold beth betsy betty bettina beverly bianca birgit birgitta birte björn blake boris brad bradley brandon brenda
    brendan brian bridget brigitte britta brittany bruce bruno bryan burkhard calvin cameron camilla carina carl carla carlos carmen
    caroline carolin carrie casey caspar catherine cathy cecilia cedric celine chad charlene charles charlie cheryl chloe chris
    christa christel christiane christina christine christoph christopher cindy claire clara clarence claude claudia clemens clive
    colin colleen conny connie connor conrad constanze cora cordula corinna cornelia craig cristina curtis cynthia dagmar damian
    daniel daniela danielle daphne daria darlene darren darryl dave david deborah debbie debra deirdre denise dennis derek desmond
    detlef diana diane diego dieter dietmar dietrich dilek dina dirk dmitri dolores dominic dominik donald donna dora doreen doris
    dorothea dorothy doug douglas duncan dustin dwayne dwight dylan eberhard eckhard eddie edgar edith edmund eduard edward edwin
    eileen elaine elena eleanor eleonore elfriede eli elias elif elisa elisabeth elise elizabeth elke ella ellen ellie elmar elsa
    elsbeth elsie elvira emil emilia emily emine emma emmanuel emre enrico eric erica erich erik erika erin erna erwin esma esther
    ethan eugen eugene eugenia eva-maria evan eve evelin evelyn ewa fabian fabienne fatima fatma felicitas felix femi ferdinand
    fernando filip finn fiona florian folkert franca frances francesca francesco francis francisco franka franz franziska fred freddy
    frederick frederik frieda friedhelm friedrich frida fritz gabi gabriela gabriele gail gareth gary gavin geoff geoffrey george
    gerald geraldine gerd gerda gerhard gerlinde germaine gerry gertrud gesine gilbert gina gisela gitta giulia giuseppe gladys glenda
    glenn gordon graham greg gregor gregory greta grete gretchen guenter guido günter günther gudrun gunnar gustav
    gwendolyn hakan hanna hannah hannelore hannes hans hansi harald harold harriet hartmut hasan hatice hazel hedwig heidi heidrun heike
    heiko heiner heinrich heinz heinz-peter helen helena helene helga helmut hendrik henning henrietta henrik henry herbert heribert
    hermann hilda hilde hildegard hinnerk holger horst howard hubert hugh hugo ian ibrahim ida ignaz igor ike ilona ilse imke ina ines
    inga ingeborg ingo ingrid irene irina irma irmgard isaac isabel isabella isabelle ismail ivan ivana jacob jacqueline jake jakob
    jakub james jamie jana jane janet janice janina jannik jared jasmin jasmine jason javier jean jeff jeffrey jennifer jenny jens
    jeremy jerome jerry jesse jessica jill jim jimmy jiří joachim joan joanna joanne jochen joe joel joerg johan johanna johannes john
    johnny jolanta jolene jon jonas jonathan jonny jörg jörn jorge josef josefine joseph josephine joshua josie joyce juan juanita
    judith judy julia julian juliana juliane julie juliet julius jürgen jutta kacper kaja karen karim karin karla karolina karoline
    karsten kasper kate katharina katherine kathi kathleen kathrin kathryn kathy katie katja katrin keith kelly kemal ken kenneth kerry
    kerstin kevin kieran kim kimberly kirsten kirsty klara klaus knut konrad konstantin korbinian kristian kristin kristina kristine
    krystyna krzysztof kurt kyle lara larissa larry lars laura lauren laurence leah lea lena lenny leo leon leonard leonie leroy leslie
    levi liam liane lieselotte lilian lillian lilli lily linda lisa lisbeth liselotte lloyd lois lorena lorenz lorraine lothar
    louis louisa louise luca lucas lucia lucille lucy ludger ludwig luigi luis luisa lukas luke lutz lydia lynn lynne mabel maddie
    madeleine magda magdalena maggie maik maike maja malcolm malte mandy manfred manuel manuela marc marcel marcin marco marcus marek
    margaret margarete margarethe margit margot margret maria marian marianne marie marie-luise marietta marilyn marina mario marion
    marisa marjorie markus marlene marlies marta martha martin martina marvin mary mateusz mathilda mathias matilda matteo matthew
    matthias maureen maurice maxim maximilian mechthild megan mehmet meike melanie melinda melissa melvin meral merle merve mia michael
    michaela micheal michał michelle miguel mike mildred milena miriam mirjam mohamed mohammed moira molly mona monica monika monique
    morgan moritz muhammad murat muriel mustafa myra myrtle nadia nadine nadja nancy naomi natalia natalie natascha nathan neil nelson
    nick nicholas nicola nicolas nicole niels niklas nikola nikolaus nina noah noel noemi nora norbert noreen norman nuria ole oleg
    olga oliver olivia olivier omar orla oscar oskar osman owen özlem pablo pamela pascal patricia patrick patrik paul paula pauline
    pawel paweł pearl-ann pedro peggy petra phil philip philipp phillip phoebe phyllis pia pierre piotr priya quentin rachel rainer
    ralf ralph ramona randall randy raphael raúl rebecca regina regine reiner reinhard reinhold renate rene rené rhonda ricarda ricardo
    richard ricky rita robert roberta roberto rocco rochelle roderick rodney roger roland rolf ronald ronja ronnie rory rosalind rosalie
    rosemarie rosemary roswitha rowena roxanne roy rudi rudolf ruediger rüdiger rupert russell ruth ryan sabine sabrina sally salvatore
    samantha samira samuel sandra sandro sara sarah sascha saskia scott sean sebastian selim selina selma sepp serge sergej sergio
    seth shane shannon sharon shawn sheila shelley sherry shirley sibylle sieglinde siegfried siegmund sigrid silas silja silke silvia
    simon simone sina sofia sofie sonia sonja sophia sophie stacey stacy stan stanislaw stefan stefania stefanie steffen steffi stella
    stephan stephanie stephen steve steven stuart susan susana susanne susi suzanne sven svenja svetlana swantje sybille sylvia tamara
    tammy tamsin tanja tanya tara tatiana tatjana ted teresa terence terry thaddeus thekla thelma theodor theodore theresa therese
    thies thomas thorben thorsten tiffany tilman tim timm timo timothy tina tobias toby todd tomasz tommy toni tony torben torsten
    tracey tracy traudl traute tristan trudy ulf uli ulla ulrich ulrike ursel ursula uschi uwe valentin valentina valerie vanessa vera
    verena vernon veronica veronika vicky viktor viktoria vince vincent vinzenz virginie vivian vivien volker wally walter waltraud
    wanda wayne wendelin wendy werner wiebke wilbur wilfried wilhelm wilhelmine willi william willie wilma winfried winston wojciech
    wolfgang wolfram xaver xavier yannick yasemin yasmin yusuf yvette yvonne zachary zoe zofia zuzanna
"""


WORDY_SURNAMES = frozenset(
    """
    klein lang jung gross schwarz weiss braun roth fuchs wolf vogel hahn haase sommer winter koenig kaiser graf herzog bauer richter koch
    schneider schuster fischer jaeger kraemer wagner zimmermann kurz stark sauer fromm kluge krause busch berg stein bach baum blum
    sonntag freitag engel nagel hammer spiegel brown green white black gray grey young long short wood woods hill stone wells brooks
    banks cross fields ford marsh moore bush day knight king bishop pope noble price rice cook baker butler mason sharp strong sweet
    wise fox bird swan drake love bond field gold power hand head waters snow frost rivers west north lane street church house hall
    gates steel little good best wright page
    """.split()
)
"""Keys of frequent surnames that are ordinary words."""


@lru_cache(maxsize=1)
def surnames() -> frozenset[str]:
    """Keys of common surnames."""
    return frozenset(files("coach").joinpath("data", "surnames.txt").read_text(encoding="utf-8").split())


@lru_cache(maxsize=20_000)  # a call says the same few thousand words again and again
def key(word: str) -> str:
    """The word for comparison: case-folded, umlauts written out, without accents, one kind of apostrophe."""
    return key_of(word)


def key_of(text: str) -> str:
    """The same of a text that is not met again."""
    folded = text.casefold().replace("’", "'").replace("‘", "'")
    if folded.isascii():
        return folded
    folded = folded.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
    # `Sinéad` and `Zoë` are often written without.
    return "".join(
        character for character in unicodedata.normalize("NFD", folded) if not unicodedata.combining(character)
    )


def keys(words: frozenset[str]) -> frozenset[str]:
    """The words for comparison."""
    return frozenset(key(word) for word in words)


AMBIGUOUS = keys(frozenset(_AMBIGUOUS.split()))
"""Given names that are ordinary words, places or surnames as well: names only where something else says so."""
_MORE_GIVEN = files("coach").joinpath("data", "given-names.txt").read_text(encoding="utf-8")
GIVEN = keys(frozenset((*_GIVEN.split(), *_MORE_GIVEN.split()))) - AMBIGUOUS
"""Given names that are nothing else in German and English; the file's are those of some forty languages."""


@lru_cache(maxsize=2)
def ordinary(language: Language) -> frozenset[str]:
    """Keys of words that are nobody's name; a German call may hold English words."""
    found: set[str] = set()
    for name in ("de", "en") if language == "de" else ("en",):
        text = files("coach").joinpath("data", f"ordinary-{name}.txt").read_text(encoding="utf-8")
        found |= {key(word) for word in text.split()}
    return frozenset(found)


COMPANIES = tuple(
    (
        "bau haus kanzlei betrieb firma dienst service werk werke studio buero ung technik versand handel verlag hof bank gmbh markt"
        " kost praxis apotheke schule team systeme moebel reisen energie gruppe optik druck agen erei kasse center zentrum"
    ).split()
)
"""Ends of words that stand before a surname in the name of a company."""
_NO_NAMES = (*COMPANIES, *(key(ending) for ending in ROLE_ENDINGS))


def is_company(word: str) -> bool:
    """The end of the word, given as its key, says that it is a business or a part of one."""
    return word.endswith(_NO_NAMES)
