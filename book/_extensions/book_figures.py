"""Figures as the page shows them: in the colours of its theme, and processes step by step.

- Each figure that `dlbasics.plotting` drew is published twice, on white and on the dark page. The
  style shows the one that fits, and a browser fetches no other. Both have their size in the page,
  so that nothing moves when they arrive. The first one is asked for before the page is laid out.
- A *stepper* is a cell with several figures, the frames, and this in its metadata::

      "stepper": {
        "name": "fig-descent",
        "caption": "What to conclude.",
        "frames": [{"title": "The start", "alt": "What the first frame shows."}, …]
      }

  It becomes one numbered figure. `book/_static/page.js` shows one frame at a time. Without a
  script, and on paper, all of them are visible. Frame 3 has the address ``#fig-descent-3``.
"""

import re
from html import escape
from pathlib import Path

from docutils import nodes
from myst_parser.parsers.sphinx_ import MystParser
from sphinx.transforms import SphinxTransform
from sphinx.util import logging
from sphinx.util.docutils import new_document

from dlbasics.plotting import to_dark

logger = logging.getLogger(__name__)

IMAGE = re.compile(r'<img\b[^>]*?src="(?:\.\./)*_images/([^"/]+\.svg)"[^>]*>')
WIDE = 480  # pixels: a figure of this width or more becomes as wide as the text
CONTROLS = """<div class="stepper-controls pst-js-only" role="group" aria-label="Steps">
<button type="button" class="stepper-back" aria-label="Previous step">‹</button>
<input type="range" min="1" max="{count}" value="1" aria-label="Step">
<button type="button" class="stepper-next" aria-label="Next step">›</button>
<p class="stepper-status" aria-live="polite">1 of {count}: {title}</p>
</div>"""


class Steppers(SphinxTransform):
    """Put the frames of a stepper, its controls and its caption into one figure."""

    default_priority = 200

    def apply(self):
        for cell in list(self.document.findall(nodes.container)):
            stepper = cell.get("cell_metadata", {}).get("stepper")
            if stepper:
                self.make_figure(cell, stepper)

    def make_figure(self, cell, stepper):
        name, frames = stepper["name"], stepper["frames"]
        images = list(cell.findall(nodes.image))
        if len(images) != len(frames):
            message = "stepper %s: got %d figures for %d frames"
            logger.warning(message, name, len(images), len(frames), location=cell)
            return
        figure = nodes.figure(classes=["stepper"])
        figure.source, figure.line = cell.source, cell.line
        self.name_target(figure, name)
        controls = CONTROLS.format(count=len(frames), title=escape(frames[0]["title"]))
        figure += nodes.raw("", controls, format="html")
        stack = nodes.container(classes=["stepper-frames"])
        figure += stack
        for i, (image, frame) in enumerate(zip(images, frames), 1):
            bundle = image.parent.parent  # the figure in all its formats
            bundle.parent.remove(bundle)
            image["alt"] = frame["alt"]
            box = nodes.container(classes=["stepper-frame"])
            self.name_target(box, f"{name}-{i}")
            text = f"{i} of {len(frames)}: {frame['title']}"
            box += nodes.paragraph("", text, classes=["stepper-title"])
            box += image
            stack += box
        figure += self.parse_caption(stepper["caption"])
        cell.children[-1] += figure

    def name_target(self, node, name):
        node["names"].append(nodes.fully_normalize_name(name))
        self.document.note_explicit_target(node, node)

    def parse_caption(self, text):
        """Return a caption written in MyST."""
        document = new_document(self.document["source"], self.document.settings)
        MystParser().parse(text, document)
        paragraph = document.children[0]
        return nodes.caption(text, "", *paragraph.children)


def show_in_both_themes(app, pagename, templatename, context, doctree):
    """Replace each drawn figure of a page by two, of which the style shows one."""
    sources = {name: source for source, name in app.builder.images.items()}

    def both(match):
        image, name = match[0], match[1]
        if name not in sources:
            return image
        image = with_size(image, Path(app.srcdir, sources[name]).read_text("utf-8"))
        # It waits until it comes near the window; what is not displayed never does.
        image = image.replace("<img ", '<img loading="lazy" ', 1)
        dark = image.replace(name, dark_name(name))
        return with_class(image, "on-light") + with_class(dark, "on-dark")

    if "body" in context:
        context["body"] = IMAGE.sub(both, context["body"])
        first = re.search(
            r'<img [^>]*?class="on-light[^>]*? src="([^"]+)"', context["body"]
        )
        if first:  # the frame fetches it early, in the colours of the page
            context["first_figure"] = [first[1], dark_name(first[1])]


def with_size(image, svg):
    """Give an image the size of its drawing, in pixels, unless it has one."""
    size = re.search(r'<svg\b[^>]*?\bwidth="([\d.]+)pt" height="([\d.]+)pt"', svg)
    if not size or "width" in re.sub(r'alt="[^"]*"', "", image):
        return image
    width, height = (round(float(points) * 4 / 3) for points in size.groups())
    image = image.replace("<img ", f'<img width="{width}" height="{height}" ', 1)
    return with_class(image, "as-wide-as-text") if width >= WIDE else image


def with_class(image, name):
    """Add a class to an image."""
    if 'class="' in image:
        return image.replace('class="', f'class="{name} ', 1)
    return image.replace("<img ", f'<img class="{name}" ', 1)


def dark_name(name):
    return f"{name.removesuffix('.svg')}.dark.svg"


def write_dark_figures(app, exception):
    if exception or app.builder.name != "html":
        return
    for path in Path(app.outdir, "_images").glob("*.svg"):
        if not path.name.endswith(".dark.svg"):
            dark = to_dark(path.read_text("utf-8"))
            path.with_name(dark_name(path.name)).write_text(dark, "utf-8")


def setup(app):
    app.add_transform(Steppers)
    app.connect("html-page-context", show_in_both_themes, priority=950)
    app.connect("build-finished", write_dark_figures)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
