"""The book as it is built: without a warning, whole, and without a remote address."""

import re

import proofs
import pytest
from bs4 import BeautifulSoup

FETCHING = {
    "script": "src",
    "link": "href",
    "img": "src",
    "iframe": "src",
    "source": "src",
}


@pytest.fixture(scope="module")
def soups(html):
    return {
        page: BeautifulSoup((html / f"{page}.html").read_text(), "html.parser")
        for page in proofs.pages()
    }


def test_the_front_door_opens(html):
    target = re.search(r'url=([^"]+)"', (html / "index.html").read_text())[1]
    assert (html / target).exists()


def test_nothing_is_fetched_from_elsewhere(html, soups):
    for page, soup in soups.items():
        for tag, attribute in FETCHING.items():
            for element in soup.find_all(tag, **{attribute: True}):
                if "canonical" not in element.get("rel", []):
                    assert not re.match(r"(https?:)?//", element[attribute]), (
                        f"{page}: {element}"
                    )
    for path in html.rglob("*.css"):
        assert not re.search(
            r"(@import|url\()\s*['\"]?(https?:)?//", path.read_text()
        ), path


def test_every_picture_says_what_it_shows(soups):
    for page, soup in soups.items():
        for image in soup.select("article img"):
            assert len(image.get("alt", "")) >= 20, f"{page}: {image}"


def test_formulas_are_set_and_need_no_script(soups):
    for page, soup in soups.items():
        assert not [
            s
            for s in soup.find_all("script", src=True)
            if "mathjax" in s["src"].lower()
        ]
        assert "$" not in re.sub(
            r"(?s)<(pre|script|code).*?</\1>", "", str(soup.article)
        ), page


def test_links_inside_the_book_lead_somewhere(html, soups):
    for page, soup in soups.items():
        here = html / f"{page}.html"
        for link in soup.select("article a[href]"):
            name, _, anchor = link["href"].partition("#")
            if re.match(r"[a-z]+:", name):
                continue
            target = (here.parent / name).resolve() if name else here
            assert target.exists(), f"{page}: {link}"
            if anchor:
                there = soups[str(target.relative_to(html).with_suffix(""))]
                assert there.find(id=anchor), f"{page}: {link}"
