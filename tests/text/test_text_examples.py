"""The examples in docstrings are run."""

import doctest
import pkgutil
from importlib import import_module

import pytest

import aligner.text


@pytest.mark.parametrize("name", [m.name for m in pkgutil.iter_modules(aligner.text.__path__)])
def test_examples_of_docstrings(name):
    result = doctest.testmod(import_module(f"aligner.text.{name}"))
    assert result.failed == 0
