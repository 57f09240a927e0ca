"""Draw the pictures of the front page; a test compares them with what is stored.

python tools/draw_images.py
"""

from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "book" / "images"


def draw():
    """Return the pictures as SVG text, by file name."""
    import matplotlib

    matplotlib.use("agg")
    import matplotlib.pyplot as plt

    from dlbasics import plotting
    from dlbasics.plotting import thumbnails

    drawings = {}
    with plt.style.context("dlbasics.book"):
        for name, draw_it, size in [
            ("journey", plotting.draw_journey, plotting.JOURNEY_SIZE),
            ("bridge", plotting.draw_bridge, (5.6, 2.9)),
        ]:
            figure, ax = plt.subplots(figsize=size)
            draw_it(ax)
            drawings[f"{name}.svg"] = plotting.to_svg(figure)
            plt.close(figure)
        for chapter in plotting.DRAWINGS:
            figure, ax = plt.subplots(figsize=thumbnails.SIZE, gid=plotting.FRAME)
            plotting.draw_thumbnail(ax, chapter)
            drawings[f"{chapter}.svg"] = plotting.to_svg(figure)
            plt.close(figure)
    return drawings


if __name__ == "__main__":
    for name, drawing in draw().items():
        (FOLDER / name).write_text(drawing, "utf-8")
