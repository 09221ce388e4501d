"""What the player says is said in full in every language that has a catalogue: a new file is held to English's at once."""

from __future__ import annotations

import ast
import json
import re
import subprocess
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from lrs_bridge import credit
from scorm_packager import catalogues
from scorm_packager.activity.resources import templates
from scorm_packager.catalogues import Catalogue, Message
from tests.player.test_player import node

TAGS = catalogues.languages(templates())
ENGLISH = catalogues.spoken(templates(), "en")
TRANSLATED = tuple(tag for tag in TAGS if tag != "en")
OF_EVERY_LANGUAGE = pytest.mark.parametrize("tag", TAGS)
OF_EVERY_TRANSLATION = pytest.mark.parametrize("tag", TRANSLATED)

# Words that an English sentence can hardly do without, and that none of the languages has as a word of its own.
ENGLISH_WORDS = {"the", "and", "you", "your", "this", "is", "are", "cannot", "with", "of", "please", "saved"}
# How friends are addressed, which physicians are not.
FAMILIAR = {
    "de": {"du", "dich", "dir", "dein", "deine", "deinen", "deiner", "euch", "euer"},
    "es": {"tú", "tu", "tus", "contigo", "vosotros", "vuestro"},
    "fr": {"tu", "ton", "ta", "tes", "toi"},
    "pt": {"tu", "teu", "tua", "teus", "tuas", "contigo"},
}

# The scripts of the player that only make words, given catalogues and questions [language, key, values] as one line of JSON.
SPEAKER = """
const fs = require("fs"), vm = require("vm");
const [messages, asked] = JSON.parse(fs.readFileSync(0, "utf8"));
vm.runInThisContext(fs.readFileSync(process.argv[1] + "/player/say.js", "utf8"), "say.js");
cme.messages = messages;
const said = asked.map(([tag, key, values]) => { cme.say.use(tag); return cme.say(key, values); });
const forms = Object.fromEntries(Object.keys(messages).map((tag) => [tag, new Intl.PluralRules(tag).resolvedOptions().pluralCategories]));
console.log(JSON.stringify({ said, forms }));
"""


def of(tag: str) -> Catalogue:
    return catalogues.catalogue(templates() / catalogues.FOLDER / f"{tag}.yaml")


def forms(message: Message) -> tuple[str, ...]:
    return (message,) if isinstance(message, str) else tuple(message.values())


def names(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def texts(tag: str) -> Iterator[tuple[str, str]]:
    return ((key, text) for key, message in of(tag).items() for text in forms(message))


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", re.sub(r"\{\w+\}", " ", text).lower()))


def asked_in_node(*questions: tuple[str, str, Mapping[str, object]]) -> tuple[list[str], dict[str, list[str]]]:
    given = json.dumps([{tag: of(tag) for tag in TAGS}, questions])
    done = subprocess.run(
        [node(), "-e", SPEAKER, str(templates())], input=given, capture_output=True, text=True, encoding="utf-8", check=True
    )
    answer = json.loads(done.stdout)
    return answer["said"], answer["forms"]


@cache
def plural_forms() -> dict[str, list[str]]:
    """By CLDR, as browsers know it."""
    return asked_in_node()[1]


# --- whole ----------------------------------------------------------------------------------------


def test_the_player_speaks_these_languages_at_least() -> None:
    assert {"en", "es", "fr", "de", "pt", "ar", "ja"} <= set(TAGS)


@OF_EVERY_LANGUAGE
def test_a_catalogue_has_the_messages_of_english_and_no_others(tag: str) -> None:
    assert set(of(tag)) == set(ENGLISH)


@OF_EVERY_LANGUAGE
def test_a_catalogue_says_its_own_language_and_direction(tag: str) -> None:
    assert of(tag)["language.tag"] == tag
    assert of(tag)["language.direction"] in {"ltr", "rtl"}


@OF_EVERY_LANGUAGE
def test_nothing_is_left_empty(tag: str) -> None:
    assert [key for key, text in texts(tag) if not text.strip()] == []


@OF_EVERY_TRANSLATION
def test_a_message_fills_in_what_its_english_fills_in(tag: str) -> None:
    filled = {key: set().union(*map(names, forms(message))) for key, message in of(tag).items()}
    assert filled == {key: set().union(*map(names, forms(message))) for key, message in ENGLISH.items()}


@OF_EVERY_LANGUAGE
def test_a_form_leaves_out_nothing_but_its_number(tag: str) -> None:
    """“One question” may do without the figure; a name or an amount stands in every form."""
    every = {key: set().union(*map(names, forms(message))) for key, message in of(tag).items()}
    assert [(key, text) for key, text in texts(tag) if every[key] - names(text) - {"n"}] == []


@OF_EVERY_LANGUAGE
def test_a_message_that_counts_has_the_forms_that_its_language_counts_by(tag: str) -> None:
    counting = {key for key, message in ENGLISH.items() if not isinstance(message, str)}
    found = {key: sorted(message) for key, message in of(tag).items() if not isinstance(message, str)}
    assert found == dict.fromkeys(counting, sorted(plural_forms()[tag]))


@OF_EVERY_LANGUAGE
def test_a_message_is_words_and_no_markup(tag: str) -> None:
    assert [key for key, text in texts(tag) if re.search(r"<\w|&\w+;", text)] == []


@OF_EVERY_LANGUAGE
def test_what_is_isolated_is_closed_again(tag: str) -> None:
    assert [
        key for key, text in texts(tag) if not re.fullmatch("[^\u2068\u2069]*(?:\u2068[^\u2068\u2069]*\u2069[^\u2068\u2069]*)*", text)
    ] == []


# --- translated -----------------------------------------------------------------------------------


@OF_EVERY_TRANSLATION
def test_no_english_is_left_over(tag: str) -> None:
    assert {key: text for key, text in texts(tag) if words(text) & ENGLISH_WORDS} == {}


@OF_EVERY_TRANSLATION
def test_no_sentence_is_that_of_english(tag: str) -> None:
    english = {text for _, text in texts("en") if len(words(text)) > 1}
    assert {key: text for key, text in texts(tag) if text in english} == {}


@pytest.mark.parametrize("tag", sorted(FAMILIAR.keys() & set(TAGS)))
def test_learners_are_addressed_formally(tag: str) -> None:
    assert {key: text for key, text in texts(tag) if words(text) & FAMILIAR[tag]} == {}


# --- said -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "key", "number", "expected"),
    [
        ("en", "walk.unanswered", 1, "1 question is not fully answered"),
        ("en", "walk.unanswered", 0, "0 questions are not fully answered"),
        ("de", "front.minutes", 1200, "Etwa 1.200 Minuten"),
        ("es", "front.minutes", 1_000_000, "Aproximadamente 1.000.000 de minutos"),
        ("fr", "post.left", 0, "Il vous reste 0 tentative."),  # French counts nought as one
        ("fr", "post.left", 2, "Il vous reste 2 tentatives."),
        ("pt", "post.left", 0, "Resta 0 tentativa."),  # and so does Portuguese
        ("ar", "post.attempts", 1, "لديك محاولة واحدة."),
        ("ar", "post.attempts", 2, "لديك محاولتان."),
        ("ar", "post.attempts", 3, "لديك 3 محاولات."),
        ("ar", "post.attempts", 11, "لديك 11 محاولة."),
        ("ar", "post.attempts", 103, "لديك 103 محاولات."),
        ("ja", "post.left", 1, "あと1回受験できます。"),
    ],
)
def test_numbers_are_said_as_the_language_counts(tag: str, key: str, number: int, expected: str) -> None:
    assert asked_in_node((tag, key, {"n": number}))[0] == [expected]


def test_a_name_from_left_to_right_is_isolated_in_arabic_alone() -> None:
    values = {"name": "AMA PRA Category 1 Credit", "amount": "1.25"}
    arabic, german = asked_in_node(("ar", "front.creditLine", values), ("de", "front.creditLine", values))[0]
    assert arabic == "\u2068AMA PRA Category 1 Credit\u2069: حتى 1.25"
    assert german == "AMA PRA Category 1 Credit: bis zu 1.25"


def test_no_number_leaves_a_message_unsaid() -> None:
    counts = (0, 1, 1.25, 2, 3, 11, 100, 1_000_000)
    counting = [(tag, key) for tag in TAGS for key, message in of(tag).items() if not isinstance(message, str)]
    said, _ = asked_in_node(*((tag, key, {"n": count, "amount": "1.25"}) for tag, key in counting for count in counts))
    assert len(said) == len(counting) * len(counts)
    assert [text for text in said if not text or "{" in text or text in ENGLISH] == []


# --- what says them -------------------------------------------------------------------------------

_NAMES_A_MESSAGE = {
    ".js": re.compile(r"""\bcme\.say(?:\.nodes)?\(\s*"([\w.-]+)\""""),
    ".html": re.compile(r"""(?:\bdata-say(?:-label)?=|\bt\()"([\w.-]+)\""""),
}


def scripts_and_pages() -> Iterator[Path]:
    for folder in ("player", "screens", "gate"):
        yield from (file for file in sorted((templates() / folder).rglob("*")) if file.suffix in _NAMES_A_MESSAGE)


@pytest.mark.parametrize("file", [*scripts_and_pages()], ids=lambda file: f"{file.parent.name}/{file.name}")
def test_what_a_screen_says_is_in_the_catalogues(file: Path) -> None:
    named = set(_NAMES_A_MESSAGE[file.suffix].findall(file.read_text(encoding="utf-8")))
    assert named - set(ENGLISH) == set()


# --- reasons of the bridge ------------------------------------------------------------------------

_GIVES_A_REASON = {"met", "unmet", "waiting", "Reason", "_refused"}
_CODE = re.compile(r"[a-z]+(?:-[a-z]+)+")
_FOR_STAFF = "flags.py"  # learners never see those (docs/data-flow.md)


def codes(source: str) -> set[str]:
    """The codes of the reasons that a module gives: the first text handed to what makes one, or returned with its words."""
    found: set[str] = set()
    for each in ast.walk(ast.parse(source)):
        if isinstance(each, ast.Call) and isinstance(each.func, ast.Name) and each.func.id in _GIVES_A_REASON:
            found |= set(first_text(each.args))
        if isinstance(each, ast.Return) and isinstance(each.value, ast.Tuple):
            found |= set(first_text(each.value.elts[:1]))
    return {code for code in found if _CODE.fullmatch(code)}


def first_text(given: list[ast.expr]) -> list[str]:
    return [each.value for each in given if isinstance(each, ast.Constant) and isinstance(each.value, str)][:1]


def reason_codes() -> set[str]:
    files = (file for file in Path(credit.__path__[0]).glob("*.py") if file.name != _FOR_STAFF)
    return set().union(*(codes(file.read_text(encoding="utf-8")) for file in files))


def test_every_reason_of_the_bridge_can_be_said() -> None:
    assert {f"reason.{code}" for code in reason_codes()} - set(ENGLISH) == set()


def test_a_package_carries_reasons_in_all_languages_but_the_bridge_s_own() -> None:
    files = {tag: templates() / catalogues.FOLDER / f"{tag}.yaml" for tag in ("en", "fr")}
    carried = {
        tag: {key for key in messages if key.startswith("reason.")} for tag, messages in json.loads(catalogues.joined(files)).items()
    }
    assert (carried["en"], len(carried["fr"])) == (set(), len(reason_codes()) + 1)  # and how the bridge's words follow


def test_no_reason_is_translated_that_the_bridge_does_not_give() -> None:
    said = {key.removeprefix("reason.") for key in ENGLISH if key.startswith("reason.")} - {"details"}
    assert said == reason_codes()


def test_codes_are_found_wherever_a_reason_is_made() -> None:
    assert codes("def f():\n return unmet(\n  'not-claimed', 'x')") == {"not-claimed"}
    assert codes("def f():\n return 'claim-off-step', f'{x} is no step'") == {"claim-off-step"}
    assert codes("def f():\n return _refused(word, 'claim-not-an-amount', 'x', offer)") == {"claim-not-an-amount"}
