"""What `_config.yml` may configure is shown: links to launch, to edit, to report, and buttons."""

import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup
from notebook_rules import ROOT

EVERYTHING = {
    "repository": {"url": "https://github.com/someone/book", "branch": "main"},
    "launch_buttons": {
        "notebook_interface": "jupyterlab",
        "binderhub_url": "https://binder.example",
        "jupyterhub_url": "https://hub.example",
        "colab_url": "https://colab.example",
    },
    "html": {
        "use_issues_button": True,
        "use_edit_page_button": True,
        "use_repository_button": True,
    },
}
LINKS = {
    "Binder": "https://binder.example/v2/gh/someone/book/main?urlpath=lab/tree/book/softmax.ipynb",
    "JupyterHub": "https://hub.example/hub/user-redirect/git-pull?",
    "Colab": "https://colab.example/github/someone/book/blob/main/book/softmax.ipynb",
    "Repository": "https://github.com/someone/book",
    "Suggest edit": "https://github.com/someone/book/edit/main/book/softmax.ipynb",
    "Open issue": "https://github.com/someone/book/issues/new?",
}


def merged(config, more):
    """`config` with `more` in it, dictionaries joined key by key."""
    if not (isinstance(config, dict) and isinstance(more, dict)):
        return more
    both = {key: merged(config.get(key), value) for key, value in more.items()}
    return {**config, **both}


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """A chapter of a book of two pages in which everything is configured."""
    root = tmp_path_factory.mktemp("configured")
    (root / "book").symlink_to(ROOT / "book")
    config = merged(yaml.safe_load((ROOT / "_config.yml").read_text()), EVERYTHING)
    config["sphinx"]["config"]["html_theme_options"]["use_fullscreen_button"] = True
    (root / "_config.yml").write_text(yaml.safe_dump(config))
    toc = {
        "format": "jb-book",
        "root": "book/intro",
        "chapters": [{"file": "book/softmax"}],
    }
    (root / "_toc.yml").write_text(yaml.safe_dump(toc))
    program = Path(sys.executable).with_name("jupyter-book")
    subprocess.run([program, "build", root], capture_output=True, check=True)
    text = (root / "_build/html/book/softmax.html").read_text()
    return BeautifulSoup(text, "html.parser")


def test_the_links_that_are_configured_are_shown(page):
    shown = {a.get_text(): a["href"] for a in page.select(".outward a")}
    assert shown.keys() == LINKS.keys()
    for name, address in LINKS.items():
        assert shown[name].startswith(address), shown[name]


def test_the_buttons_that_are_configured_are_shown(page):
    assert page.select("button[title='Full screen']")
    assert page.select("a.download-notebook")


def test_nothing_is_shown_that_is_not_configured(html):
    page = BeautifulSoup((html / "book/softmax.html").read_text(), "html.parser")
    assert not page.select(".outward, button[title='Full screen']")
    assert page.select("a.download-notebook")
    assert "outward" not in "".join(
        path.read_text() for path in (html / "_static").glob("*.css")
    )
