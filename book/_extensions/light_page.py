"""Make each page light, and give it what the theme does not: the theme is made for every site, and
loads what any of them might need (1.5 MB of icons, 0.4 MB of styles); this book needs little of it.

- One style sheet: all those of the theme and its extensions, then the book's own, less the rules
  that no page of this book can use.
- Scripts only where they are used, none of which holds up the page. The theme's own two make the
  browser lay the page out three times; ``book/_static/page.js`` does what the book needs of them.
- A description of each page from its first paragraph, the part it belongs to, its notebook.
- A front door that names its language, a page for addresses that lead nowhere, and, where the
  environment variable ``BOOK_URL`` says at which address the book is published, a sitemap and a
  social card.

The frame itself is ``book/_templates/layout.html``.
"""

import hashlib
import os
import posixpath
import re
import shutil
from pathlib import Path
from types import SimpleNamespace
from xml.sax.saxutils import escape

import tinycss2
import yaml
from docutils import nodes
from sphinx.util.display import progress_message

STYLE = "_static/page.css"
THEME_STYLES = [
    "_static/styles/theme.css",
    "_static/styles/pydata-sphinx-theme.css",
]
OWN_STYLES = ["math.css", "book.css"]
SCRIPTS = {  # what a page must contain for a script to be of use
    "documentation_options.js": "",
    "doctools.js": "",
    "sphinx_highlight.js": "",
    "page.js": "",
    "clipboard.min.js": 'class="highlight',
    "copybutton.js": 'class="highlight',
    "design-tabs.js": "sd-tab-set",
}
# What no page names is not published.
UNUSED = ["vendor", "locales", "images", "**/*.map", "**/*macros.html"]
UNUSED += ["scripts", "copybutton_funcs.js"]

NAMES = re.compile(r'(?:class|id)="([^"]*)"')
WORD = re.compile(r"[\w-]+")
SELECTED = re.compile(r"[.#]((?:[\w-]|\\.)+)")
ICON = re.compile(
    r"""--fa-|content:\s*(["'][\ue000-\uf8ff]|var\(--pst-icon)"""
    r"""|font(-family)?:.*(Font Awesome|var\(--fa)"""
)
VARIABLE = re.compile(
    r"""(?<=[{;])(--[\w-]+):(?:[^;{}"']|"[^"]*"|'[^']*')*(?:;|(?=\}))"""
)
CARD_ALT = "An arch bridge of five stones, from questions to gradients."
FRONT_DOOR = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" type="image/svg+xml" href="_static/favicon.svg">
<meta http-equiv="refresh" content="0; url={page}">
</head>
<body><main><h1>{title}</h1><p><a href="{page}">Open the book</a></p></main></body>
</html>
"""


# Each page, before it is written


def parts(app):
    """Return the caption of the part that each page belongs to."""
    toc = yaml.safe_load(Path(app.confdir, "_toc.yml").read_text("utf-8"))
    return {
        chapter["file"]: part["caption"]
        for part in toc.get("parts", [])
        for chapter in part["chapters"]
    }


def description(doctree, start="", most=200):
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


def lighten(app, pagename, templatename, context, doctree):
    styles = [str(getattr(css, "filename", css)) for css in context["css_files"]]
    styles = [name for name in dict.fromkeys(styles) if name not in THEME_STYLES]
    own = [name for name in styles if posixpath.basename(name) in OWN_STYLES]
    app.book_styles = THEME_STYLES + [name for name in styles if name not in own] + own

    body = context.get("body", "")
    # The label hides what the summary says; a list of works has no items in between, and the role
    # of each is obsolete; an id stands for one place, but these boxes are all given the same.
    body = body.replace(' aria-label="Toggle hidden content"', "")
    body = body.replace(
        '<div role="list" class="citation-list">', '<div class="citation-list">'
    )
    body = body.replace(' role="doc-biblioentry"', "")
    body = re.sub(r' id="(proof|(proof|exercise|solution)-content)"', "", body)
    if "body" in context:
        context["body"] = body

    scripts = {
        posixpath.basename(js.filename or ""): js for js in context["script_files"]
    }
    used = [name for name, sign in SCRIPTS.items() if name in scripts and sign in body]
    for name in used:
        scripts[name].attributes["defer"] = "defer"
    context["script_files"] = [scripts[name] for name in used]

    source = context.get("sourcename") or ""
    # All solutions begin alike.
    start = f"{context['title']}. " if "/solutions/" in pagename else ""
    context["page"] = SimpleNamespace(
        style=STYLE,
        description=description(doctree, start),
        part=parts(app).get(pagename),
        notebook=f"_sources/{source}" if source.endswith(".ipynb") else None,
        toc=context["generate_toc_html"]() if doctree else "",
        base_url=app.config.html_baseurl,
        card_alt=CARD_ALT,
    )


def missing_page(app):
    yield "404", {"title": "Page not found"}, "404.html"


# The whole book, after its pages are written


def possible(selector, known):
    """Tell whether all classes and ids that a selector asks for occur in the book."""
    # What stands in :is(), :not() or [ ] is no condition that is simple to judge.
    plain = re.sub(r"\([^()]*\)|\[[^\]]*\]", "", re.sub(r"\([^()]*\)", "", selector))
    return all(name.replace("\\", "") in known for name in SELECTED.findall(plain))


def commas(tokens):
    """Split a rule's selectors."""
    selectors = [[]]
    for token in tokens:
        if token == ",":
            selectors.append([])
        else:
            selectors[-1].append(token)
    return [tinycss2.serialize(selector).strip() for selector in selectors]


def purge(rules, known):
    """Return the rules as text, without those that select nothing in the book."""
    kept = []
    for rule in rules:
        if rule.type == "qualified-rule":
            asked = [s for s in commas(rule.prelude) if possible(s, known)]
            if asked:
                kept.append(f"{','.join(asked)}{{{squeeze(rule.content)}}}")
        elif rule.type == "at-rule" and rule.lower_at_keyword in ("media", "supports"):
            nested = tinycss2.parse_rule_list(rule.content, True, True)
            inner = purge(nested, known)
            if inner:
                head = tinycss2.serialize(rule.prelude).strip()
                kept.append(f"@{rule.lower_at_keyword} {head}{{{inner}}}")
        elif rule.type == "at-rule" and rule.lower_at_keyword not in (
            "font-face",
            "charset",
        ):
            # The only typefaces are those of the icons, which are not used.
            kept.append(" ".join(rule.serialize().split()))
    return "\n".join(kept)


def squeeze(tokens):
    """Return declarations as text, without those of the icons, letters of a missing typeface."""
    lines = []
    for declaration in tinycss2.parse_blocks_contents(tokens, True, True):
        line = " ".join(declaration.serialize().split())
        if not ICON.match(line):
            lines.append(line.rstrip(";"))
    return ";".join(lines)


def read_style(out, name):
    """Return the rules of a style sheet, those that it imports in their place."""
    text = (out / name).read_text("utf-8")
    folder = posixpath.dirname(name)
    from_here = posixpath.relpath(folder, posixpath.dirname(STYLE))
    text = re.sub(
        r"""url\((["']?)(?!data:|#|["'])""", rf"url(\1{from_here}/", text
    ).replace("url(./", "url(")
    for rule in tinycss2.parse_stylesheet(text, True, True):
        if rule.type == "at-rule" and rule.lower_at_keyword == "import":
            imported = next(
                token.value for token in rule.prelude if token.type == "string"
            )
            yield from read_style(
                out, posixpath.normpath(posixpath.join(folder, imported))
            )
        else:
            yield rule


def one_style(out, styles, pages):
    """Return the text of the one style sheet of `pages`."""
    known = {
        word
        for html in pages
        for names in NAMES.findall(html)
        for word in names.split()
    }
    for script in out.glob("_static/**/*.js"):
        known |= set(WORD.findall(script.read_text("utf-8")))
    text = "\n".join(purge(read_style(out, style), known) for style in styles)
    for _ in range(3):  # what only an unused variable used
        used = set(re.findall(r"var\(\s*(--[\w-]+)", text))
        unused = set(VARIABLE.findall(text)) - used
        text = VARIABLE.sub(lambda set_: "" if set_[1] in unused else set_[0], text)  # noqa: B023
    return text


def finish(app, exception):
    if exception or app.builder.name != "html":
        return
    with progress_message("making the pages light"):
        out = Path(app.outdir)
        for pattern in UNUSED:
            for path in (out / "_static").glob(pattern):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        root = app.config.root_doc
        (out / "index.html").write_text(
            FRONT_DOOR.format(
                language=app.config.language,
                title=app.config.html_title,
                page=f"{root}.html",
            ),
            "utf-8",
        )
        pages = {path: path.read_text("utf-8") for path in out.rglob("*.html")}
        style = one_style(out, app.book_styles, pages.values())
        for path in (out / "_static").rglob("*.css"):
            path.unlink()
        (out / STYLE).write_text(style, "utf-8")
        # A new style has a new address, so that no browser keeps the old one.
        digest = hashlib.sha256(style.encode()).hexdigest()[:8]
        for path, html in pages.items():
            new = re.sub(rf"{STYLE}(\?v=\w+)?(?=\")", f"{STYLE}?v={digest}", html)
            path.write_text(new, "utf-8")
        if app.config.html_baseurl:
            publish(app, out)


def publish(app, out):
    """Write what only makes sense at a known address."""
    base = app.config.html_baseurl
    pages = sorted(app.env.found_docs)
    urls = "".join(
        f"<url><loc>{escape(base + page)}.html</loc></url>\n" for page in pages
    )
    (out / "sitemap.xml").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{urls}</urlset>\n',
        "utf-8",
    )
    (out / "robots.txt").write_text(
        f"User-agent: *\nSitemap: {base}sitemap.xml\n", "utf-8"
    )
    # The page for lost addresses is shown at any depth: its links must start at the top.
    lost = out / "404.html"
    html = re.sub(
        r'(href|src|action)="(?!\w+:|#|//)',
        rf'\1="{escape(base)}',
        lost.read_text("utf-8"),
    )
    lost.write_text(html.replace('href="#"', f'href="{escape(base)}"'), "utf-8")
    draw_card(app.config.html_title, out / "_static" / "card.png")


def draw_card(title, path):
    """Draw the picture that stands beside a link to the book: its bridge and its title."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.patches import Wedge

    from dlbasics.plotting import BLUE, GREEN, INK, ORANGE

    figure = Figure(figsize=(12, 6.3), facecolor="white")
    ax = figure.add_axes((0, 0, 1, 1))
    ax.set(xlim=(0, 12), ylim=(0, 6.3), aspect="equal")
    ax.set_axis_off()
    for i, color in enumerate([GREEN, GREEN, ORANGE, BLUE, BLUE]):
        ax.add_patch(
            Wedge((6, 0.6), 3.2, 36 * i + 0.6, 36 * i + 35.4, width=1.3, color=color)
        )
    ax.plot([0, 12], [0.6, 0.6], color=INK, linewidth=3)
    for x, text in [(1.4, "questions"), (10.6, "gradients")]:
        ax.text(x, 0.8, text, ha="center", fontsize=26, color=INK)
    ax.text(6, 4.75, title, ha="center", fontsize=40, weight="bold", color="#1c2126")
    FigureCanvasAgg(figure).print_png(path)


def set_address(app, config):
    address = os.environ.get("BOOK_URL", "").rstrip("/")
    config.html_baseurl = f"{address}/" if address else ""


def setup(app):
    app.connect("config-inited", set_address)
    # After the theme, which adds its own scripts and overwrites the colours of code.
    app.connect("html-page-context", lighten, priority=900)
    app.connect("html-collect-pages", missing_page)
    app.connect("build-finished", finish, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
