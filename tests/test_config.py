"""Settings: where they are found, which of them wins, and what a wrong one is answered with."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.config import KEYS, Config, Layer, checked, configured, merged, project_file, user_file
from coach.errors import UsageError
from coach.rules import load_rules

TINY = Path(__file__).parent / "tiny"


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """An environment with an empty home folder."""
    folder = tmp_path / "home"
    folder.mkdir()
    return {"HOME": str(folder)}


def write(folder: Path, text: str, name: str = "coach.toml") -> Path:
    """A settings file; returns where a call beside it would be."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder / "call.txt"


def refused(call: Path, environ: dict[str, str]) -> UsageError:
    """The error that the settings for this call raise."""
    with pytest.raises(UsageError) as caught:
        configured(str(call), environ=environ)
    return caught.value


def test_without_any_settings_there_are_defaults(tmp_path: Path, home: dict[str, str]) -> None:
    """Nothing needs to be configured."""
    assert configured(str(tmp_path / "call.txt"), environ=home) == Config()


def test_every_key_is_read(tmp_path: Path, home: dict[str, str]) -> None:
    """All keys reach the field that bears their name, with the line where they stand."""
    call = write(
        tmp_path,
        'language = "de"\nreport-lang = "en"\nagent = ["Er", "A"]\ncustomer = ["Ich"]\nprofile = "cold-call"\n'
        'off = ["monologue"]\naddress = "du"\nfail-under = 40\nfail-under-mean = 55.5\nfail-on = "error"\n'
        "model = false\n"
        '[rules]\nfolders = ["ours"]\n[rules.long-turn]\nwords = 90\n',
    )
    config = configured(str(call), environ=home)
    assert config.language == "de"
    assert config.report_lang == "en"
    assert config.agent == ("Er", "A")
    assert config.customer == ("Ich",)
    assert config.profile == "cold-call"
    assert config.off == ("monologue",)
    assert config.address == "du"
    assert (config.fail_under, config.fail_under_mean, config.fail_on) == (40, 55.5, "error")
    assert config.model is False
    assert config.rules == (tmp_path / "ours",)
    assert config.settings == {"long-turn": {"words": 90}}
    assert config.origins["fail-on"].endswith("coach.toml:10")
    assert config.origins["rules.long-turn.words"].endswith("coach.toml:15")


def test_a_list_of_folders_may_stand_alone(tmp_path: Path, home: dict[str, str]) -> None:
    """`rules = […]` is short for `rules.folders = […]`; folders are relative to the file."""
    call = write(tmp_path / "project", 'rules = ["../shared"]\n')
    assert configured(str(call), environ=home).rules == (tmp_path / "project" / "../shared",)


def test_settings_are_found_upwards_and_the_nearest_file_counts(tmp_path: Path, home: dict[str, str]) -> None:
    """A file further up is not mixed in."""
    write(tmp_path, 'address = "du"\nfail-under = 10\n')
    call = write(tmp_path / "a", "fail-under = 20\n")
    deep = tmp_path / "a" / "b" / "c"
    deep.mkdir(parents=True)
    config = configured(str(deep / "call.txt"), environ=home)
    assert (config.fail_under, config.address) == (20, "sie")
    assert configured(str(call), environ=home).fail_under == 20


def test_pyproject_counts_where_it_speaks_of_the_coach(tmp_path: Path, home: dict[str, str]) -> None:
    """`[tool.coach]` is a project's settings; a pyproject.toml without it is passed by; coach.toml goes before."""
    write(tmp_path, "[tool.coach]\nfail-under = 30\n[tool.coach.rules.monologue]\nwords = 99\n", "pyproject.toml")
    call = write(tmp_path / "inner", "[tool.other]\nfail-under = 1\n", "pyproject.toml")
    config = configured(str(call), environ=home)
    assert config.fail_under == 30
    assert config.settings == {"monologue": {"words": 99}}
    assert config.origins["rules.monologue.words"].endswith("pyproject.toml:4")
    call = write(tmp_path, "fail-under = 31\n")
    assert configured(str(call), environ=home).fail_under == 31


def test_options_go_before_environment_before_project_before_user(tmp_path: Path, home: dict[str, str]) -> None:
    """Each place is overruled by the one before it, key by key."""
    write(
        Path(home["HOME"]) / ".config" / "coach", 'fail-under = 1\naddress = "du"\nprofile = "user"\nlanguage = "en"\n'
    )
    call = write(tmp_path / "project", 'fail-under = 2\nprofile = "project"\nlanguage = "de"\n')
    environ = {**home, "COACH_FAIL_UNDER": "3", "COACH_PROFILE": "environment"}
    config = configured(str(call), options={"fail_under": 4.0, "profile": None, "agent": ()}, environ=environ)
    assert (config.fail_under, config.profile, config.language, config.address) == (4, "environment", "de", "du")
    assert config.origins["fail-under"] == "--fail-under"
    assert config.origins["profile"] == "COACH_PROFILE"
    assert config.origins["address"].endswith("coach.toml:2")


def test_settings_of_rules_are_merged_number_by_number(tmp_path: Path, home: dict[str, str]) -> None:
    """A project may change one number and leave a user's others."""
    write(Path(home["HOME"]) / ".config" / "coach", "[rules.monologue]\nwords = 1\nseconds = 2\n")
    call = write(tmp_path, "[rules.monologue]\nwords = 3\n")
    assert configured(str(call), environ=home).settings == {"monologue": {"words": 3, "seconds": 2}}


def test_the_user_file_follows_xdg(tmp_path: Path) -> None:
    """XDG_CONFIG_HOME counts where it is an absolute path."""
    assert user_file({"XDG_CONFIG_HOME": str(tmp_path)}) == tmp_path / "coach" / "coach.toml"
    assert user_file({"XDG_CONFIG_HOME": "x", "HOME": str(tmp_path)}) == tmp_path / ".config" / "coach" / "coach.toml"


def test_lists_and_folders_come_from_the_environment(tmp_path: Path, home: dict[str, str]) -> None:
    """Lists are parted by commas, folders as in PATH, truth is said in several ways."""
    environ = {**home, "COACH_AGENT": "Er, Chef", "COACH_RULES": os.pathsep.join(("a", "b")), "COACH_MODEL": "no"}
    config = configured(str(tmp_path / "call.txt"), environ=environ)
    assert (config.agent, config.rules, config.model) == (("Er", "Chef"), (Path("a"), Path("b")), False)


@pytest.mark.parametrize(
    ("variable", "value", "message", "hint"),
    [
        ("COACH_FAIL_UNDR", "3", "The variable COACH_FAIL_UNDR is not known.", "Did you mean COACH_FAIL_UNDER?"),
        ("COACH_FAIL_UNDER", "many", "“many” is not a value for COACH_FAIL_UNDER.", "valid number"),
        ("COACH_FAIL_UNDER", "101", "“101” is not a value for COACH_FAIL_UNDER.", "less than or equal to 100"),
        ("COACH_ADDRESS", "ihr", "“ihr” is not a value for COACH_ADDRESS.", "'sie' or 'du'"),
        ("COACH_MODEL", "perhaps", "“perhaps” is not a value for COACH_MODEL.", "boolean"),
    ],
)
def test_a_wrong_variable_is_named(
    tmp_path: Path, home: dict[str, str], variable: str, value: str, message: str, hint: str
) -> None:
    """What is nearly a variable of the coach, or has an impossible value, is an error."""
    error = refused(tmp_path / "call.txt", {**home, variable: value})
    assert error.message == message
    assert hint in (error.hint or "")


def test_variables_of_others_are_left_alone(tmp_path: Path, home: dict[str, str]) -> None:
    """Not everything that begins with COACH_ is meant for the coach."""
    assert configured(str(tmp_path / "x"), environ={**home, "COACH_PYTHON": "python3", "COACH_URL": "x"}) == Config()


@pytest.mark.parametrize(
    ("text", "place", "message", "hint"),
    [
        ('# mine\nadress = "du"\n', ":2:1", "The key “adress” is not known here.", "Did you mean “address”?"),
        ('fail-on = "eror"\n', ":1:1", "“eror” is not a value for this key.", "Did you mean “error”?"),
        ("fail-under = 200\n", ":1:1", "Input should be less than or equal to 100.", None),
        ('fail-under = "50"\n', ":1:1", "Input should be a valid number.", None),
        ("fail-under = true\n", ":1:1", "Input should be a valid number.", None),
        ('agent = "Er"\n', ":1:1", "Input should be a valid list.", None),
        ('[rules.monologue]\nwords = "many"\n', ":2:1", "Input should be a valid number.", None),
        ("[rules]\nmonologue = 3\n", ":2:1", "Input should be a valid dictionary.", None),
    ],
)
def test_a_wrong_key_is_named_with_its_place(
    tmp_path: Path, home: dict[str, str], text: str, place: str, message: str, hint: str | None
) -> None:
    """File, line and column, the line itself, and the nearest right word."""
    error = refused(write(tmp_path, text), home)
    assert (error.place or "").endswith(f"coach.toml{place}")
    assert error.message.splitlines()[0] == message
    assert text.splitlines()[int(place.split(":")[1]) - 1] in error.message
    assert error.hint == hint


def test_a_broken_file_is_named_with_its_line(tmp_path: Path, home: dict[str, str]) -> None:
    """What is no TOML says where."""
    error = refused(write(tmp_path, "fail-under = \n"), home)
    assert "line 1" in error.message
    assert (error.place or "").endswith("coach.toml")


def test_a_file_that_is_no_text_is_refused(tmp_path: Path, home: dict[str, str]) -> None:
    """Settings are UTF-8."""
    (tmp_path / "coach.toml").write_bytes(b"profile = '\xff'\n")
    assert "UTF-8" in refused(tmp_path / "call.txt", home).message


def test_unknown_rules_and_settings_are_named_once_the_rules_are_known() -> None:
    """Typing errors in rule ids do not pass in silence."""
    book = load_rules(base=TINY)
    checked(Config(off=("long-turn",), settings={"long-turn": {"words": 3}}), book)
    with pytest.raises(UsageError) as caught:
        checked(Config(off=("long-turns",), origins={"off": "coach.toml:3"}), book)
    assert (caught.value.place, caught.value.hint) == ("coach.toml:3", "Did you mean “long-turn”?")
    with pytest.raises(UsageError, match="no rule “long”"):
        checked(Config(settings={"long": {}}), book)
    with pytest.raises(UsageError, match="no setting “wrds”") as caught:
        checked(Config(settings={"long-turn": {"wrds": 3}}), book)
    assert caught.value.hint == "Did you mean “words”?"


def test_nothing_is_found_where_nothing_is(tmp_path: Path) -> None:
    """A folder without settings above it has no project file, as far as the temporary folder goes."""
    found = project_file(tmp_path)
    assert found is None or tmp_path not in found.parents


numbers = st.dictionaries(st.sampled_from(("words", "seconds")), st.integers(0, 9), max_size=2)
layers = st.builds(
    lambda values, settings: Layer(values=values, settings=settings, origins=dict.fromkeys(values, "x")),
    st.dictionaries(st.sampled_from(sorted(set(KEYS.values()) - {"off"})), st.integers(0, 9), max_size=4),
    st.dictionaries(st.sampled_from(("monologue", "long-turn")), numbers, max_size=2),
)


@given(st.lists(layers, max_size=5))
def test_the_first_layer_that_sets_a_key_wins(found: list[Layer]) -> None:
    """Whatever the layers say, each value is that of the first that says it; else the default."""
    config = merged(found)
    for name in KEYS.values():
        expected = next((layer.values[name] for layer in found if name in layer.values), getattr(Config(), name))
        assert getattr(config, name) == expected
    for rule, settings in config.settings.items():
        for name, value in settings.items():
            given_by = [layer.settings[rule][name] for layer in found if name in layer.settings.get(rule, {})]
            assert value == given_by[0]
