"""Make the typeface of the pages: the letters of STIX Two Text that a book in English needs.

    npm pack @fontsource/stix-two-text && tar xf fontsource-stix-two-text-*.tgz
    python tools/make_fonts.py package

It needs `fonttools` and `brotli`, and has to run again only if the book needs other letters. What a
file lacks, the browser takes from the next typeface.
"""

import shutil
import sys
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "book" / "_static" / "fonts"
STYLES = {"regular": "400-normal", "italic": "400-italic", "semibold": "600-normal"}
# ASCII, the letters of western Europe, and the signs of the prose
LETTERS = [*range(0x20, 0x7F), *range(0xA0, 0x100), *map(ord, "–—‘’“”…−←→Œœ")]


def make(package):
    """Write the three files and the licence."""
    from fontTools import subset

    TARGET.mkdir(exist_ok=True)
    for name, style in STYLES.items():
        options = subset.Options(flavor="woff2", layout_features=["kern", "liga"])
        options.name_IDs = [0, 1, 2, 13, 14]  # whose it is, and its licence
        source = package / "files" / f"stix-two-text-latin-{style}.woff2"
        font = subset.load_font(source, options)
        cut = subset.Subsetter(options)
        cut.populate(unicodes=LETTERS)
        cut.subset(font)
        subset.save_font(font, TARGET / f"stix-two-text-{name}.woff2", options)
    shutil.copy(package / "LICENSE", TARGET / "LICENSE-OFL.txt")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    make(Path(sys.argv[1]))
