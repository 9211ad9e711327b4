"""Kinds of call: inherited, guessed with a stated confidence, overridden by name, and felt in score and thresholds."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from coach.cli import main
from coach.errors import RuleFileError
from coach.profiles import Profile, load_profiles, weighted
from coach.rules import load_rules
from coach.scorefile import load_settings

KINDS = {"cold-call", "discovery", "consulting", "service", "complaint", "retention", "after-sale"}
LEAVING = """\
Agent: Good morning, Harbour Energy, this is Lucy. What can I do for you?
Customer: I want to cancel my contract at the end of the month.
Agent: I see. May I ask what made you decide?
Customer: It's too dear, and I have signed with somebody else.
Agent: Then we leave it at that. I'll post the confirmation by Friday.
Customer: Thank you.
"""
PLAIN = "Agent: Hello.\nCustomer: Hello, it's me.\nAgent: Good to hear you.\nCustomer: And you.\n"
Reviewed = Callable[..., dict[str, object]]


def profile(folder: Path, name: str, text: str) -> None:
    """Writes a profile into a folder of rules."""
    (folder / "profiles").mkdir(parents=True, exist_ok=True)
    (folder / "profiles" / f"{name}.yml").write_text(f"id: {name}\n{text}", encoding="utf-8")


def loaded(folder: Path) -> dict[str, Profile]:
    """The shipped profiles with those of the folder."""
    return load_profiles(load_rules([folder]))


@pytest.fixture
def reviewed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Reviewed:
    """The JSON report of a call."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)

    def report(text: str, *options: str) -> dict[str, object]:
        Path("call.txt").write_text(text, encoding="utf-8")
        assert main(("review", "call.txt", "--format", "json", *options)) == 0
        found: dict[str, object] = json.loads(capsys.readouterr().out)["reports"][0]
        return found

    return report


def test_all_shipped_profiles_load() -> None:
    """The seven kinds of call are there, each with signs, and lint finds nothing."""
    profiles = load_profiles(load_rules())
    assert set(profiles) == KINDS
    assert all(item.signs for item in profiles.values())
    assert main(("rules", "lint")) == 0


def test_a_clear_call_is_guessed_and_a_vague_one_is_not(reviewed: Reviewed, capsys: pytest.CaptureFixture[str]) -> None:
    """A guess says how sure it is in the head of the report; small talk has no kind."""
    assert reviewed(LEAVING)["profile"] == "retention"
    assert main(("review", "call.txt")) == 0
    assert "call type: probably retention (" in capsys.readouterr().out
    assert reviewed(PLAIN)["profile"] is None
    assert main(("review", "call.txt")) == 0
    assert "call type: not sure" in capsys.readouterr().out
    assert main(("review", "call.txt", "--profile", "service", "--report-lang", "de")) == 0
    assert "Gesprächsart: Service\n" in capsys.readouterr().out


def test_what_speaks_against_a_kind_counts(tmp_path: Path, reviewed: Reviewed) -> None:
    """A sign of negative weight takes a kind out of the running; one faint sign alone makes no guess."""
    signs = "signs: [{role: customer, phrases: {en: ['hello']}, weight: %s}]\n"
    profile(tmp_path / "one", "greeted", signs % 6)
    assert reviewed(PLAIN, "--rules", str(tmp_path / "one"))["profile"] == "greeted"
    profile(tmp_path / "faint", "greeted", signs % 0.9)
    assert reviewed(PLAIN, "--rules", str(tmp_path / "faint"))["profile"] is None
    against = "{role: agent, phrases: {en: ['good to hear']}, weight: -6}]\n"
    profile(tmp_path / "two", "greeted", signs.replace("}]\n", "}, ") % 6 + against)
    assert reviewed(PLAIN, "--rules", str(tmp_path / "two"))["profile"] is None


def test_a_name_goes_before_metadata_and_these_before_the_guess(reviewed: Reviewed) -> None:
    """`--profile` overrides the sidecar, the sidecar the guess; a type that no profile has leaves the guess."""
    Path("call.meta.yaml").write_text("call_type: service\n", encoding="utf-8")
    assert reviewed(LEAVING)["profile"] == "service"
    assert reviewed(LEAVING, "--profile", "discovery")["profile"] == "discovery"
    Path("call.meta.yaml").write_text("call_type: something else\n", encoding="utf-8")
    assert reviewed(LEAVING)["profile"] == "retention"


def test_a_kind_of_call_may_be_named_as_reports_name_it(reviewed: Reviewed) -> None:
    """In either language, on the command line and in metadata; the report keeps the id."""
    assert reviewed(PLAIN, "--profile", "Reklamation")["profile"] == "complaint"
    assert reviewed(PLAIN, "--profile", "cold call")["profile"] == "cold-call"
    Path("call.meta.yaml").write_text("call_type: kundenbindung\n", encoding="utf-8")
    assert reviewed(PLAIN)["profile"] == "retention"


def test_an_unknown_name_is_an_error_with_the_nearest_word(
    reviewed: Reviewed, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is said once, with the option that names it."""
    reviewed(PLAIN)
    assert main(("review", "call.txt", "--profile", "complain")) == 2
    assert "--profile: There is no profile “complain”.\n  Did you mean “complaint”?" in capsys.readouterr().err


def test_a_profile_inherits_and_its_own_goes_first(tmp_path: Path) -> None:
    """Weights, settings, bands and knock-outs are those of both; signs are not inherited."""
    profile(tmp_path, "hotline", "extends: cold-call\nweights: {care: 2}\nsettings: {monologue: {seconds: 30}}\n")
    profile(tmp_path, "cold-call", "extends: cold-call\nweights: {respect: 3}\n")
    profiles = loaded(tmp_path)
    shipped = load_profiles(load_rules())["cold-call"]
    assert profiles["hotline"].weights == {**shipped.weights, "respect": 3, "care": 2}
    assert profiles["hotline"].settings == {"monologue": {"words": 90, "seconds": 30}}
    assert profiles["hotline"].knock_out == shipped.knock_out
    assert (profiles["hotline"].signs, profiles["cold-call"].signs) == ((), shipped.signs)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("extends: servce\n", "Did you mean “service”?"),
        ("extends: mine\n", "There is no other profile “mine”."),
        ("weights: {cares: 2}\n", "Did you mean “care”?"),
        ("settings: {monologue: {word: 2}}\n", "Did you mean “words”?"),
        ("settings: {monologe: {words: 2}}\n", "Did you mean “monologue”?"),
        ("phases: {closing: true}\n", "There is no phase “closing”."),
        ("knock-out: {presure: 2}\n", "Did you mean “pressure”?"),
        ("signs: [{role: agent, acts: [apolgy], weight: 1}]\n", "Did you mean “apology”?"),
        ("signs: [{role: agent, phrases: {en: ['(a']}, weight: 1}]\n", "mine.yml:2:"),
        ("weigths: {care: 2}\n", "Did you mean “weights”?"),
        ("extends: other\n", "These profiles extend each other."),
    ],
)
def test_a_mistake_in_a_profile_has_its_place(tmp_path: Path, text: str, words: str) -> None:
    """File, line, and the nearest right word."""
    profile(tmp_path, "mine", text)
    if "other\n" in text:
        profile(tmp_path, "other", "extends: mine\n")
    with pytest.raises(RuleFileError) as caught:
        loaded(tmp_path)
    assert words in str(caught.value)
    assert str(tmp_path) in str(caught.value)


def test_a_profile_weighs_dimensions_and_adds_knock_outs() -> None:
    """The factor is on the scorecard's weight; dimensions that are not named keep theirs."""
    settings = load_settings(load_rules().folders)
    made = weighted(settings, Profile(id="x", weights={"care": 2.0}, knock_out={"pressure": 2}))
    assert made.dimensions["care"].weight == 2 * settings.dimensions["care"].weight
    assert made.dimensions["respect"] == settings.dimensions["respect"]
    assert made.knock_out == {**settings.knock_out, "pressure": 2}
    assert weighted(settings, Profile(id="")) == settings


def test_a_threshold_of_the_profile_holds_unless_a_user_sets_it(reviewed: Reviewed, tmp_path: Path) -> None:
    """A monologue too long for a cold call may pass in consulting; one's own settings go first."""
    talk = " ".join(f"The tariff number {word} has a price and a term." for word in ["one", "two", "three"] * 4)
    call = f"Agent: {talk}\nCustomer: I see.\nAgent: Right.\nCustomer: Bye.\n"

    def fires(*options: str) -> bool:
        items = reviewed(call, "--no-model", "--agent", "Agent", *options)["findings"]
        assert isinstance(items, list)
        return any(item["rule"] == "monologue" for item in items)

    assert 90 < len(talk.split()) < 150
    assert fires("--profile", "cold-call")
    assert not fires("--profile", "consulting")
    (tmp_path / "coach.toml").write_text("[rules.monologue]\nwords = 140\n", encoding="utf-8")
    assert not fires("--profile", "cold-call")


def test_the_figure_of_the_longest_monologue_agrees_with_the_rule(
    reviewed: Reviewed, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its guide is the threshold that holds, and where it is passed without a finding the report says why."""
    talk = " ".join(f"The tariff number {word} has a price and a term." for word in ["one", "two", "three"] * 4)
    asked = f"Agent: {talk} What do you make of it?\nCustomer: I see.\nAgent: Right.\nCustomer: Bye.\n"
    reviewed(asked)
    common = ("review", "call.txt", "--no-model", "--agent", "Agent", "--width", "120")
    assert main((*common, "--profile", "cold-call")) == 0
    assert "guide max. 90 words: above, but it asks something: no finding" in capsys.readouterr().out
    assert main((*common, "--profile", "consulting")) == 0
    assert "guide max. 150 words: within" in capsys.readouterr().out
    reviewed(asked.replace("What do you make of it?", ""))
    assert main((*common, "--profile", "cold-call")) == 0
    assert "guide max. 90 words: above\n" in capsys.readouterr().out
