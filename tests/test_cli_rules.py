"""`coach rules`: list, show, test, lint and schema."""

import json
from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import jsonschema
import pytest
import yaml

from coach.cli import main
from coach.handbook import page
from coach.model import Language
from coach.rulebook import shipped_rules
from coach.rulefolder import rule_folder, schema_text
from coach.rules import LANGUAGES, load_rules
from coach.signals import BUILT_IN_ACTS, CALL_SIGNALS, TURN_SIGNALS

TINY = Path(__file__).parent / "tiny"
BOOK = load_rules()
RULES = BOOK.rules
Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs `coach rules …` in a folder with a copy of the tiny rules."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    copytree(TINY, tmp_path / "own")

    def command(*arguments: str) -> tuple[int, str, str]:
        code = main(("rules", *arguments))
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return command


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_is_listed_with_its_title(rules: Command, language: Language) -> None:
    """One row for each rule."""
    code, out, err = rules("list", "--lang", language)
    assert (code, err) == (0, "")
    rows = out.splitlines()[1:]
    assert len(rows) == len(RULES)
    for rule in RULES.values():
        assert any(row.startswith(f"{rule.id} ") and rule.title[language] in row for row in rows)


def test_own_rules_are_listed_beside_the_shipped_ones(rules: Command) -> None:
    """`--rules` adds."""
    _, out, _ = rules("list", "--rules", "own")
    assert "offer-after-no " in out
    assert "monologue " in out


def test_examples_are_not_run_over_a_phrase_that_cannot_be_read(rules: Command) -> None:
    """File, line and what is wrong, as `lint` says it; not a mistake of the tool's."""
    acts = Path("own/acts")
    acts.mkdir(exist_ok=True)
    (acts / "mine.yml").write_text(
        "id: mine\nrole: agent\ndescribes: {de: sagt, en: says}\nleast: 50\ncues:\n  en:\n    - 'policy (is (so))'\n"
    )

    code, _, err = rules("test", "own")

    assert code == 2
    assert "mine.yml:7: “(so” is not a word" in err


def test_a_page_tells_all_about_a_rule(rules: Command) -> None:
    """Title, message, reason, advice, examples with the marked turn shown, limits, source."""
    code, out, _ = rules("show", "offer-after-no", "--lang", "de", "--rules", "own", "--address", "du")
    assert code == 0
    assert out == (
        "Angebot nach dem Nein (offer-after-no)\n"
        "Befund · Respekt · schwer\n"
        "\nWas auffällt\n  dein Gegenüber hat Nein gesagt.\n"
        "\nWarum\n  Ein Nein ist ein Nein.\n"
        "\nBesser so\n  Die Kundenseite sagt Nein:\n    Dann wünsche ich Ihnen einen guten Tag.\n"
        "  In Ordnung.\n"
        "\nSo nicht\n    Kunde: Kein Interesse.\n  ▶ Berater: Hier ist ein Angebot.\n      besser: In Ordnung.\n"
        "\nSo ist es gut (1)\n    Kunde: Hallo.\n    Berater: Hier ist ein Angebot.\n"
        "\nSo ist es gut (2)\n    Kunde: Kein Interesse.\n    Berater: In Ordnung.\n    Kunde: Und sonst?\n"
        "    Berater: Hier ist ein Angebot.\n"
        "\nGrenzen\n  Kennt ein Wort.\n"
        "\nQuelle\n  tests\n"
        "\nDatei\n  own/respect/offer-after-no.yml\n"
    )


def test_a_page_ends_with_the_shipped_rule_s_file(rules: Command) -> None:
    """Whoever wants to change it copies it from there."""
    _, out, _ = rules("show", "monologue", "--rules", "own")
    place = Path(out.splitlines()[-1].strip())
    assert place.is_file()
    assert place.parts[-2:] == ("eye-level", "monologue.yml")


def test_settings_stand_on_the_page(rules: Command) -> None:
    """What can be changed is named with its number."""
    _, out, _ = rules("show", "long-turn", "--rules", "own")
    assert "\nSettings\n  words = 8\n" in out


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", sorted(RULES))
def test_every_shipped_rule_has_its_page(rule: str, language: Language) -> None:
    """No text of a page is empty or holds a choice that was not made."""
    blocks = page(RULES[rule], book=BOOK, language=language)
    assert blocks[0].text == f"{RULES[rule].title[language]} ({rule})"
    assert all(block.text.strip() for block in blocks)
    assert not any("{" in block.text for block in blocks)


def test_an_unknown_rule_is_answered_with_the_nearest(rules: Command) -> None:
    """A typing error costs one look."""
    assert rules("show", "monolog") == (2, "", "coach: There is no rule “monolog”.\n  Did you mean “monologue”?\n")


@pytest.mark.parametrize("path", ["own/respect/offer-after-no.yml", "own/respect"])
def test_own_examples_are_run(rules: Command, path: str) -> None:
    """A file or a folder of one dimension: only what lies there is run."""
    code, out, err = rules("test", path)
    assert (code, err) == (0, "")
    assert out == "1 rule, 5 examples, 0 acts: all hold.\n"


def test_a_whole_folder_is_run_with_its_acts(rules: Command) -> None:
    """Rules and acts of the folder, not the shipped ones."""
    assert rules("test", "own")[1].startswith("3 rules, ")
    assert "4 acts: all hold." in rules("test", "own")[1]


def test_a_failing_example_is_named_with_its_line_and_what_fired(rules: Command, tmp_path: Path) -> None:
    """Path, line, language, what was wanted, what happened, and how the turns were understood."""
    path = tmp_path / "own" / "eye-level" / "long-turn.yml"
    text = path.read_text(encoding="utf-8").replace("*A: One two three four five six", "*A: One two three")
    path.write_text(text, encoding="utf-8")
    code, out, _ = rules("test", "own/eye-level/long-turn.yml")
    line = next(n for n, row in enumerate(text.splitlines(), start=1) if "*A: One two three" in row) - 1
    assert code == 1
    first, *rest = out.splitlines()
    assert first.startswith(
        f"{tmp_path}/own/eye-level/long-turn.yml:{line}: long-turn [en]: The rule must fire at turn 1, but does"
    )
    assert rest[0].startswith("    * 1 A: One two three seven eight nine.")
    assert rest[-1] == "1 rule, 4 examples, 0 acts: 1 broken."


def test_the_laws_run_on_request(rules: Command, tmp_path: Path) -> None:
    """Without `--laws` only the marked turns count."""
    path = tmp_path / "own" / "respect" / "offer-after-no.yml"
    text = path.read_text(encoding="utf-8").replace(
        "better: {2: All right.}", "better: {2: Another? Here is an offer.}"
    )
    path.write_text(text, encoding="utf-8")
    assert rules("test", str(path))[0] == 0
    code, out, _ = rules("test", str(path), "--laws")
    assert code == 1
    assert "offer-after-no [en] (law 5): With the better turns in place" in out


def test_rules_without_examples_are_told(rules: Command, tmp_path: Path) -> None:
    """That nothing was wrong is no success where nothing was run."""
    path = tmp_path / "own" / "respect" / "offer-after-no.yml"
    path.write_text(path.read_text(encoding="utf-8").partition("examples:")[0], encoding="utf-8")
    code, out, err = rules("test", str(path), "--laws")
    assert code == 1
    assert "1 not tested" in out
    assert "hold" not in out
    assert "Not tested, since there are no examples: offer-after-no." in err


def test_a_wrong_date_in_an_example_is_named(rules: Command, tmp_path: Path) -> None:
    """Metadata of examples is checked as well."""
    path = tmp_path / "own" / "respect" / "offer-after-no.yml"
    text = path.read_text(encoding="utf-8").replace("better: {2: All right.}", "meta: {call_date: friday}")
    path.write_text(text, encoding="utf-8")
    code, _, err = rules("test", str(path))
    assert code == 2
    assert "“friday” is not a date." in err


def test_lint_is_content_with_what_loads(rules: Command) -> None:
    """Shipped and own rules have no mistakes."""
    assert rules("lint", "own") == (0, "7 files, no mistakes.\n", "")
    assert rules("lint")[0] == 0


def test_lint_names_the_mistakes_of_each_file(rules: Command, tmp_path: Path) -> None:
    """One mistake hides no other, in the file or in the next; the place is path:line:column."""
    own = tmp_path / "own"
    for name, old, new in (
        ("respect/offer-after-no.yml", "any: [tiny-no]", "any: [tiny-nope]"),
        ("eye-level/long-turn.yml", "severity: note", "severty: note"),
        ("eye-level/long-turn.yml", "kind: finding", "kind: fnding"),
        ("acts/tiny-deal.yml", "en: [deal]", "en: ['(deal']"),
    ):
        text = (own / name).read_text(encoding="utf-8")
        (own / name).write_text(text.replace(old, new), encoding="utf-8")
    code, out, err = rules("lint", "own")
    assert (code, out) == (2, "")
    assert "own/respect/offer-after-no.yml:" in err
    assert "Did you mean “tiny-no”?" in err
    assert "own/eye-level/long-turn.yml:4:1: The key “severty” is not known here." in err
    assert "own/eye-level/long-turn.yml:2:1: “fnding” is not a value for this key." in err
    assert "own/acts/tiny-deal.yml:6: “(” is not closed" in err
    code, _, err = rules("lint", "own/eye-level/long-turn.yml")
    assert code == 2
    assert "offer-after-no" not in err


def test_a_rule_file_in_a_strange_place_is_refused(rules: Command, tmp_path: Path) -> None:
    """The folder names the dimension."""
    (tmp_path / "mine.yml").write_text("id: mine\n", encoding="utf-8")
    code, _, err = rules("lint", "mine.yml")
    assert code == 2
    assert "named after its dimension" in err
    assert rules("test", "nowhere")[0] == 2


def test_the_shipped_folder_is_not_loaded_twice() -> None:
    """A path into the shipped rules means these rules."""
    assert rule_folder(shipped_rules()).extra == ()
    assert rule_folder(shipped_rules() / "acts").extra == ()
    assert rule_folder(None).rules == rule_folder(shipped_rules()).rules


@pytest.mark.parametrize("kind", ["act", "rule"])
def test_written_schemas_are_those_of_the_models(rules: Command, kind: str) -> None:
    """Editors validate against the files; `scripts/check --write` renews them."""
    assert rules("schema", kind)[1] == (shipped_rules() / "schema" / f"{kind}.json").read_text(encoding="utf-8")


def test_the_schema_of_the_report_is_printed(rules: Command) -> None:
    """A machine can check what it gets."""
    code, out, _ = rules("schema", "report")
    assert code == 0
    jsonschema.Draft202012Validator.check_schema(json.loads(out))


@pytest.mark.parametrize("path", sorted(TINY.rglob("*.yml")), ids=lambda path: path.stem)
def test_rule_files_fit_their_schema(path: Path) -> None:
    """What loads is valid for an editor, too, and a key that is not known is not."""
    schema = json.loads(schema_text("act" if path.parent.name == "acts" else "rule"))
    data = json.loads(json.dumps(yaml.safe_load(path.read_text(encoding="utf-8"))))
    jsonschema.validate(data, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**data, "servity": "note"}, schema)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_act_and_signal_is_listed_with_its_meaning(rules: Command, language: Language) -> None:
    """What a rule may name stands there, in the language asked for."""
    code, out, err = rules("acts", "--lang", language)
    assert (code, err) == (0, "")
    book = load_rules()
    rows = {line.split()[0] for line in out.splitlines() if line.strip()}
    assert rows >= {*book.acts, *BUILT_IN_ACTS, *TURN_SIGNALS, *CALL_SIGNALS}
    assert ("Wörter im Beitrag" in out) is (language == "de")


def test_what_is_like_no_rule_gets_the_list_and_not_a_guess(rules: Command) -> None:
    """A far-off suggestion would send people astray."""
    assert rules("show", "nonsense") == (
        2,
        "",
        "coach: There is no rule “nonsense”.\n  `coach rules list` lists them.\n",
    )


def test_an_act_is_shown_with_its_cues_and_examples(rules: Command) -> None:
    """One act in full; a wrong name gets the nearest right one."""
    code, out, _ = rules("acts", "vague-promise", "--lang", "de")
    act = load_rules().acts["vague-promise"]
    assert code == 0
    assert act.describes["de"] in out
    assert "schau ma mal" in out
    path = Path("own/acts/tiny-deal.yml")
    path.write_text(path.read_text("utf-8") + "examples: {de: {has: [Gut abgemacht!], lacks: [Schade.]}}\n", "utf-8")
    code, out, _ = rules("acts", "tiny-deal", "--lang", "de", "--rules", "own")
    assert code == 0
    for line in ("tiny-deal (Kunde): sagt zu", "abgemacht", "Gut abgemacht!", "Schade."):
        assert f"{line}\n" in out
    code, _, err = rules("acts", "vague-promis")
    assert code == 2
    assert "Did you mean “vague-promise”?" in err


@pytest.mark.parametrize("text", ["{Sie", "Sie}", "{Sie}", "{Sie|du|ihr}", "{Sie|{du|ihr}}"])
def test_braces_must_hold_two_forms_of_address(rules: Command, tmp_path: Path, text: str) -> None:
    """What would be printed with its braces is a mistake with its place."""
    path = tmp_path / "own" / "respect" / "offer-after-no.yml"
    data = yaml.safe_load(path.read_text("utf-8"))
    data["message"]["de"] = f"Hier {text} da."
    path.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    code, _, err = rules("lint", "own")
    assert code == 2
    assert "{Sie-form|du-form}" in err


def test_a_message_names_only_signals_that_its_step_compares(rules: Command) -> None:
    """A value that may be missing where the message is printed is a mistake; one that is compared is not."""
    path = Path("own") / "respect" / "offer-after-no.yml"
    data = yaml.safe_load(path.read_text("utf-8"))
    data["ways"][0]["steps"][-1]["signals"] = {"words": {"least": 2}}
    for name, expected in (("words", 0), ("word", 2)):
        data["ways"][0]["message"] = {"de": f"Nach {{{name}}} Wörtern.", "en": f"After {{{name}}} words."}
        path.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
        code, _, err = rules("lint", "own")
        assert code == expected
    assert "compares no signal “word”" in err
    assert "“words”" in err
