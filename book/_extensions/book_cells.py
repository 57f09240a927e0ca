"""Code that is folded away: one fold for all of it, below the picture that it draws.

A cell has at most 30 lines, so the code of a picture may take several cells, all with the tag
``hide-input``. Where nothing stands between them, and only the last of them shows something, the
first has the fold. The others have the class ``folded-above``, and `book/_static/book.css` shows
their code while that fold is open. Each cell keeps what is its own, in the order of the notebook.

But a picture answers the question above it, so it comes before its fold, in the page, in a text
browser and for a screen reader alike. The picture of several cells stands before the first of
them, in a box of its own, and the class ``drawn-above`` says so of the cell that draws it:
`book/_static/run.js` looks for it there.
"""

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.transforms.post_transforms import SphinxPostTransform

MOST = 5  # cells below one fold: the style counts them


class OneFold(SphinxPostTransform):
    """Join the folds of hidden cells that follow one another, and put pictures before them."""

    default_priority = 201  # after myst_nb has folded each of them
    formats = ("html",)

    def run(self, **kwargs):
        for first in list(self.document.findall(nodes.container)):
            if folded(first):
                last = self.join(first)
                picture_first(first, last)

    def join(self, first):
        """Take the folds of the cells away that continue the code of the first; return the last."""
        cell, below = first, 0
        while len(cell.children) == 1 and below < MOST:
            following = cell.next_node(descend=False, siblings=True)
            fold = folded(following)
            if fold is None:
                break
            cell = following
            cell.replace(fold, fold.children)
            cell["classes"].append("folded-above")
            below += 1
        return cell


def picture_first(first, last):
    """Move what the last cell of a fold shows in front of the fold, if it is a picture."""
    shown = [n for n in last.children if n.get("nb_element") == "cell_code_output"]
    if not shown or not shown[0].next_node(nodes.image):
        return
    last.remove(shown[0])
    if first is last:
        first.insert(0, shown[0])
    else:
        box = nodes.container("", shown[0], classes=["cell"])
        last["classes"].append("drawn-above")
        first.parent.insert(first.parent.index(first), box)


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
