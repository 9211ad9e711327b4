"""A rule explained like a page of a handbook, in German or English; `coach rules show` prints it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Literal, TypeAlias

from coach.check import addressed
from coach.model import Address, Language, Role
from coach.rulebook import Advice, Example, Rule, RuleBook

Kind: TypeAlias = Literal["title", "facts", "heading", "text", "item", "said", "marked", "better"]

EXAMPLES = 2
"""Examples shown of each sort."""
_WORDS: Mapping[Language, Mapping[str, str]] = {
    "de": {
        "notices": "Was auffällt",
        "why": "Warum",
        "instead": "Besser so",
        "when": "{who} {acts}:",
        "limits": "Grenzen",
        "settings": "Einstellungen",
        "source": "Quelle",
        "bad": "So nicht",
        "good": "So ist es gut",
        "fires": "So sieht das aus",
        "silent": "Das ist noch keine Stärke",
        "better": "besser",
        "agent": "Berater",
        "customer": "Kunde",
        "the-agent": "Die Beraterseite",
        "the-customer": "Die Kundenseite",
        "or": "oder",
        "finding": "Befund",
        "strength": "Stärke",
        "note": "leicht",
        "warning": "mittel",
        "error": "schwer",
        "listening": "Zuhören",
        "respect": "Respekt",
        "eye-level": "Augenhöhe",
        "honesty": "Aufrichtigkeit",
        "care": "Verbindlichkeit",
        "enthusiasm": "Begeisterung",
    },
    "en": {
        "notices": "What it notices",
        "why": "Why",
        "instead": "Better",
        "when": "{who} {acts}:",
        "limits": "Limits",
        "settings": "Settings",
        "source": "Source",
        "bad": "Not like this",
        "good": "This is fine",
        "fires": "What it looks like",
        "silent": "Not yet a strength",
        "better": "better",
        "agent": "Agent",
        "customer": "Customer",
        "the-agent": "The agent",
        "the-customer": "The customer",
        "or": "or",
        "finding": "finding",
        "strength": "strength",
        "note": "slight",
        "warning": "medium",
        "error": "grave",
        "listening": "listening",
        "respect": "respect",
        "eye-level": "eye level",
        "honesty": "honesty",
        "care": "care",
        "enthusiasm": "enthusiasm",
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph of the page: what it is, its text, and how far it is indented."""

    kind: Kind
    text: str
    indent: int = 0


def word(name: str, language: Language) -> str:
    """A severity, dimension or kind of rule as a reader calls it."""
    return _WORDS[language][name]


def page(rule: Rule, *, book: RuleBook, language: Language, address: Address = "sie") -> tuple[Block, ...]:
    """The rule's page; its examples are there only if the book was loaded with them."""
    words = _WORDS[language]
    facts = [words[rule.kind], words[rule.dimension]]
    if rule.kind == "finding":
        facts.append(words[rule.severity])
    blocks = [
        Block(kind="title", text=f"{rule.title[language]} ({rule.id})"),
        Block(kind="facts", text=" · ".join(facts)),
        *_section(words["notices"], addressed(rule.message[language], address)),
        *_section(words["why"], addressed(rule.why[language], address)),
    ]
    if rule.instead:
        blocks.append(Block(kind="heading", text=words["instead"]))
        blocks.extend(chain.from_iterable(_advice(advice, rule, book, language, address) for advice in rule.instead))
    blocks.extend(_examples(rule, language))
    blocks.extend(_section(words["limits"], rule.limits[language]))
    if rule.settings:
        blocks.append(Block(kind="heading", text=words["settings"]))
        blocks.extend(Block(kind="item", text=f"{name} = {value:g}", indent=2) for name, value in rule.settings.items())
    blocks.extend(_section(words["source"], rule.source))
    return tuple(blocks)


def _section(heading: str, text: str) -> tuple[Block, Block]:
    return Block(kind="heading", text=heading), Block(kind="text", text=text.strip(), indent=2)


def _advice(advice: Advice, rule: Rule, book: RuleBook, language: Language, address: Address) -> Iterator[Block]:
    if advice.step is not None:
        words = _WORDS[language]
        role = next((step.role for way in rule.ways for step in way.steps if step.name == advice.step), None)
        done = [book.acts[act].describes[language] if act in book.acts else f"„{act}“" for act in advice.acts]
        who = words["the-agent" if role == "agent" else "the-customer"]
        case = words["when"].format(who=who, acts=f" {words['or']} ".join(done))
        yield Block(kind="text", text=case, indent=2)
    text = addressed(advice.texts[language], address)
    yield Block(kind="item", text=text, indent=4 if advice.step is not None else 2)


def _examples(rule: Rule, language: Language) -> Iterator[Block]:
    examples = rule.examples.get(language, ())
    names = ("bad", "good") if rule.kind == "finding" else ("fires", "silent")
    for name, marked in zip(names, (True, False), strict=True):
        chosen = [example for example in examples if bool(example.marked) == marked][:EXAMPLES]
        for index, example in enumerate(chosen, start=1):
            number = f" ({index})" if len(chosen) > 1 else ""
            yield Block(kind="heading", text=f"{_WORDS[language][name]}{number}")
            yield from _dialogue(example, language)


def _dialogue(example: Example, language: Language) -> Iterator[Block]:
    words = _WORDS[language]
    for number, (role, text) in enumerate(example.turns, start=1):
        said = f"{_name(role, language)}: {text}"
        if number in example.marked:
            yield Block(kind="marked", text=f"▶ {said}", indent=2)
        else:
            yield Block(kind="said", text=said, indent=4)
        if number in example.better:
            yield Block(kind="better", text=f"{words['better']}: {example.better[number]}", indent=6)


def _name(role: Role, language: Language) -> str:
    return _WORDS[language][role] if role in ("agent", "customer") else role
