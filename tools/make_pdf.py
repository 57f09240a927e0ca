"""Print the built pages as one PDF, with outline, page numbers and links that work.

python tools/make_pdf.py [PAGE ...]

The pages are put into one document, in the order of `_toc.yml`, and Chromium prints it. So a link
from one chapter to another stays inside the PDF. Jupyter Book's own way, over LaTeX, is not taken:
it needs a LaTeX installation, and knows nothing of the steppers and the boxes.
"""

import posixpath
import re
import sys
from pathlib import Path
from urllib.parse import unquote

import yaml
from bs4 import BeautifulSoup
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "tests" / "book"))
from chromium import FLAGS, chromium  # noqa: E402

HTML = ROOT / "_build" / "html"
PDF = ROOT / "_build" / "book.pdf"
FOOTER = """<div style="width: 100%; font: 8pt serif; text-align: center">
<span class="pageNumber"></span></div>"""
STYLE = """
@page { size: A4 }
main + main { break-before: page }
.start { display: none }
"""


def pages():
    """All pages in the order of the table of contents, as paths without a suffix."""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8"))

    def walk(entry):
        if name := entry.get("root") or entry.get("file"):
            yield name
        for kind in ("parts", "chapters", "sections"):
            for inner in entry.get(kind, []):
                yield from walk(inner)

    return list(walk(toc))


def anchor(page, fragment=""):
    """Where in the PDF a page, or a place in it, begins."""
    return f"{page}--{fragment}" if fragment else page


def joined(names, html=HTML):
    """The pages as one document, which stands where `index.html` does."""
    document, body = None, None
    for name in names:
        soup = BeautifulSoup((html / f"{name}.html").read_text("utf-8"), "html.parser")
        main = soup.find("main")
        for gone in main.select(".d-print-none, script, .prev-next-area"):
            gone.decompose()
        move(main, name, names)
        if document is None:
            for gone in soup.select("script"):
                gone.decompose()
            for link in soup.select("link[rel=stylesheet]"):
                link["href"] = from_root(name, link["href"])
            style = soup.new_tag("style")
            style.string = STYLE
            soup.head.append(style)
            soup.html["data-theme"] = "light"
            body = soup.new_tag("body")
            soup.body.replace_with(body)
            document = soup
        body.append(main)
    return str(document)


def from_root(page, address):
    """An address in a page, as seen from the folder of the book."""
    path, _, fragment = address.partition("#")
    path = path.partition("?")[0]
    path = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
    return f"{path}#{fragment}" if fragment else path


def move(main, page, names):
    """Make the names and addresses of a page's content those of the whole document."""
    main["id"] = anchor(page)
    for tag in main.find_all(id=True):
        if not tag["id"].startswith("MJX-"):  # glyphs are the same on all pages
            tag["id"] = anchor(page, tag["id"])
    for tag in main.find_all(True):
        for name in ("aria-labelledby", "aria-describedby", "for"):
            if value := tag.get(name):
                values = value if isinstance(value, list) else value.split()
                tag[name] = " ".join(anchor(page, v) for v in values)
        if src := tag.get("src"):
            tag["src"] = from_root(page, src)
        if tag.name == "img":
            tag["loading"] = "eager"
        if tag.name == "a" and (href := tag.get("href")):
            tag["href"] = target(page, unquote(href), names)
        if tag.name == "details" and "hide" not in tag.get("class", []):
            tag["open"] = ""  # an answer; the code of a figure stays folded


def target(page, href, names):
    """The address of a link in the whole document."""
    if re.match(r"[a-z]+:", href):
        return href
    path, _, fragment = href.partition("#")
    to = page
    if path:
        to = from_root(page, path).removesuffix(".html")
    if to not in names:
        return "#" + anchor(page)  # not printed: a download, or the search
    return "#" + anchor(to, fragment)


def print_book(browser, names, html=HTML, pdf=PDF):
    """Print some pages of a built book, in their order."""
    document = html / "print.html"
    document.write_text(joined(names, html), "utf-8")
    page = browser.new_page()
    try:
        page.emulate_media(media="print", color_scheme="light")
        page.goto(document.as_uri(), wait_until="load")
        page.evaluate("document.fonts.ready")
        page.pdf(
            path=pdf,
            prefer_css_page_size=True,
            outline=True,
            tagged=True,
            display_header_footer=True,
            header_template="<span></span>",
            footer_template=FOOTER,
        )
    finally:
        page.close()
        document.unlink()


if __name__ == "__main__":
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        print_book(browser, sys.argv[1:] or pages())
        browser.close()
    print(f"The book is printed: {PDF}")
