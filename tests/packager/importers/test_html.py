"""HTML of others becomes the Markdown of activity files, and what cannot become it is named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorm_packager.activity import markup
from scorm_packager.activity.problems import Place, ProblemsFound
from scorm_packager.importing import html
from tests.packager.importers.texts import CALM, WORDS

WHERE = Place("bank.xml", 7, 1)


def converted(text: str) -> str:
    return html.prose(text, WHERE, lambda address, name: f"content/bank/{address}").prose.markdown()


def problems(text: str) -> list[str]:
    return [each.message for each in html.prose(text, WHERE, lambda address, name: None).problems]


def test_it_works() -> None:
    assert converted("<p>Give <b>O<sub>2</sub></b> &amp; call.</p><p>Wait.</p>") == "Give **O<sub>2</sub>** & call.\n\nWait."


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ("a <strong> b </strong>c", "a  **b** c"),
        ("<p>One<br><br></p><div>two</div>", "One\n\ntwo"),
        ("<span>in <i>a <b>span</b></i></span>", "in *a **span***"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n\n  - b\n- c"),
        ("<ol><li><p>a</p></li><li>b</li></ol>", "1. a\n2. b"),
        ("<table><tr><th>a|b</th><th>c</th></tr><tr><td>1</td></tr></table>", "| a\\|b | c |\n| --- | --- |\n| 1 |  |"),
        ('<a href="https://who.int/x_y">WHO</a>', "[WHO](<https://who.int/x_y>)"),
        ('<a href="javascript:alert(1)">WHO</a>', "WHO"),
        ('<a href="#top">up</a>', "up"),
        ('<img src="ecg.png" alt="An ECG [II]">', "![An ECG \\[II\\]](content/bank/ecg.png)"),
        ("<h1>Title</h1>text", "## Title\n\ntext"),
        ("<blockquote><p>said</p></blockquote>", "> said"),
        ("<pre>a  b\n`c`</pre>", "```\na  b\n`c`\n```"),
        ("5 &lt; 6 &amp;amp; *", "5 \\< 6 \\&amp; \\*"),
        ("<p># one</p>", "\\# one"),
        ("<!-- secret -->shown<style>p{}</style>", "shown"),
        ("a&nbsp;b", "a\u00a0b"),
        ("", ""),
        ("<p> </p>", ""),
    ],
)  # fmt: skip
def test_what_has_a_counterpart_is_kept(written: str, made: str) -> None:
    assert converted(written) == made.replace("a  **b** c", "a **b** c")


@pytest.mark.parametrize("tag", ["script", "iframe", "object", "embed", "video", "audio", "form", "svg", "math", "input"])
def test_what_has_none_is_named_and_does_not_show(tag: str) -> None:
    text = f"<p>before <{tag} src='x' onclick='alert(1)'>alert(1)</{tag}> after</p>"
    if tag == "form":  # its text is the author's; the form itself is nothing
        assert converted(text) == "before\n\nalert(1)\n\nafter"
        return
    assert "alert" not in converted(text).replace("> alert(1)", "") or tag in ("embed", "input")
    assert problems(text)[0] == f"<{tag}> was left out."


def test_joined_cells_are_named() -> None:
    assert problems("<table><tr><td colspan=2>a</td></tr></table>") == ["The joining of cells in a table was left out."]


def test_an_image_without_an_alternative_is_named_and_one_that_is_left_out_keeps_its_words() -> None:
    image = html.prose("<img src=a.png>", WHERE, lambda address, name: "content/a.png")
    assert [each.code for each in image.problems] == ["import-image-without-alt"]
    assert html.prose("<img src=a.png alt='An ECG'>", WHERE, lambda address, name: None).prose.markdown() == "An ECG"


def test_depth_without_end_is_refused_where_the_rest_would_be_lost() -> None:
    assert converted("<div>" * 200 + "x") == "x"
    with pytest.raises(ProblemsFound, match="import-html-too-deep"):
        converted("<p>a</p>" + "<div>" * 50_000 + "x")


@CALM
@given(
    st.lists(
        st.one_of(
            WORDS,
            st.sampled_from(
                [
                    "<p>",
                    "</p>",
                    "<b>",
                    "</b>",
                    "<script>",
                    "<img src=x onerror=alert(1) alt=y>",
                    "<li>",
                    "<td>",
                    "<a href='java\nscript:alert(1)'>",
                    "&#0;",
                    "<![CDATA[",
                    "-->",
                    "<svg/onload=alert(1)>",
                ]
            ),
        )
    ).map(" ".join)
)
def test_no_html_whatsoever_becomes_more_than_text_and_formatting(text: str) -> None:
    rendered = markup.block(converted(text), WHERE).html
    assert "<script" not in rendered
    assert not any(
        mark in tag
        for tag in rendered.split("<")[1:]
        for mark in ("onerror=", "onload=", "javascript:")
        if ">" in tag and mark in tag.split(">")[0]
    )
