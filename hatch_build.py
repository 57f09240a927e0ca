"""The links of the package, which depend on where the book is published."""

import os

from hatchling.metadata.plugin.interface import MetadataHookInterface

LINKS = {"Documentation": "BOOK_URL", "Source": "BOOK_REPOSITORY"}


class Links(MetadataHookInterface):
    def update(self, metadata):
        metadata["urls"] = {
            name: os.environ[address]
            for name, address in LINKS.items()
            if os.environ.get(address)
        }
