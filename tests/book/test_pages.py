"""The book as it is built: without a warning, whole, and without a remote address."""

import itertools
import re
from types import SimpleNamespace

import notebook_rules as rules
import pytest
from bs4 import BeautifulSoup
from notebook_rules import CHAPTERS, PAGES

FETCHING = {
    "script": "src",
    "link": "href",
    "img": "src",
    "iframe": "src",
    "source": "src",
}


EACH_PAGE = pytest.mark.parametrize("name", PAGES)


@pytest.fixture(scope="module")
def pages(html):
    """Return each page as text, as a tree without its formulas, and its ids."""

    def read(name):
        text = (html / f"{name}.html").read_text(encoding="utf-8")
        tree = BeautifulSoup(
            re.sub(r"(?s)<(svg|math)\b.*?</\1>", "", text), "html.parser"
        )
        return SimpleNamespace(
            text=text, tree=tree, ids=re.findall(r'\sid="(.*?)"', text)
        )

    return {name: read(name) for name in PAGES}


def test_the_front_door_opens(html):
    target = re.search(r'url=([^"]+)"', (html / "index.html").read_text())[1]
    assert (html / target).exists()


@EACH_PAGE
def test_nothing_is_fetched_from_elsewhere(pages, name):
    for tag, attribute in FETCHING.items():
        for element in pages[name].tree.find_all(tag, **{attribute: True}):
            if "canonical" not in element.get("rel", []):
                assert not re.match(r"(https?:)?//", element[attribute]), element


def test_no_style_fetches_from_elsewhere(html):
    for path in html.rglob("*.css"):
        assert not re.search(
            r"(@import|url\()\s*['\"]?(https?:)?//", path.read_text()
        ), path


@EACH_PAGE
def test_every_picture_says_what_it_shows(pages, name):
    for image in pages[name].tree.select("article img"):
        if "thumbnail" in image.get("class", []):  # the chapter's name stands beside it
            assert image["alt"] == "", image
            continue
        assert len(image.get("alt", "")) >= 20, image


@pytest.mark.parametrize("name", CHAPTERS)
def test_no_fold_stands_between_a_question_and_its_picture(pages, name):
    article = pages[name].tree.select_one("article")
    first = article.select_one("figure")
    before = first.find_all_previous("details", class_="hide")
    assert not [fold for fold in before if article in fold.parents]
    late = "details.above-input ~ .cell_output figure, .folded-above figure"
    assert not article.select(late)


def name_of(column):
    """Return the name in the head of a column that its cells must bring, if they must."""
    name = column.get_text()
    return "" if name.startswith(("formula", "in dlbasics")) else name


@EACH_PAGE
def test_the_cells_of_a_table_that_is_stacked_bring_the_names_of_their_columns(
    pages, name
):
    for table in pages[name].tree.select("article table:has(thead)"):
        columns = table.select("thead th")
        assert ("stacked" in table["class"]) == (len(columns) < 5)
        if len(columns) > 4:
            continue
        for row in table.select("tbody tr"):
            for column, cell in list(zip(columns, row.select("td"), strict=True))[1:]:
                names = [n.get_text() for n in cell.select(".column-name")]
                said = cell.get_text(strip=True)
                assert names == ([name_of(column)] if said and name_of(column) else [])


@EACH_PAGE
def test_formulas_are_set_and_need_no_script(pages, name):
    scripts = pages[name].tree.find_all("script", src=True)
    assert not [s for s in scripts if "mathjax" in s["src"].lower()]
    for text in pages[name].tree.article.find_all(string=re.compile(r"\$")):
        assert text.find_parent(["pre", "script", "code"]), text


@EACH_PAGE
def test_a_page_says_what_it_is(pages, name):
    tree = pages[name].tree
    assert tree.html["lang"] == "en"
    assert len(tree.title.text) > 5
    levels = [int(h.name[1]) for h in tree.main.find_all(re.compile("^h[1-6]$"))]
    assert levels[:1] == [1] and levels.count(1) == 1
    assert all(b <= a + 1 for a, b in itertools.pairwise(levels)), levels
    ids = pages[name].ids
    assert len(ids) == len(set(ids)), "an id stands for one place"


@EACH_PAGE
def test_what_is_folded_opens_without_a_script(pages, name):
    article = pages[name].tree.article
    for folded in article.select("details"):
        assert folded.find(True).name == "summary", folded
    if name in CHAPTERS:
        assert article.select("details.hide") and article.select("details.sd-dropdown")
    # {admonition} with `:class: dropdown` folds only with a script that the book does without.
    assert not article.select(".admonition.dropdown, .toggle")


def test_descriptions_tell_pages_apart(pages):
    described = [
        pages[name].tree.find("meta", attrs={"name": "description"})["content"]
        for name in rules.pages()
    ]
    assert all(20 <= len(text) <= 200 for text in described)
    assert len(set(described)) == len(described)


@EACH_PAGE
def test_links_inside_the_book_lead_somewhere(html, pages, name):
    here = html / f"{name}.html"
    for link in pages[name].tree.select("a[href]"):
        address, _, anchor = link["href"].partition("#")
        if re.match(r"[a-z]+:", address):
            continue
        path = address.partition("?")[0]
        target = (here.parent / path).resolve() if path else here
        assert target.exists(), link
        if anchor and target.suffix == ".html":
            assert anchor in pages[str(target.relative_to(html).with_suffix(""))].ids
