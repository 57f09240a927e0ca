"""The book as one PDF: three of its pages are printed and looked at."""

import importlib.util
import re
from pathlib import Path

import pypdf
import pytest
import yaml
from bs4 import BeautifulSoup
from chromium import require_chromium

require_chromium()

ROOT = Path(__file__).resolve().parents[2]
PRINTED = ["book/intro", "book/softmax", "book/solutions/softmax"]


def load(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


make_pdf = load(ROOT / "tools" / "make_pdf.py")


@pytest.fixture(scope="module")
def document(html):
    return BeautifulSoup(make_pdf.joined(PRINTED, html), "html.parser")


@pytest.fixture(scope="module")
def pdf(html, browser, tmp_path_factory):
    path = tmp_path_factory.mktemp("pdf") / "book.pdf"
    make_pdf.print_book(browser, PRINTED, html, path)
    return pypdf.PdfReader(path)


@pytest.fixture(scope="module")
def texts(pdf):
    return [page.extract_text() for page in pdf.pages]


def titles(outline):
    for entry in outline:
        if isinstance(entry, list):
            yield from titles(entry)
        else:
            yield entry.title


def links(pdf):
    for page in pdf.pages:
        for link in page.get("/Annots") or []:
            if link.get_object().get("/Subtype") == "/Link":
                yield link.get_object()


def test_pages_come_in_the_order_of_the_contents():
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text())
    chapters = [c["file"] for part in toc["parts"] for c in part["chapters"]]
    names = make_pdf.pages()
    assert names[0] == toc["root"]
    assert [name for name in names if name in chapters] == chapters
    assert len(set(names)) == len(names)


def test_the_outline_has_every_heading(pdf, document):
    headings = [
        re.sub(r"\s+", " ", h.get_text().replace("#", "")).strip()
        for h in document.select("h1, h2")
    ]
    outline = [re.sub(r"\s+", " ", title).strip() for title in titles(pdf.outline)]
    assert [h for h in headings if h not in outline] == []
    assert len(pdf.outline) >= len(PRINTED)


def test_links_between_printed_pages_stay_inside(pdf):
    found = list(links(pdf))
    outside = [link["/A"]["/URI"] for link in found if "/URI" in link.get("/A", {})]
    assert len(found) - len(outside) > 30
    assert not [uri for uri in outside if not re.match(r"https?://(?!127)", uri)]


def test_every_link_has_a_place_to_go_to(document):
    places = {tag["id"] for tag in document.find_all(id=True)}
    wanted = {a["href"][1:] for a in document.select("a[href^='#']")}
    assert wanted - places == set()
    assert any(place.startswith("book/solutions/softmax--") for place in wanted)


def test_every_figure_is_there_once(texts, document, html):
    shown = [img for img in document.select("img") if "on-dark" not in img["class"]]
    assert len(shown) > 10
    assert all((html / img["src"]).exists() for img in document.select("img[src]"))
    captions = [c.get_text() for c in document.select("figcaption, .caption-text")]
    numbers = set(re.findall(r"Fig\. (7\.\d+)", " ".join(captions)))
    assert len(numbers) > 3
    text = " ".join(texts)
    assert {n for n in numbers if f"Fig. {n}" not in text} == set()


def test_pages_are_numbered(texts):
    for number, text in enumerate(texts, 1):
        assert text.split()[-1] == str(number)


def test_answers_are_open_and_code_of_figures_is_not(document):
    assert all("open" in d.attrs for d in document.select("details.sd-dropdown"))
    assert not [d for d in document.select("details.hide") if "open" in d.attrs]
