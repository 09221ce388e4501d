"""An activity in more languages: texts by id, pages beside their originals, everything missing said with its place."""

from __future__ import annotations

import hashlib
from pathlib import Path

from scorm_packager.activity.definition import definition_of
from scorm_packager.activity.definition_model import Definition, Translation
from tests.packager.activity_builders import loaded, problems, said

ADDED = """\
languages: [es]
objectives: [{id: choose, text: Choose an agent, need: gap, level: competence}]
needs: [{id: gap, gap: A gap., need: competence, desired_change: Change., evidence: ["doi:10.1/x"]}]
items: [{id: q1, kind: choice, stem: Which?, choices: {a: This, b: That}, answer: b, rationale: Because.}]
assessments: {post: {items: all, passing_score: 0.5, attempts: 2}}
"""

SPANISH = """\
title: Una muestra
description: Para pruebas.
objectives: {choose: Elegir un fármaco}
items:
  q1: {stem: "¿Cuál?", choices: {a: Este, b: Ese}, rationale: Porque sí.}
disclosure: {text: Nadie tiene **relaciones**., acknowledgement: He leído esta información.}
"""

FILES = {"activity.es.yaml": SPANISH, "content/one.es.md": "# Uno\n\nLa primera página.\n"}


def defined(folder: Path) -> Definition:
    found = loaded(folder, ADDED, files=FILES)
    return definition_of(found.activity, found.source)


def spanish(folder: Path) -> Translation:
    return defined(folder).translations[0]


def without(key: str) -> dict[str, str]:
    kept = [line for line in SPANISH.splitlines(keepends=True) if not line.startswith(key)]
    assert len(kept) < len(SPANISH.splitlines())
    return {**FILES, "activity.es.yaml": "".join(kept)}


def test_a_text_stands_where_the_definition_has_the_original(tmp_path: Path) -> None:
    texts = spanish(tmp_path).texts
    assert [texts[path] for path in ("title", "items.0.stem_html", "items.0.choices.1.html")] == ["Una muestra", "¿Cuál?", "Ese"]


def test_a_page_is_read_from_the_file_beside_it(tmp_path: Path) -> None:
    texts = spanish(tmp_path).texts
    assert (texts["contents.0.title"], texts["contents.0.html"]) == ("Uno", "<p>La primera página.</p>")


def test_a_translation_changes_no_id_key_or_version(tmp_path: Path) -> None:
    kept = {"id", "version", "answer", "maximum", "attestation"}
    assert not {path for path in spanish(tmp_path).texts if path.rpartition(".")[2] in kept}


def test_a_translation_leaves_the_version_of_every_item_as_it_was(tmp_path: Path) -> None:
    alone = loaded(tmp_path / "alone", ADDED.replace("languages: [es]\n", ""))
    both = defined(tmp_path / "both")
    assert [item.version for item in both.items] == [item.version for item in definition_of(alone.activity, alone.source).items]


def test_the_disclosure_of_a_language_has_a_hash_of_its_own(tmp_path: Path) -> None:
    definition = defined(tmp_path)
    shown = hashlib.sha256(b"<p>Nadie tiene <strong>relaciones</strong>.</p>").hexdigest()
    assert definition.disclosure_hashes == (definition.disclosure.hash, shown)


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    found = problems(tmp_path, ADDED, files=without("objectives"))
    assert [(each.code, each.message) for each in found] == [("translation-missing", "`objectives.choose` is not translated.")]


def test_a_choice_left_out_is_said_at_its_item(tmp_path: Path) -> None:
    texts = SPANISH.replace(", b: Ese", "")
    assert said(problems(tmp_path, ADDED, files={**FILES, "activity.es.yaml": texts})) == ["activity.es.yaml:5 translation-missing"]


def test_a_page_without_translation_is_missed_by_the_name_it_should_have(tmp_path: Path) -> None:
    assert "content/one.es.md:0 translation-missing" in said(problems(tmp_path, ADDED, files={"activity.es.yaml": SPANISH}))


def test_a_language_without_its_file_is_told(tmp_path: Path) -> None:
    assert said(problems(tmp_path, ADDED, files={"content/one.es.md": "# Uno\n"})) == ["activity.es.yaml:0 missing-file"]


def test_a_disclosure_left_in_its_own_language_is_a_warning(tmp_path: Path) -> None:
    found = problems(tmp_path, ADDED, files=without("disclosure"))
    assert [(each.code, str(each.severity)) for each in found] == [("disclosure-not-translated", "warning")]


def test_prescribed_wording_and_what_the_activity_does_not_have_are_not_translated(tmp_path: Path) -> None:
    texts = SPANISH + "front_matter: {accreditation: {text: Otra cosa}}\nitem: {q1: {stem: S}}\n"
    found = problems(tmp_path, ADDED, files={**FILES, "activity.es.yaml": texts})
    assert said(found) == ["activity.es.yaml:7 nothing-to-translate", "activity.es.yaml:8 nothing-to-translate"]


def test_the_language_of_the_activity_is_not_one_of_its_translations(tmp_path: Path) -> None:
    files = FILES | {"activity.en.yaml": SPANISH, "content/one.en.md": "# One\n"}
    found = problems(tmp_path, ADDED.replace("[es]", "[es, en]"), files=files)
    assert [each.code for each in found] == ["language-twice"]
