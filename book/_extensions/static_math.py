r"""Set the book's formulas while it is built, so that a page needs no script to show them.

MathJax runs once, here, inside V8 (``mini-racer``), from the files that ``django-static-mathjax``
ships. A formula becomes

- an SVG for the eye, hidden from screen readers, which inherits colour and size from the text. It
  only points at its glyphs: their outlines stand once per page, in one invisible ``<svg>``;
- MathML for the ear and the clipboard, invisible.

TeX that MathJax does not understand is a Sphinx warning at the formula's place in its source.

Option ``static_math_macros``: TeX macros as MathJax takes them,
``{"R": r"\mathbb{R}", "norm": [r"\lVert #1 \rVert", 1]}``.
"""

import functools
import json
import re
from importlib.resources import files

from docutils import nodes
from py_mini_racer import MiniRacer
from sphinx.locale import _
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number, wrap_displaymath

logger = logging.getLogger(__name__)

SCRIPTS = "startup core adaptors/liteDOM input/tex-full output/svg output/svg/fonts/tex".split()
PACKAGES = "base ams boldsymbol braket cancel color configmacros mathtools newcommand"
CONFIGURE = """
var window = globalThis, global = globalThis, MathJax = {
  loader: {load: []},
  startup: {typeset: false, ready() {}},
  tex: {packages: %s, macros: %s, tags: 'none', formatError(jax, error) { throw error; }},
  svg: {fontCache: 'global'},
};
"""
TYPESET = """
function typeset(tex, display) {
  try {
    MathJax.texReset();
    const svg = MathJax.startup.adaptor.innerHTML(MathJax.tex2svg(tex, {display}));
    return {svg, mathml: MathJax.tex2mml(tex, {display})};
  } catch (error) { return {error: error.message}; }
}
function glyphs() { return Object.fromEntries(MathJax.startup.output.fontCache.cache); }
"""
# Below this width a formula fits a phone: it never scrolls, and Tab need not stop at it.
PHONE_WIDTH = 36  # ex
GLYPH = re.compile(r'href="#(MJX-[^"]+)"')
SVG_NOISE = re.compile(r' (data-c|data-mml-node|xmlns(:xlink)?|role|focusable)="[^"]*"')
MATHML_NOISE = re.compile(r' data-mjx-[\w-]+="[^"]*"|(?<=>)\s+(?=<)')
ENVIRONMENT = re.compile(r"\\begin\{(\w+\*?)\}.*?\\end\{\1\}", re.DOTALL)


@functools.cache
def engine(macros):
    """Start MathJax in V8 (0.2 s), with the macros given as JSON."""
    v8 = MiniRacer()
    v8.eval(CONFIGURE % (json.dumps(PACKAGES.split()), macros))
    for name in SCRIPTS:
        script = files("mathjax") / f"static/mathjax/es5/{name}.js"
        v8.eval(script.read_text("utf-8") + ";0")
    v8.eval(f"MathJax.startup.defaultReady(); {TYPESET}; 0")
    return v8


@functools.cache
def typeset(macros, tex, display):
    """Return ``svg`` and ``mathml``, or ``error``, for a formula."""
    return engine(macros).call("typeset", tex, display)


def render(writer, node, tex, display):
    """Return the HTML of the formula `tex` and its width in ex."""
    made = typeset(json.dumps(writer.config.static_math_macros), tex, display)
    if "error" in made:
        logger.warning("TeX: %s in %r", made["error"], node.astext(), location=node)
        return f"<code>{writer.encode(node.astext())}</code>", 0
    svg = SVG_NOISE.sub("", made["svg"]).replace("xlink:href", "href")
    svg = svg.replace("<svg ", '<svg aria-hidden="true" ', 1)
    mathml = MATHML_NOISE.sub("", made["mathml"]).strip()
    width = re.search(r'width="([\d.]+)ex"', svg)
    html = f'{svg}<span class="math-spoken">{mathml}</span>'
    return html, float(width[1]) if width else 100


def visit_math(writer, node):
    html, _width = render(writer, node, node.astext(), False)
    start = writer.starttag(node, "span", "", CLASS="math notranslate nohighlight")
    after = node.next_node(nodes.Text, descend=False, siblings=True)
    # A word joiner keeps the comma that follows on the same line.
    joiner = "&#8288;" if after and not after[0].isspace() else ""
    writer.body.append(f"{start}{html}</span>{joiner}")
    raise nodes.SkipNode


def visit_displaymath(writer, node):
    tex = node.astext()
    # Line breaks outside of any environment ask for one.
    if not node["nowrap"] and re.search(r"\\\\|\n\s*\n", ENVIRONMENT.sub("", tex)):
        tex = wrap_displaymath(tex, None, False)
    html, width = render(writer, node, tex, True)
    scroll = ' tabindex="0"' if width > PHONE_WIDTH else ""
    start = writer.starttag(node, "div", CLASS="math notranslate nohighlight")
    writer.body.append(f'{start}<div class="formula"{scroll}>{html}</div>')
    if node["number"]:
        number = get_node_equation_number(writer, node)
        writer.body.append(f'<span class="eqno">({number})')
        writer.add_permalink_ref(node, _("Link to this equation"))
        writer.body.append("</span>")
    writer.body.append("</div>\n")
    raise nodes.SkipNode


def add_glyphs(app, pagename, templatename, context, doctree):
    """Put the outlines of the page's glyphs, and of those in the titles around it, before it."""
    titles = [toc.next_node(nodes.reference) for toc in app.env.tocs.values()]
    formulas = [node for title in titles if title for node in title.findall(nodes.math)]
    around = [app.builder.render_partial(node)["fragment"] for node in formulas]
    used = set(GLYPH.findall("".join([context.get("body", ""), *around])))
    if used and "body" in context:
        outlines = engine(json.dumps(app.config.static_math_macros)).call("glyphs")
        paths = [f'<path id="{name}" d="{outlines[name]}"/>' for name in sorted(used)]
        defs = f"<defs>{''.join(paths)}</defs>"
        hidden = f'<svg style="display: none" aria-hidden="true">{defs}</svg>\n'
        context["body"] = hidden + context["body"]


def stop(app, exception):
    """Close V8, whose thread would else keep the process from ending."""
    if engine.cache_info().currsize:
        engine(json.dumps(app.config.static_math_macros)).close()
    engine.cache_clear()
    typeset.cache_clear()


def setup(app):
    app.add_config_value("static_math_macros", {}, "env")
    app.add_html_math_renderer("static", (visit_math, None), (visit_displaymath, None))
    app.connect("html-page-context", add_glyphs)
    app.connect("build-finished", stop)
    # V8 does not survive a fork: pages are read in parallel, but written by one process.
    return {"parallel_read_safe": True, "parallel_write_safe": False}
