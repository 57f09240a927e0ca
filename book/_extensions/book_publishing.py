"""What the published book needs besides its pages.

A front door that names the book's language, and, where the environment variable ``BOOK_URL`` says
at which address the book is published, a sitemap, a social card, and links that lead home from the
page for addresses that lead nowhere.
"""

import os
import re
from pathlib import Path
from xml.sax.saxutils import escape

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


def write_front_door(out, config):
    """Write the page that leads from the folder to the first page."""
    (out / "index.html").write_text(
        FRONT_DOOR.format(
            language=config.language,
            title=config.html_title,
            page=f"{config.root_doc}.html",
        ),
        "utf-8",
    )


def write_for_address(app, out):
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

    from dlbasics.plotting import DARK, draw_bridge

    figure = Figure(figsize=(12, 6.3), facecolor="white")
    draw_bridge(figure.add_axes((0.05, 0.02, 0.9, 0.76)), fontsize=19)
    figure.text(
        0.5,
        0.87,
        title,
        ha="center",
        va="center",
        fontsize=40,
        weight="bold",
        color=DARK,
    )
    FigureCanvasAgg(figure).print_png(path)


def read_address(app, config):
    address = os.environ.get("BOOK_URL", "").rstrip("/")
    config.html_baseurl = f"{address}/" if address else ""


def publish(app, exception):
    if exception or app.builder.name != "html":
        return
    out = Path(app.outdir)
    write_front_door(out, app.config)
    if app.config.html_baseurl:
        write_for_address(app, out)


def setup(app):
    app.connect("config-inited", read_address)
    app.connect("build-finished", publish, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
