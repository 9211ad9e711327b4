"""German names that nothing beside them announces: known surnames, and words that no vocabulary of German holds.

Only in text with capitals, where a noun and a name can at least be told from verbs. A word that is no known word, no
compound and no derivation of known words is a name where an ordinary noun would have an article or an adjective.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files

from coach.redact.signs import ENDS, SENTENCE, TITLE_KEYS, Call, Word, as_written, full_name, name_like
from coach.redact.vocabulary import AMBIGUOUS, GIVEN, is_company, keys, ordinary, surnames

_PERSONS = keys(
    frozenset(
        """
        familie eheleute eheleuten ehepaar kollege kollegen kollegin schwester pfleger pflegerin pfarrer pfarrerin pastor pastorin
        diakon diakonin rechtsanwalt rechtsanwältin notar notarin nachname nachnamen familienname gewisser gewissen gewisse namens
        """.split()
    )
)
"""Directly behind these even a word such as `Storch` is a name."""
_WHERE = frozenset("in aus nach ab bis zwischen".split())
_DETERMINERS = keys(
    frozenset(
        """
        der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner dieser diese dieses diesen diesem
        jeder jede jedes jeden jedem mein meine meinen meinem meiner dein deine deinen deinem deiner sein seine seinen seinem seiner
        ihr ihre ihren ihrem ihrer unser unsere unseren unserem unserer euer eure euren eurem eurer welche welcher welches welchen
        alle allen aller viele vielen wenig weniger mehr etwas viel beide beiden zwei drei vier im am beim vom zum zur ins ans
        fürs aufs übers unters durchs vors hinters de dr dat dem'n en nen ner ne mei sei dei unserm mim aufm unsa koa koan oa koi koin koine a an ä ne so sone soa sonne d s dös dees vor
        als pro per ohne samt gemäß irgendein solche solcher nur zwar was wie manche manchen mancher einige einigen
        """.split()
    )
)
"""Behind these a noun stands; a name at most colloquially, `der Kowalczyk`."""
_COLLOQUIAL = frozenset("der die den dem".split())
_ADJECTIVE = re.compile(r"[a-zäöüß]{3,}(?:e|en|er|es|em)")
_SURNAME_ENDINGS = tuple(
    (
        "mann manns meier maier meyer mayer mayr mueller huber hofer moser egger berger dorfer ski sky ska czyk wicz vic"
        " ovic evic kovic oglu opoulos idis sen inger beck brecht kamp koetter stroem qvist"
    ).split()
)
_DERIVED = re.compile(
    r"(?:ung|heit|keit|schaft|tion|ment|nis|taet|chen|lein|ismus|ist|ur|ik|ie|thek|or|eur|ent|anz|enz|age|ette|erei"
    r"|ling|tum|sal|bar|los|iv|al|ion|it|ose|itis|ology|ogie|graf|gramm|meter|fon|phon|iker|erin|istin|ogin|aedin)(?:s|en|n|e|es|er)?$|ing$"
)
_ENDINGS = ("", "s", "es", "n", "en", "e", "er", "ern", "in", "innen")
_NUMBER = re.compile(
    r"^(?:zwei|zwoi|drei|vier|fuenf|sechs|sieben|acht|neun)$|zehn$|zig$|hundert$|tausend$|elf$|zwoelf$"
)
_SMALL = re.compile(r"(?:li|le|ken|erl|dl|ig|lich|isch|ste|tel|able|abel)(?:e|en|er|s|n)?$|^ge.{2,8}t$")
"""Ends of diminutives, adjectives and fractions."""
_COMPANY_AFTER = keys(frozenset("gmbh ag kg ohg ug se mbh und ug co versicherung bank".split()))
_LEAST, _CHANCE = 4, 4
"""Letters of the shortest name looked for, and of the longest tail that a name may share with a word by chance."""


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    """Keys of the common words of both languages, names and all."""
    found: set[str] = set()
    for language in ("de", "en"):
        text = files("coach").joinpath("data", f"rarity-{language}.txt").read_text(encoding="utf-8")
        found.update(word for line in text.splitlines() for word in line.split()[1:])
    return frozenset(found) | ordinary("de")


def unsigned(text: str, words: Sequence[Word], call: Call) -> Iterator[tuple[int, int]]:
    """(first, last) word of each name that no sign announces in German.

    Without capitals only the unknown word behind a title or part, such as `eine frau pietsch`.
    """
    if call.language != "de":
        return
    if not as_written(call, text).cased:
        for index in range(1, len(words)):
            word = words[index]
            told = words[index - 1].key in _PERSONS | TITLE_KEYS and words[index - 1].gap == " "
            if told and len(word.key) >= _LEAST and word.key not in call.common and is_unknown(word.key):
                yield index, index
        return
    for index, word in enumerate(words):
        if not word.text[0].isupper() or word.text.isupper() or len(word.key) < _LEAST:
            continue
        if _is_called(words, index, call) or _is_name(words, index, call):
            yield index, full_name(words, index, call)


def _is_called(words: Sequence[Word], index: int, call: Call) -> bool:
    """`Familie Storch`, `Ihr Kollege Wirsching`, `Nachname Fuchs`."""
    before = words[index - 1] if index else None
    if before is None or before.key not in _PERSONS or before.gap not in (" ", ", ", ": "):
        return False
    word = words[index]
    return _is_surname(word.key) or (name_like(word, call) and not is_company(word.key))


def _is_surname(word: str) -> bool:
    """The word, given as its key, is a surname or the genitive of one: `Pawlowskis`."""
    return word in surnames() or is_surname_like(word) or without_genitive(word) != word


def without_genitive(word: str) -> str:
    """The surname that the word, given as its key, is the genitive of; the word itself where it is none."""
    base = word[:-1]
    if not word.endswith("s") or word in _known() or word in surnames():
        return word
    return base if base in surnames() or is_surname_like(base) else word


def _is_name(words: Sequence[Word], index: int, call: Call) -> bool:
    word = words[index]
    before = words[index - 1] if index else None
    after = words[index + 1] if index + 1 < len(words) else None
    hyphened = word.gap == "-" or (before is not None and before.gap == "-")
    company = after is not None and after.key in _COMPANY_AFTER and after.text[0].isupper()
    surname = _is_surname(word.key)
    if hyphened or company or word.key in AMBIGUOUS or not name_like(word, call):
        return False
    if not surname and not is_unknown(word.key):
        return False
    if after is not None and word.gap == " " and _is_second(after, call):
        return True
    if before is None or SENTENCE.search(before.gap):
        return surname or (after is not None and word.gap == " " and after.key in _DOES)
    plain = bool(ENDS.match(word.gap)) or after is None or after.text[0].islower()
    return _may_follow(before, surname=surname) and (surname or plain)


def _is_second(word: Word, call: Call) -> bool:
    """The surname in `eine Xenia Tsakiridis`."""
    shown = len(word.key) >= _LEAST and word.text[0].isupper() and name_like(word, call)
    return shown and (_is_surname(word.key) or is_unknown(word.key))


def _may_follow(before: Word, *, surname: bool) -> bool:
    """A name, unlike a noun or a place, may stand behind this word."""
    if before.key in _WHERE or _NUMBER.search(before.key):
        return False
    if before.gap != " ":
        return True
    if before.key in _DETERMINERS:
        return surname and before.key in _COLLOQUIAL
    if surname:
        return True
    if before.text.islower():
        return before.key in _VERBS or not _ADJECTIVE.fullmatch(before.text)
    return before.key in GIVEN or before.key in _PRONOUNS or not before.text[0].isupper()


_VERBS = keys(
    frozenset(
        """
        habe haben hatte hatten ist sind war waren werde werden wurde würde will wollte wollten möchte kann können konnte könnte muss
        müssen musste soll sollen sollte darf dürfen durfte sage sagen sagte frage fragen fragte grüße grüßen kenne kennen kannte
        rufe rufen bitte bitten nehme nehmen schicke schicken hole holen heiße heißen wegen gegen neben zwischen hinter unter über
        oder aber denn ob wenn dass weil dann
        """.split()
    )
)
"""Words that look like adjectives, or stand before a name without an article."""
_PRONOUNS = frozenset("sie du er ich wir ihr es".split())


_DOES = keys(
    frozenset(
        """
        hat kann will wollte sagt sagte meint meinte hatte muss soll sollte weiß wusste ruft rief meldet kümmert wohnt arbeitet
        schickt schickte unterschreibt heißt kam würde möchte bekommt
        """.split()
    )
)


@lru_cache(maxsize=20_000)
def is_unknown(word: str) -> bool:
    """The word, given as its key, is in no vocabulary and is not made of words that are."""
    if not word.isascii() or not word.isalpha() or is_company(word) or _inflected(word):
        return False
    if is_surname_like(word):
        return True
    if _DERIVED.search(word) or _SMALL.search(word):
        return False
    return not any(_is_compound(word, at) for at in range(2, len(word) - 2))


@lru_cache(maxsize=20_000)
def is_surname_like(word: str) -> bool:
    """It ends as surnames do, and is no compound such as `Fensterbauer`."""
    ending = next((ending for ending in _SURNAME_ENDINGS if word.endswith(ending)), None)
    if ending is None or word in _known():
        return False
    if any(word[at:] in _known() for at in range(2, len(word) - max(5, len(ending)))):  # `Bürokaufmann`
        return False
    head = word.removesuffix(ending)
    if ending not in _known() or len(head) < _LEAST + (ending == "mann"):
        return True
    return not (_inflected(head) or _inflected(head.removesuffix("s")))


def _is_compound(word: str, at: int) -> bool:
    """The tail is a known word, and so is the head where the tail is short enough to be one by chance: `Bremsweg`."""
    tail, head = word[at:], word[:at]
    if not (_inflected(tail) if len(tail) >= _LEAST else tail in _known()):
        return False
    if len(tail) > _CHANCE:
        return True
    known = _known()
    return len(head) > 2 and (
        head in known or head.removesuffix("s") in known or (len(head) > _CHANCE and head + "e" in known)
    )


def _inflected(word: str) -> bool:
    known = _known()
    if len(word) >= _LEAST - 1 and (word + "e" in known or word + "n" in known):  # `Küh`, `Treppe`
        return True
    return any(
        word.endswith(ending) and word[: len(word) - len(ending)] in known
        for ending in _ENDINGS
        if len(word) - len(ending) >= _LEAST - 1
    )
