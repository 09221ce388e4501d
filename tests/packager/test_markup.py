"""Authors' Markdown becomes HTML that shows what they meant, and nothing that they should not have been able to do."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorm_packager.activity import markup
from scorm_packager.activity.bibliography import reference_html
from scorm_packager.activity.problems import Place

HERE = Place("activity.yaml", 20, 5)


def page(text: str) -> str:
    return markup.page(text, "content/one.md").html


def line(text: str) -> str:
    return markup.inline(text, HERE).html


def test_it_works() -> None:
    assert page("# One\n\nRead *this*.\n") == "<p>Read <em>this</em>.</p>"


def test_the_first_heading_is_the_title_and_is_not_said_twice() -> None:
    found = markup.page("# Who *needs* CHA₂DS₂?\n\nText\n", "content/one.md")
    assert (found.title, found.html) == ("Who needs CHA₂DS₂?", "<p>Text</p>")


def test_a_second_first_level_heading_goes_down_a_level() -> None:
    assert page("# One\n\n# Two\n") == '<h2 id="two">Two</h2>'


def test_headings_are_named_each_once_with_the_pages_prefix() -> None:
    html = markup.page("# T\n\n## Dose\n\n## Dose\n\n[see](#dose)\n", "content/one.md", prefix="p1-").html
    assert re.findall(r'(?:id|href)="([^"]*)"', html) == ["p1-dose", "p1-dose-2", "#p1-dose"]


def test_an_image_alone_is_a_figure_with_its_title_as_caption() -> None:
    assert page('![Strokes by score](chart.svg "Strokes rise & rise")') == (
        '<figure><img src="content/chart.svg" alt="Strokes by score"><figcaption>Strokes rise &amp; rise</figcaption></figure>'
    )


def test_an_image_within_a_sentence_stays_there() -> None:
    assert page("See ![the sign](sign.png) here.") == '<p>See <img src="content/sign.png" alt="the sign"> here.</p>'


def test_names_the_files_that_a_page_shows_or_links_to() -> None:
    found = markup.page("# T\n\n![A](fig/a%20b.svg)\n\n[handout](../content/b.pdf)\n", "content/one.md")
    assert [(named.path, named.where.line, named.shown) for named in found.files] == [
        ("content/fig/a b.svg", 3, True),
        ("content/b.pdf", 5, False),
    ]


def test_a_table_can_be_reached_and_scrolled_by_keyboard_and_has_a_name() -> None:
    html = page("| Agent | Dose |\n|---|--:|\n| A | 5 |\n")
    assert html.startswith('<div class="table" role="region" tabindex="0" aria-label="Agent, Dose"><table>')
    assert '<th scope="col">Agent</th>' in html
    assert '<td align="right">5</td>' in html


def test_containers() -> None:
    assert page("::: case Bed 4\nA man.\n:::") == '<section class="case"><p class="container-title">Bed 4</p>\n<p>A man.</p>\n</section>'
    assert page("::: key-point\nRemember.\n:::") == '<aside class="key-point">\n<p>Remember.</p>\n</aside>'
    assert page("::: reveal Which *dose*?\n5 mg\n:::") == (
        '<details class="reveal"><summary>Which <em>dose</em>?</summary>\n<p>5 mg</p>\n</details>'
    )


def test_a_reflective_question_has_a_name_under_which_learners_write() -> None:
    found = markup.page("::: reflect my-practice\nWhat *would* you change?\n:::", "content/one.md")
    assert found.html == '<section class="reflect" data-reflect="my-practice">\n<p>What <em>would</em> you change?</p>\n</section>'
    assert found.reflections == ("my-practice",)


def test_a_link_to_another_site_opens_apart_and_tells_it_nothing() -> None:
    assert line("[doi](https://doi.org/10.1/x)") == ('<a href="https://doi.org/10.1/x" target="_blank" rel="noopener noreferrer">doi</a>')


def test_an_inline_text_has_no_blocks() -> None:
    assert line("# Which *one*?") == "# Which <em>one</em>?"


def test_sub_and_superscript_may_be_html() -> None:
    assert line("CO<sub>2</sub> at 10<sup>3</sup><br>x <!-- ask Ada -->") == "CO<sub>2</sub> at 10<sup>3</sup><br>x"


def test_less_than_is_a_sign_like_any_other() -> None:
    found = markup.inline("Weight < 60 kg and age > 80 & more", HERE)
    assert (found.html, found.problems) == ("Weight &lt; 60 kg and age &gt; 80 &amp; more", ())


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    "[x](javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "![x](data:image/svg+xml;base64,PHN2Zz4=)",
    "<iframe src=https://evil.example></iframe>",
    "<style>*{display:none}</style>",
    '<p style="position:fixed">x</p>',
    "<svg><script>alert(1)</script></svg>",
    "<sub onclick=alert(1)>x</sub>",
    '<abbr title="x" onmouseover="alert(1)">x</abbr>',
    "![x](//evil.example/x.png)",
    "![x](https://evil.example/x.png)",
    "<form action=https://evil.example><input></form>",
    '::: case <img src=x onerror="alert(1)">\nx\n:::',
    "::: reveal <script>alert(1)</script>\nx\n:::",
    '| <img src=x onerror=alert(1)> " |\n|---|\n| x |',
    "## <img src=x onerror=alert(1)>",
    '![x" onerror="alert(1)](a.png "t\\" onload=\\"alert(1)")',
    "<base href=https://evil.example>",
    "<math><mtext></mtext><mglyph><style><img src=x onerror=alert(1)>",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_runs_and_nothing_is_loaded_from_elsewhere(text: str) -> None:
    for html in (page(text), line(text), markup.block(text, HERE).html):
        assert live(html) == []


RISKY = r"^(script|iframe|style|svg|form|input|base|math|object|embed|link|meta)\b|\bon\w+=|style="


def live(html: str) -> list[str]:
    """The tags and attributes of some HTML that could run, restyle or load something."""
    tags = re.findall(r"<([a-z][^<>]*)>", html, re.IGNORECASE)
    attributes = [re.sub(r'"[^"]*"', "", tag) for tag in tags]
    risky = [tag for tag in attributes if re.search(RISKY, tag)]
    return risky + re.findall(r'src="(?:[a-z]+:|//)[^"]*"|href="(?:javascript|data|vbscript):[^"]*"', html, re.IGNORECASE)


@given(st.text(alphabet=st.sampled_from(list("<>/\"'=:()[]!#*|-\n `&;abcimgsrconeportj")), max_size=120))
def test_whatever_is_written_nothing_runs(text: str) -> None:
    assert live(page(text)) == []


def test_says_what_html_it_left_out_and_where() -> None:
    (problem,) = markup.page("# T\n\ntext\n\n<iframe src=x></iframe>\n", "content/one.md").problems
    assert (problem.code, problem.where) == ("raw-html", Place("content/one.md", 5, 1))


def test_a_problem_of_a_text_in_the_activity_file_counts_from_where_it_stands() -> None:
    (problem,) = markup.block("one\n\n![](a.png)\n", HERE).problems
    assert (problem.code, problem.where) == ("image-without-alt", Place("activity.yaml", 22, 1))


# --- references ---------------------------------------------------------------------------------

REFERENCES = {
    "Lip GYH. Chest. 2010;137:263. doi:10.1378/chest.09-1584": "https://doi.org/10.1378/chest.09-1584",
    "Ruff CT. Lancet. doi:10.1016/S0140-6736(13)62343-0.": "https://doi.org/10.1016/S0140-6736(13)62343-0",
    "Kopp SL. PMID 39880411": "https://pubmed.ncbi.nlm.nih.gov/39880411/",
    "FDA. https://www.fda.gov/x_y?a=1.": "https://www.fda.gov/x_y?a=1",
    "Erasmus V. https://doi.org/10.1086/650451": "https://doi.org/10.1086/650451",
    "A [label](https://example.org/a) of the author's": "https://example.org/a",
}


@pytest.mark.parametrize("text", REFERENCES)
def test_a_reference_leads_to_its_source(text: str) -> None:
    assert re.findall(r'href="([^"]*)"', reference_html(text)) == [REFERENCES[text]]


def test_a_reference_is_escaped() -> None:
    assert reference_html("<b>A & B</b> <script>x</script>") == "A &amp; B x"
