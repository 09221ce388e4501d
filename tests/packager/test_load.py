"""An activity's folder loads, or says everything that is wrong with it: each fault by file, line, code and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from scorm_packager.activity.load import load
from scorm_packager.activity.problems import Place, Severity
from tests.packager.activity_builders import PROVIDER, a_folder, loaded, problems, problems_at, said

ROOT = Path(__file__).parent.parent.parent
ITEM = "items: [{id: q1, kind: choice, stem: Which?, choices: {a: This, b: That}, answer: b}]\n"


def test_it_works(tmp_path: Path) -> None:
    found = loaded(tmp_path, ITEM)
    assert (found.activity.title, found.activity.items[0].id, found.folder, found.warnings) == ('A <b>&" sample', "q1", tmp_path, ())


STARTERS = [str(path.parent.relative_to(ROOT)) for path in sorted(ROOT.glob("templates/activities/*/activity.yaml"))]


@pytest.mark.parametrize("folder", ["examples/af-anticoagulation", *STARTERS])
def test_what_authors_start_from_loads_without_a_word(folder: str) -> None:
    assert problems_at(ROOT / folder) == ()


def test_loads_by_the_file_as_by_the_folder(tmp_path: Path) -> None:
    a_folder(tmp_path)
    assert load(tmp_path / "activity.yaml").activity == load(tmp_path).activity


def test_says_that_there_is_no_activity(tmp_path: Path) -> None:
    assert said(problems_at(tmp_path)) == ["activity.yaml:0 missing-file"]


# --- places -------------------------------------------------------------------------------------


def test_knows_where_each_part_is_written(tmp_path: Path) -> None:
    places = loaded(tmp_path, "objectives:\n  - id: choose\n    text: Choose\n").places
    assert places[("objectives", 0, "text")] == Place("activity.yaml", 11, 5)
    assert places[("contents", 0, "minutes")].line == 8


def test_a_part_that_is_not_written_is_where_its_owner_is(tmp_path: Path) -> None:
    places = loaded(tmp_path, "objectives:\n  - id: choose\n    text: Choose\n").places
    assert places.at("objectives", 0, "need").line == 10
    assert places.at("people").line == 1


def test_a_part_of_the_provider_is_in_the_providers_file(tmp_path: Path) -> None:
    assert loaded(tmp_path).places[("provider", "contact", "email")] == Place("provider.yaml", 3, 25)


def test_the_zone_is_the_providers_unless_the_activity_has_its_own(tmp_path: Path) -> None:
    provider = {"provider.yaml": PROVIDER + "zone: America/Denver\n"}
    assert loaded(tmp_path, files=provider).activity.zone == "America/Chicago"
    assert loaded(tmp_path, files=provider, changed={"zone: America/Chicago\n": ""}).activity.zone == "America/Denver"


def test_the_provider_may_stand_in_the_activity_file(tmp_path: Path) -> None:
    inline = "provider: {name: N, accreditations: [{accreditor: accme}], contact: {name: O, email: o@n.example}}"
    found = loaded(tmp_path, changed={"provider: provider.yaml": inline})
    assert (found.activity.provider.name, found.provider_path) == ("N", tmp_path / "activity.yaml")


# --- all at once --------------------------------------------------------------------------------


def test_says_all_problems_at_once_in_the_order_of_the_files(tmp_path: Path) -> None:
    added = "objectivs: []\nitems: [{id: q1, kind: choice, stem: S, choices: {a: A, b: B}, answer: c}]\nlanguage: English!\n"
    found = problems(tmp_path, added, changed={"title:": "titel:"}, files={"provider.yaml": PROVIDER + "zone: Mars/Olympus\n"})
    assert said(found) == [
        "activity.yaml:1 missing-key",
        "activity.yaml:3 unknown-key",
        "activity.yaml:9 unknown-key",
        "activity.yaml:10 answer-not-a-choice",
        "activity.yaml:11 malformed-language",
        "provider.yaml:4 unknown-zone",
    ]


def test_a_faulty_item_is_still_known_by_its_id(tmp_path: Path) -> None:
    added = "items: [{id: q1, kind: choice, stem: S, choices: {a: A, b: B}}]\nassessments: {post: {items: [q1], passing_score: 0.7}}\n"
    assert said(problems(tmp_path, added)) == ["activity.yaml:9 missing-key"]


def test_a_provider_that_cannot_be_read_does_not_hide_the_activitys_own_problems(tmp_path: Path) -> None:
    found = problems(tmp_path, "needs: 5\n", files={"provider.yaml": "name: [\n"})
    assert said(found) == ["activity.yaml:9 list-expected", "provider.yaml:2 yaml-syntax"]


def test_no_remedy_speaks_of_our_tools(tmp_path: Path) -> None:
    added = "people: x\nlanguage: 5\nreleased: soon\ncredits: [{system: ama-pra-1, maximum: many}]\nitems: [5, {kind: essay}, {}]\n"
    for problem in problems(tmp_path, added):
        text = f"{problem.message} {problem.remedy}".lower()
        assert problem.remedy
        assert not any(word in text for word in ("pydantic", "input", "value_error", "validation", "tuple", "dict", "str_"))


# --- the text itself ----------------------------------------------------------------------------

YAML_FAULTS = {
    "a tab": ("a:\n\t- b\n", "activity.yaml:2 yaml-syntax", "spaces"),
    "a colon in a text": ("title: Care: a sample\n", "activity.yaml:1 yaml-syntax", "quotes"),
    "a bracket left open": ("media: [text\n", "activity.yaml:2 yaml-syntax", "close"),
    "a quote left open": ('title: "A sample\n', "activity.yaml:2 yaml-syntax", "close"),
    "two documents": ("a: 1\n---\nb: 2\n", "activity.yaml:2 yaml-syntax", "---"),
    "an alias of nothing": ("a: *b\n", "activity.yaml:1 yaml-syntax", "quotes"),
    "a control character": ("a: 1\nb: \x01\n", "activity.yaml:2 yaml-syntax", "type it again"),
    "nothing": ("", "activity.yaml:1 not-a-mapping", "title"),
    "a list": ("- a\n", "activity.yaml:1 not-a-mapping", "title"),
}


@pytest.mark.parametrize("fault", YAML_FAULTS)
def test_says_the_line_of_a_fault_of_the_text(tmp_path: Path, fault: str) -> None:
    text, expected, remedy = YAML_FAULTS[fault]
    (tmp_path / "activity.yaml").write_text(text)
    (problem,) = problems_at(tmp_path)
    assert (said((problem,)), remedy in problem.remedy) == ([expected], True)


def test_refuses_a_key_that_stands_twice(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, "title: Another\n")
    assert (said((problem,)), "line 3" in problem.message) == (["activity.yaml:9 key-said-twice"], True)


def test_refuses_another_encoding(tmp_path: Path) -> None:
    (tmp_path / "activity.yaml").write_bytes(b"title: ok\ntitle2: caf\xe9\n")
    assert said(problems_at(tmp_path)) == ["activity.yaml:2 not-utf-8"]


def test_refuses_a_file_without_measure(tmp_path: Path) -> None:
    (tmp_path / "activity.yaml").write_bytes(b"title: " + b"x" * (2 * 1024 * 1024))
    assert said(problems_at(tmp_path)) == ["activity.yaml:0 file-too-large"]


def test_refuses_an_alias_bomb(tmp_path: Path) -> None:
    levels = "".join(f"k{n}: &k{n} [{', '.join([f'*k{n - 1}'] * 9)}]\n" for n in range(1, 12))
    (tmp_path / "activity.yaml").write_text("k0: &k0 [x, x]\n" + levels)
    assert [problem.code for problem in problems_at(tmp_path)] == ["yaml-too-complex"]


def test_refuses_an_alias_of_itself(tmp_path: Path) -> None:
    (tmp_path / "activity.yaml").write_text("a: &a [*a]\n")
    assert [problem.code for problem in problems_at(tmp_path)] == ["yaml-too-complex"]


def test_refuses_lists_without_end(tmp_path: Path) -> None:
    (tmp_path / "activity.yaml").write_text("a: " + "[" * 3000 + "]" * 3000)
    assert [problem.code for problem in problems_at(tmp_path)] == ["yaml-too-complex"]


def test_a_tag_makes_nothing_but_a_problem(tmp_path: Path) -> None:
    assert said(problems(tmp_path, "references: !!python/object/apply:os.getcwd []\n")) == ["activity.yaml:9 yaml-tag"]


# --- values -------------------------------------------------------------------------------------

VALUE_FAULTS = [
    ("released: 2026-13-01\n", "date-expected", "2026-11-30"),
    ("released: 2026-12-01 10:00:00\n", "date-expected", "2026-11-30"),
    ("released: 86400\n", "date-expected", "2026-11-30"),
    ("released: next year\n", "date-expected", "2026-11-30"),
    ("estimated_minutes: 12.5\n", "whole-number-expected", "digits"),
    ("estimated_minutes: an hour\n", "whole-number-expected", "digits"),
    ("estimated_minutes: 0\n", "out-of-range", "more than 0"),
    ("estimated_minutes: 1000000000000000000000000000000\n", "out-of-range", "60000 or less"),
    ("clinical: maybe\n", "true-or-false-expected", "`true`"),
    ("copyright: 2026\n", "text-expected", '"2026"'),
    ("copyright: [a]\n", "text-expected", "one text"),
    ("media: text\n", "list-expected", "[ and ]"),
    ("audience: physicians\n", "mapping-expected", "name: …"),
    ("audience: {professions: []}\n", "too-few", "1 or more"),
    ("format: enduring materials\n", "not-one-of", "`enduring material`"),
    ("lms_completion: never\n", "not-one-of", "content, assessment, evaluation, claim"),
    ("language: English\n", "malformed-language", "en"),
    ("objectives: [{id: Choose_Agent, text: T}]\n", "malformed-id", "choose-agent"),
    ("reporting: {url: cme.example}\n", "malformed-address", "https://"),
    ("copyright:\n", "empty-value", "remove"),
    ("references: ['']\n", "empty-value", "remove"),
    ("credits: [{system: ama-pra-1, maximum: one}]\n", "amount-expected", "1.25"),
    ("credits: [{system: ama-pra-1, maximum: 0}]\n", "out-of-range", "more than 0"),
    ("credits: [{system: ama-pra-1, maximum: .inf}]\n", "amount-expected", "1.25"),
    ("credits: [{system: ama-pra-1, maximum: 1.23456}]\n", "amount-expected", "1.25"),
    ("assessments: {post: {passing_score: 75, items: []}}\n", "out-of-range", "75% is 0.75"),
    ("needs: [{id: gap-1, need: competence, desired_change: More}]\n", "missing-key", "`gap:"),
    ("items: [{id: q1, kind: essay, stem: S}]\n", "unknown-item-kind", "multiple"),
    ("items: [{id: q1, kind: chioce, stem: S}]\n", "unknown-item-kind", "`choice`"),
    ("items: [{id: q1, stem: S}]\n", "missing-key", "kind"),
    ("items: [{id: q1, kind: choice, stem: S, choices: {A: x, b: y}, answer: b}]\n", "malformed-choice-key", "small letter"),
    ("title2: x\n", "unknown-key", "`title`"),
    ("<<: {copyright: x}\n", "unknown-key", "Known here are"),
    ("<page>: x\n", "unknown-key", "Known here are"),
    ("items: [{id: q1, kind: choice, steem: S, stem: S, choices: {a: x, b: y}, answer: b}]\n", "unknown-key", "`stem`"),
    ("people: [{name: A, roles: [{role: faculty, form: 2026-09-01, from: 2026-09-01}]}]\n", "unknown-key", "`from`"),
]


@pytest.mark.parametrize(("line", "code", "remedy"), VALUE_FAULTS)
def test_says_what_a_value_must_be(tmp_path: Path, line: str, code: str, remedy: str) -> None:
    found = [problem for problem in problems(tmp_path, line) if problem.code == code]
    assert [(problem.where.line, remedy in problem.remedy) for problem in found] == [(9, True)]


def test_a_content_is_a_page_a_video_or_a_package(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, changed={"page: content/one.md, ": ""})
    assert (said((problem,)), "package" in problem.remedy) == (["activity.yaml:8 missing-key"], True)


# --- what leads somewhere -----------------------------------------------------------------------

REFERENCE_FAULTS = [
    ("items: [{id: q1, kind: choice, stem: S, choices: {a: x, b: y}, answer: c}]\n", "answer-not-a-choice", "a, b"),
    ("items: [{id: q1, kind: multiple, stem: S, choices: {a: x, b: y}, answer: [a, a]}]\n", "answer-said-twice", "once"),
    ("items: [{id: q1, kind: multiple, stem: S, choices: {a: x, b: y}, answer: [a, z]}]\n", "answer-not-a-choice", "a, b"),
    ("items: [{id: q1, kind: ordering, stem: S, choices: {a: x, b: y}, answer: [a, a]}]\n", "ordering-incomplete", "a, b"),
    ("items: [{id: q1, kind: numeric, stem: S, answer: {from: 5, to: 4}}]\n", "range-reversed", "smaller"),
    (
        "items: [{id: q1, kind: matching, stem: S, sources: {s1: x, s2: y}, targets: {t1: x, t2: y}, answer: {s1: t1}}]\n",
        "matching-incomplete",
        "every source",
    ),
    (
        "items: [{id: q1, kind: matching, stem: S, sources: {s1: x, s2: y}, targets: {t1: x, t2: y}, answer: {s1: t1, s2: t9}}]\n",
        "answer-not-a-choice",
        "t1, t2",
    ),
    (
        "items: [{id: q1, kind: true-false, objective: chose, stem: S, answer: true}]\nobjectives: [{id: choose, text: T}]\n",
        "unknown-objective",
        "`choose`",
    ),
    ("objectives: [{id: choose, text: T, need: gap-1}]\n", "unknown-need", "Describe the need first"),
    ("objectives: [{id: choose, text: T}, {id: choose, text: U}]\n", "id-said-twice", "another id"),
    ("evaluation: {items: [{id: relevant, kind: text, stem: S}]}\n", "id-said-twice", "another id"),
    ("evaluation: {extends: standrad}\n", "unknown-evaluation-form", "`standard`"),
    ("follow_up: [{after_days: 60, form: other}]\n", "unknown-evaluation-form", "standard"),
    ("evaluation: {items: [{id: which, kind: choice, stem: S}]}\n", "choices-missing", "two or more"),
    ("credits: [{system: ama-pra1, maximum: 1}]\n", "unknown-credit-system", "`ama-pra-1`"),
    ("credits: [{system: participation, maximum: 1}]\n", "unknown-credit-system", "Known are"),
    ("credits: [{system: ancc, maximum: 1}, {system: ancc, maximum: 2}]\n", "credit-said-twice", "Keep one"),
    ("credits: [{system: abim-moc, maximum: 1}]\n", "equal-credit-missing", "`ama-pra-1`"),
    ("audience: {professions: [phisician]}\n", "unknown-profession", "`physician`"),
    ("assessments: {post: {passing_score: 0.7}}\n", "assessment-without-items", "from:"),
    ("assessments: {pre: {items: [q9]}}\n", "unknown-item", "Describe the item first"),
    ("assessments: {post: {from: content/other.zip, passing_score: 0.7}}\n", "unknown-package", "Describe"),
    ("providership: {with: [Lakeside]}\n", "partners-of-direct", "kind: joint"),
]


@pytest.mark.parametrize(("line", "code", "remedy"), REFERENCE_FAULTS)
def test_says_what_leads_nowhere(tmp_path: Path, line: str, code: str, remedy: str) -> None:
    found = problems(tmp_path, line)
    assert [(problem.code, problem.where.line, remedy in problem.remedy) for problem in found] == [(code, 9, True)]


def test_says_which_accreditor_is_unknown_in_the_providers_file(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, files={"provider.yaml": PROVIDER.replace("accme", "acme")})
    assert (said((problem,)), problem.remedy) == (["provider.yaml:2 unknown-accreditor"], "Did you mean `accme`?")


def test_says_that_a_zone_is_unknown(tmp_path: Path) -> None:
    assert said(problems(tmp_path, changed={"America/Chicago": "America/Chikago"})) == ["activity.yaml:5 unknown-zone"]


def test_says_that_a_zone_is_empty(tmp_path: Path) -> None:
    provider = {"provider.yaml": PROVIDER + 'zone: ""\n'}
    assert said(problems(tmp_path, files=provider)) == ["provider.yaml:4 empty-value"]


def test_says_that_a_zone_is_no_path(tmp_path: Path) -> None:
    assert said(problems(tmp_path, changed={"America/Chicago": "../../etc/passwd"})) == ["activity.yaml:5 unknown-zone"]


# --- files --------------------------------------------------------------------------------------


def with_page(name: str) -> dict[str, str]:
    return {"content/one.md": name}


@pytest.mark.parametrize("path", ["../one.md", "/etc/one.md", "content/../../one.md", "C:/one.md", "content\\\\one.md"])
def test_refuses_a_path_that_leaves_the_folder(tmp_path: Path, path: str) -> None:
    (tmp_path / "one.md").write_text("# Outside\n")
    found = problems(tmp_path / "sample", changed={"page: content/one.md": f'page: "{path}"'})
    assert said(found) == ["activity.yaml:8 path-outside"]


def test_refuses_a_link_that_leaves_the_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("# Secret\n")
    folder = a_folder(tmp_path / "sample", changed={"content/one.md": "content/two.md"})
    (folder / "content/two.md").symlink_to(tmp_path / "secret.md")
    assert said(problems_at(folder)) == ["activity.yaml:8 path-outside"]


def test_refuses_links_that_lead_in_a_circle(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, changed={"content/one.md": "content/two.md"})
    (folder / "content/two.md").symlink_to(folder / "content/two.md")
    assert said(problems_at(folder)) == ["activity.yaml:8 missing-file"]


def test_says_that_a_page_is_not_there(tmp_path: Path) -> None:
    assert said(problems(tmp_path, changed={"one.md": "two.md"})) == ["activity.yaml:8 missing-file"]


def test_says_that_a_file_is_not_under_content(tmp_path: Path) -> None:
    found = problems(tmp_path, changed={"content/one.md": "one.md"}, files={"one.md": "# One\n"})
    assert said(found) == ["activity.yaml:8 file-outside-content"]


def test_says_which_file_of_a_video_is_missing(tmp_path: Path) -> None:
    video = "  - {video: content/a.mp4, captions: content/a.vtt, transcript: content/a.md, title: A, minutes: 5}\n"
    found = problems(tmp_path, video, files={"content/a.mp4": "", "content/a.vtt": "1\n"})
    assert said(found) == ["activity.yaml:9 missing-file", "content/a.vtt:1 captions-not-webvtt"]


def test_says_that_a_kind_of_file_is_wrong(tmp_path: Path) -> None:
    found = problems(tmp_path, "  - {video: content/a.avi, title: A, minutes: 5}\n", files={"content/a.avi": ""})
    assert said(found) == ["activity.yaml:9 wrong-kind-of-file"]


def test_says_that_the_providers_file_is_missing_where_it_is_named(tmp_path: Path) -> None:
    assert said(problems(tmp_path, changed={"provider: provider.yaml": "provider: ../nobody.yaml"})) == ["activity.yaml:6 missing-file"]


def test_refuses_a_providers_file_of_one_machine(tmp_path: Path) -> None:
    found = problems(tmp_path, changed={"provider: provider.yaml": "provider: /srv/provider.yaml"})
    assert said(found) == ["activity.yaml:6 path-absolute"]


def test_says_where_in_the_providers_file_something_is_wrong(tmp_path: Path) -> None:
    provider = PROVIDER + "branding: {colour: blue}\nlate_dais: 5\n"
    found = problems(tmp_path, files={"provider.yaml": provider})
    assert said(found) == ["provider.yaml:4 malformed-colour", "provider.yaml:5 unknown-key"]


# --- pages --------------------------------------------------------------------------------------

PAGE_FAULTS = [
    ("no title here\n", "content/one.md:1 page-without-title"),
    ("# One\n\n![A chart](chart.svg)\n", "content/one.md:3 missing-file"),
    ("# One\n\n![](one.svg)\n", "content/one.md:3 image-without-alt"),
    ("# One\n\ntext\n\n![A chart](https://cdn.example/chart.svg)\n", "content/one.md:5 external-image"),
    ("# One\n\n![A chart](../../chart.svg)\n", "content/one.md:3 path-outside"),
    ("# One\n\n[A page](two.html)\n", "content/one.md:3 wrong-kind-of-file"),
    ("# One\n\n::: warning\nText\n:::\n", "content/one.md:3 unknown-container"),
    ("# One\n\n::: reveal\nText\n:::\n", "content/one.md:3 reveal-without-title"),
]


@pytest.mark.parametrize(("page", "expected"), PAGE_FAULTS)
def test_says_the_line_of_a_fault_in_a_page(tmp_path: Path, page: str, expected: str) -> None:
    assert said(problems(tmp_path, files={"content/one.md": page, "content/one.svg": "<svg/>"})) == [expected]


def test_html_that_is_left_out_is_a_warning(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, files={"content/one.md": "# One\n\n<script>alert(1)</script>\n"})
    assert (said((problem,)), problem.severity) == (["content/one.md:3 raw-html"], Severity.WARNING)


def test_a_fault_in_an_items_text_is_where_the_text_is(tmp_path: Path) -> None:
    added = "items:\n  - id: q1\n    kind: true-false\n    answer: true\n    stem: Is it?\n    vignette: |\n      ![ECG](content/ecg.svg)\n"
    assert said(problems(tmp_path, added)) == ["activity.yaml:14 missing-file"]
