"""One style sheet for all pages: the theme's and its extensions', then the book's own.

Rules that no page of the book can use are left out: of 0.4 MB, a tenth remains.
"""

import hashlib
import posixpath
import re
import shutil
from pathlib import Path

import tinycss2
from sphinx.util.display import progress_message

STYLE = "_static/page.css"
THEME_STYLES = [
    "_static/styles/theme.css",
    "_static/styles/pydata-sphinx-theme.css",
]
OWN_STYLES = ["math.css", "book.css"]
OWN_FACE = "STIX Two Text"
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


def collect_styles(app, pagename, templatename, context, doctree):
    """Note which style sheets the page would load, in their order, the book's own last."""
    styles = [str(getattr(css, "filename", css)) for css in context["css_files"]]
    styles = [name for name in dict.fromkeys(styles) if name not in THEME_STYLES]
    own = [name for name in styles if posixpath.basename(name) in OWN_STYLES]
    app.book_styles = THEME_STYLES + [name for name in styles if name not in own] + own
    context["page_style"] = STYLE


def can_select(selector, known):
    """Tell whether all classes and ids that a selector asks for occur in the book."""
    # What stands in :is(), :not() or [ ] is no condition that is simple to judge.
    plain, inner = selector, re.compile(r"\([^()]*\)|\[[^\]]*\]")
    while inner.search(plain):
        plain = inner.sub("", plain)
    return all(name.replace("\\", "") in known for name in SELECTED.findall(plain))


def split_selectors(tokens):
    """Split a rule's selectors."""
    selectors = [[]]
    for token in tokens:
        if token == ",":
            selectors.append([])
        else:
            selectors[-1].append(token)
    return [tinycss2.serialize(selector).strip() for selector in selectors]


def keep_used_rules(rules, known):
    """Return the rules as text, without those that select nothing in the book."""
    kept = []
    for rule in rules:
        if rule.type == "qualified-rule":
            asked = [s for s in split_selectors(rule.prelude) if can_select(s, known)]
            if asked:
                kept.append(f"{','.join(asked)}{{{write_declarations(rule.content)}}}")
        elif rule.type == "at-rule" and rule.lower_at_keyword in ("media", "supports"):
            nested = tinycss2.parse_rule_list(rule.content, True, True)
            inner = keep_used_rules(nested, known)
            if inner:
                head = tinycss2.serialize(rule.prelude).strip()
                kept.append(f"@{rule.lower_at_keyword} {head}{{{inner}}}")
        elif rule.type == "at-rule" and rule.lower_at_keyword != "charset":
            text = " ".join(rule.serialize().split())
            # The theme's typefaces are those of its icons, which are not used.
            if rule.lower_at_keyword != "font-face" or OWN_FACE in text:
                kept.append(text)
    return "\n".join(kept)


def write_declarations(tokens):
    """Return declarations as text, without those of the icons, letters of a missing typeface."""
    lines = []
    for declaration in tinycss2.parse_blocks_contents(tokens, True, True):
        line = " ".join(declaration.serialize().split())
        if not ICON.match(line):
            lines.append(line.rstrip(";"))
    return ";".join(lines)


def lead_to(folder, start, text):
    """Return rules whose addresses, which began in `folder`, begin in `start`."""
    path = posixpath.relpath(folder, start)
    text = re.sub(r"""url\((["']?)(?!data:|#|["'])""", rf"url(\1{path}/", text)
    return re.sub(r"""url\((["']?)(\./)+""", r"url(\1", text)


def read_style(out, name):
    """Return the rules of a style sheet, those that it imports in their place."""
    folder = posixpath.dirname(name)
    text = lead_to(folder, posixpath.dirname(STYLE), (out / name).read_text("utf-8"))
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


def join_styles(out, styles, pages):
    """Return the text of the one style sheet of `pages`."""
    known = {
        word
        for html in pages
        for names in NAMES.findall(html)
        for word in names.split()
    }
    for script in out.glob("_static/**/*.js"):
        if not script.name.startswith("run"):  # they bring a style sheet of their own
            known |= set(WORD.findall(script.read_text("utf-8")))
    text = "\n".join(keep_used_rules(read_style(out, style), known) for style in styles)
    for _ in range(3):  # what only an unused variable used
        used = set(re.findall(r"var\(\s*(--[\w-]+)", text))
        unused = set(VARIABLE.findall(text)) - used
        text = VARIABLE.sub(lambda set_: "" if set_[1] in unused else set_[0], text)  # noqa: B023
    return text


def bring_style(out, path, html):
    """Return a page with the rules that it needs inside: it waits for no other file.

    The sheet of all pages is fetched when the browser has time: the next page needs it.
    """
    style = join_styles(out, [STYLE], [html])
    here = path.parent.relative_to(out).as_posix()
    style = lead_to(posixpath.dirname(STYLE), here, style)
    return re.sub(
        r'<link rel="stylesheet"( href="[^"]*page\.css[^"]*" />)',
        lambda link: (
            f'<style>{style}</style>\n<link rel="prefetch" as="style"{link[1]}'
        ),
        html,
    )


def write_style(app, exception):
    """Write the one style sheet, and remove all others and what no page names."""
    if exception or app.builder.name != "html":
        return
    with progress_message("joining the styles"):
        out = Path(app.outdir)
        for pattern in UNUSED:
            for path in (out / "_static").glob(pattern):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        pages = {path: path.read_text("utf-8") for path in out.rglob("*.html")}
        style = join_styles(out, app.book_styles, pages.values())
        for path in (out / "_static").rglob("*.css"):
            path.unlink()
        (out / STYLE).write_text(style, "utf-8")
        # A new style has a new address, so that no browser keeps the old one.
        digest = hashlib.sha256(style.encode()).hexdigest()[:8]
        front = out / f"{app.config.root_doc}.html"
        for path, html in pages.items():
            html = re.sub(rf"{STYLE}(\?v=\w+)?(?=\")", f"{STYLE}?v={digest}", html)
            path.write_text(
                bring_style(out, path, html) if path == front else html, "utf-8"
            )


def setup(app):
    app.connect("html-page-context", collect_styles, priority=900)
    app.connect("build-finished", write_style, priority=800)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
