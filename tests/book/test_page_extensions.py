"""What makes the pages light, tried on small ones; and one palette for the page and its figures."""

import importlib.util
import posixpath
import re
from types import SimpleNamespace

import pytest
import tinycss2
from docutils import nodes
from docutils.core import publish_doctree
from notebook_rules import BOOK, ROOT, pages
from notebook_rules import chapters as notebook_chapters

from dlbasics import plotting


def load(name, folder=BOOK / "_extensions"):
    """Import an extension or a tool, which no package holds."""
    spec = importlib.util.spec_from_file_location(name, folder / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


book_page, book_style, book_publishing, book_tables = map(
    load, ["book_page", "book_style", "book_publishing", "book_tables"]
)


def test_the_page_and_its_figures_have_one_palette():
    style = (BOOK / "_static" / "book.css").read_text()
    for name in ["blue", "orange", "green", "pink", "yellow", "ink"]:
        (color,) = re.findall(rf"^  --{name}: (#\w{{6}});", style, re.MULTILINE)
        assert color.upper() == getattr(plotting, name.upper()), name


def test_drawings_have_no_other_colours():
    palette = {plotting.BLUE, plotting.ORANGE, plotting.GREEN, plotting.FAINT}
    for name in ["logo", "favicon"]:
        drawing = (BOOK / "_static" / f"{name}.svg").read_text()
        assert set(re.findall(r"#\w{6}", drawing)) <= palette


def test_the_pictures_of_the_front_page_are_what_the_package_draws():
    drawings = load("draw_images", ROOT / "tools").draw()
    assert set(drawings) == {path.name for path in (BOOK / "images").iterdir()}
    for name, drawing in drawings.items():
        assert (BOOK / "images" / name).read_text("utf-8") == drawing, name


def test_each_chapter_has_a_small_picture_on_the_front_page():
    front = (BOOK / "intro.md").read_text("utf-8")
    listed = re.findall(r"(?m)^\{doc\}`(\w+)`\n: (.*)$", front)
    for chapter, text in listed:
        assert text.startswith(
            f'<img class="thumbnail" src="images/{chapter}.svg" alt="">'
        )
    chapters = [path.stem for path in notebook_chapters()]
    assert {name for name, _ in listed} >= set(chapters)


@pytest.mark.parametrize(
    "style, left",
    [
        (".a{color:red}", ".a{color:red}"),
        (".a, .b > #c{color:red}", ".a{color:red}"),
        (".b{color:red}", ""),
        ("p::before{top:0}", "p::before{top:0}"),
        (".a:not(.b), .a:is(.b, .c){top:0}", ".a:not(.b),.a:is(.b, .c){top:0}"),
        ("b:not(.c, :has(i:is(.d))){top:0}",) * 2,
        ("@media print{.a{top:0}.b{top:0}}", "@media print{.a{top:0}}"),
        ("@media print{.b{top:0}}", ""),
        ("@font-face{font-family:x}", ""),
        ("@font-face{font-family:STIX Two Text}",) * 2,
        (".a{--fa-x:1;content:'\\f001';top:0}", ".a{top:0}"),
    ],
)
def test_rules_that_select_nothing_go(style, left):
    rules = tinycss2.parse_stylesheet(style, True, True)
    assert book_style.keep_used_rules(rules, {"a"}) == left


@pytest.fixture
def built(tmp_path):
    (tmp_path / "_static" / "styles").mkdir(parents=True)
    (tmp_path / "_static" / "base.css").write_text("b{background:url(b.png)}")
    (tmp_path / "_static" / "styles" / "theme.css").write_text(
        '@import "../base.css";:root{--a:"{;";--b:var(--a);--c:1}'
        "i{background:url(../i.png) url(data:x);order:var(--c)}"
    )
    return tmp_path


def test_styles_become_one(built):
    style = book_style.join_styles(built, ["_static/styles/theme.css"], ["<i>"])
    assert style.splitlines() == [
        "b{background:url(b.png)}",
        ":root{--c:1}",
        "i{background:url(styles/../i.png) url(data:x);order:var(--c)}",
    ]


def test_the_front_page_brings_the_rules_that_it_needs(built):
    sheet = built / book_style.STYLE
    sheet.write_text("i{background:url(./i.png)}.b{top:0}@media print{.c{top:0}}")
    link = '<link rel="stylesheet" href="../_static/page.css?v=1" />'
    page = book_style.bring_style(built, built / "book" / "intro.html", f"{link}<i>")
    assert page == (
        "<style>i{background:url(../_static/i.png)}</style>\n"
        '<link rel="prefetch" as="style" href="../_static/page.css?v=1" /><i>'
    )


@pytest.mark.parametrize(
    "text, said",
    [
        ("One. Two.", "One. Two."),
        ("With :math:`x`.\n\nWithout.", "Without."),
        ("A sentence. " + "word " * 60, "A sentence."),
        ("word " * 60, "word " * 40 + "…"),
    ],
)
def test_a_page_is_described_by_its_first_paragraph(text, said):
    assert book_page.describe(publish_doctree(text)) == said


CONTENTS = """<ul><li class="toctree-l1"><a href="a.html">A</a></li>
<li class="toctree-l1 current active"><a class="current" href="#">B</a></li></ul>"""


def test_the_sections_of_a_page_stand_below_its_entry():
    context = {"generate_toctree_html": lambda **options: CONTENTS}
    assert book_page.list_contents(context, "") == CONTENTS
    nested = book_page.list_contents(context, "<ul>sections</ul>")
    assert nested == CONTENTS.replace(
        "B</a>",
        'B</a><nav class="page-toc" aria-label="On this page"><ul>sections</ul></nav>',
    )


def test_every_page_but_the_first_belongs_to_a_part():
    parts = book_page.list_parts(SimpleNamespace(confdir=ROOT))
    assert set(parts) == set(pages()[1:])
    assert parts["book/solutions/softmax"] == "Appendices"


def test_a_page_gets_the_scripts_that_it_uses():
    def script(name):
        return SimpleNamespace(filename=f"_static/{name}", attributes={})

    files = [script(name) for name in ["page.js", "copybutton.js", "theme.js"]]
    for body, chosen in [
        ("<p>", ["page.js"]),
        ('<div class="highlight">', ["page.js", "copybutton.js"]),
    ]:
        found = book_page.choose_scripts(files, body)
        assert [posixpath.basename(js.filename) for js in found] == chosen
        assert all(js.attributes == {"defer": "defer"} for js in found)


def test_at_a_known_address(tmp_path):
    (tmp_path / "_static").mkdir()
    (tmp_path / "404.html").write_text(
        '<a href="book/a.html"><a href="#x"><a href="//y">'
    )
    app = SimpleNamespace(
        env=SimpleNamespace(found_docs={"book/a", "book/b"}),
        config=SimpleNamespace(
            html_baseurl="https://example.org/b/", html_title="A Book"
        ),
    )
    book_publishing.write_for_address(app, tmp_path)
    sitemap = (tmp_path / "sitemap.xml").read_text()
    assert re.findall("<loc>(.*)</loc>", sitemap) == [
        "https://example.org/b/book/a.html",
        "https://example.org/b/book/b.html",
    ]
    lost = (tmp_path / "404.html").read_text()
    assert (
        lost
        == '<a href="https://example.org/b/book/a.html"><a href="#x"><a href="//y">'
    )
    card = (tmp_path / "_static" / "card.png").read_bytes()
    assert card[1:4] == b"PNG"
    assert [int.from_bytes(card[i : i + 4], "big") for i in (16, 20)] == [1200, 630]


@pytest.mark.parametrize(
    "given, address",
    [(None, ""), ("https://example.org/b", "https://example.org/b/"), ("", "")],
)
def test_the_address_comes_from_outside(monkeypatch, given, address):
    monkeypatch.delenv("BOOK_URL", raising=False)
    if given is not None:
        monkeypatch.setenv("BOOK_URL", given)
    config = SimpleNamespace()
    book_publishing.read_address(None, config)
    assert config.html_baseurl == address


@pytest.mark.parametrize(
    "column, classes",
    [
        (["1", "20"], ["", ""]),
        (["1,000", "−2", "+3"], ["", "", ""]),
        (["4", "2.667", "0.5"], ["lacks-point-3", "", "lacks-2"]),
        (["1", "all"], None),
        (["1", ""], None),
        (["0.1 or 0.2"], None),
        (["12 %"], None),
    ],
)
def test_a_column_of_numbers_only_is_aligned_at_the_point(column, classes):
    def entry(text):
        return nodes.entry("", nodes.paragraph("", text))

    name, cells = entry("seconds"), [entry(text) for text in column]
    book_tables.align_numbers(name, cells)
    marked = [e["classes"] for e in [name, *cells]]
    assert marked == [["number"] if classes else []] * (len(column) + 1)
    if classes:
        assert [" ".join(cell.children[0]["classes"]) for cell in cells] == classes
