"""The frame of each page: what `book/_templates/layout.html` shows around the text.

The theme is made for every site and loads what any of them might need. Here a page gets

- scripts only where they are used, none of which holds it up. The theme's own two make the browser
  lay the page out three times; ``book/_static/page.js`` does what the book needs of them;
- the contents of the book at its left, with the sections of the page below its own entry;
- a description from its first paragraph, the part it belongs to, and its notebook;
- links to launch it, to edit it and to report a fault, where `_config.yml` has the addresses.
"""

import posixpath
import re
from pathlib import Path
from types import SimpleNamespace

import yaml
from docutils import nodes

SCRIPTS = {  # what a page must contain for a script to be of use
    "documentation_options.js": "",
    "doctools.js": "",
    "sphinx_highlight.js": "",
    "page.js": "",
    "clipboard.min.js": 'class="highlight',
    "copybutton.js": 'class="highlight',
    "design-tabs.js": "sd-tab-set",
}
CARD_ALT = "An arch of six stones, from networks to projects."


def list_parts(app):
    """Return the caption of the part that each page belongs to."""
    toc = yaml.safe_load(Path(app.confdir, "_toc.yml").read_text("utf-8"))
    return {
        entry["file"]: part["caption"]
        for part in toc.get("parts", [])
        for chapter in part["chapters"]
        for entry in [chapter, *chapter.get("sections", [])]
    }


def describe(doctree, start="", most=200):
    """Return the first paragraph without a formula, cut after a sentence or a word."""
    for paragraph in doctree.findall(nodes.paragraph) if doctree else []:
        if next(paragraph.findall(nodes.math), None):
            continue
        text = start + " ".join(paragraph.astext().split())
        if len(text) > most:
            end = max(text.rfind(mark, 0, most) for mark in ".?!") + 1
            text = text[:end] or text[:most].rpartition(" ")[0] + " …"
        return text
    return ""


def list_contents(context, sections):
    """Return the contents of the book, with the sections of this page below its entry."""
    contents = str(
        context["generate_toctree_html"](
            startdepth=0,
            kind="sidebar",
            maxdepth=1,
            collapse=False,
            includehidden=True,
            titles_only=True,
            show_nav_level=1,
        )
    )
    if not sections:
        return contents
    here = re.compile(
        r'(<li class="toctree-l1 current active[^"]*">\s*<a .*?</a>)', re.DOTALL
    )
    nested = f'<nav class="page-toc" aria-label="On this page">{sections}</nav>'
    return here.sub(lambda entry: entry[1] + nested, contents, count=1)


def clean_up(body):
    """Remove from a page what its extensions get wrong.

    A label hides what a summary says; a list of works has no items in between, and the role of each
    is obsolete; an id stands for one place, but these boxes are all given the same.
    """
    body = body.replace(' aria-label="Toggle hidden content"', "")
    body = body.replace(
        '<div role="list" class="citation-list">', '<div class="citation-list">'
    )
    body = body.replace(' role="doc-biblioentry"', "")
    return re.sub(r' id="(proof|(proof|exercise|solution)-content)"', "", body)


def choose_scripts(script_files, body):
    """Return the scripts of which this page has a use, to be run when it is there."""
    scripts = {posixpath.basename(js.filename or ""): js for js in script_files}
    used = [name for name, sign in SCRIPTS.items() if name in scripts and sign in body]
    for name in used:
        scripts[name].attributes["defer"] = "defer"
    return [scripts[name] for name in used]


def list_links(header_buttons):
    """Return name and address of what `_config.yml` offers: to launch, to edit, to report."""
    single = [b for button in header_buttons for b in button.get("buttons", [button])]
    return [
        (button.get("text") or button["tooltip"], button["url"])
        for button in single
        if button["type"] == "link" and "download" not in button.get("label", "")
    ]


def frame_page(app, pagename, templatename, context, doctree):
    """Prepare a page, and `page` for the template."""
    body = clean_up(context.get("body", ""))
    if "body" in context:
        context["body"] = body
    context["script_files"] = choose_scripts(context["script_files"], body)

    source = context.get("sourcename") or ""
    # All solutions begin alike.
    start = f"{context['title']}. " if "/solutions/" in pagename else ""
    sections = context["generate_toc_html"]() if doctree else ""
    if pagename == app.config.root_doc:
        sections = ""
    options = app.config.html_theme_options
    download = source.endswith(".ipynb") and options.get("use_download_button", True)
    context["page"] = SimpleNamespace(
        description=describe(doctree, start),
        part=list_parts(app).get(pagename),
        notebook=f"_sources/{source}" if download else None,
        links=list_links(context.get("header_buttons", [])),
        full_screen=options.get("use_fullscreen_button", False),
        contents=list_contents(context, sections),
        base_url=app.config.html_baseurl,
        card_alt=CARD_ALT,
    )


def add_missing_page(app):
    yield "404", {"title": "Page not found"}, "404.html"


def setup(app):
    # After the theme, which adds its own scripts and overwrites the colours of code.
    app.connect("html-page-context", frame_page, priority=900)
    app.connect("html-collect-pages", add_missing_page)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
