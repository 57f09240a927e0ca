"""Code that is folded away: one fold for all of it, however many cells it takes.

A cell has at most 30 lines, so the code of a picture may take several cells, all with the tag
``hide-input``. Where nothing stands between them, and only the last of them shows something, the
first has the fold. The others have the class ``folded-above``, and `book/_static/book.css` shows
their code while that fold is open. Each cell keeps what is its own, in the order of the notebook.
"""

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.transforms.post_transforms import SphinxPostTransform

MOST = 5  # cells below one fold: the style counts them


class OneFold(SphinxPostTransform):
    """Take the folds of hidden cells away that follow another one at once."""

    default_priority = 201  # after myst_nb has folded each of them
    formats = ("html",)

    def run(self, **kwargs):
        for first in list(self.document.findall(nodes.container)):
            cell, below = first, 0
            while folded(first) and len(cell.children) == 1 and below < MOST:
                cell = cell.next_node(descend=False, siblings=True)
                fold = folded(cell)
                if fold is None:
                    break
                cell.replace(fold, fold.children)
                cell["classes"].append("folded-above")
                below += 1


def folded(node):
    """Return the fold with the code of a cell, if it has one."""
    if isinstance(node, nodes.container) and node.get("nb_element") == "cell_code":
        first = node.children[0] if node.children else None
        if isinstance(first, HideCodeCellNode) and "above-input" in first["classes"]:
            return first if node.get("hide_mode") == "input" else None
    return None


def setup(app):
    app.add_post_transform(OneFold)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
