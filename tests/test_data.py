"""Tests of `dlbasics.data`."""

import sys

from dlbasics.data import zen_of_python


def test_zen_of_python():
    lines = zen_of_python().splitlines()
    assert lines[0] == "The Zen of Python, by Tim Peters"
    assert (
        lines[-1] == "Namespaces are one honking great idea -- let's do more of those!"
    )
    assert len(lines) == 21
    assert len(zen_of_python()) == 856


def test_nothing_is_printed(capsys, monkeypatch):
    monkeypatch.delitem(sys.modules, "this", raising=False)
    zen_of_python()
    assert "this" in sys.modules
    assert capsys.readouterr().out == ""
