"""The corrections of Material's templates, against the Material that is installed."""

from __future__ import annotations

from importlib.resources import files

import pytest
from jinja2 import DictLoader, Environment

from chapterhouse.theming import CORRECTIONS, ValidTemplates


@pytest.mark.parametrize("name", CORRECTIONS)
def test_what_is_corrected_stands_there_and_is_gone_afterwards(name: str) -> None:
    source = files("material").joinpath("templates", name).read_text("utf-8")
    corrected = ValidTemplates(Environment(autoescape=True)).preprocess(source, name)
    for wrong, right in CORRECTIONS[name].items():
        assert wrong in source, "has a new Material seen to this itself?"
        assert wrong not in corrected
        assert right in corrected


def test_jinja_corrects_what_it_loads_and_leaves_other_templates_alone() -> None:
    wrong = '<input id="__drawer" autocomplete="off">'
    loader = DictLoader({"base.html": wrong, "other.html": wrong})
    environment = Environment(loader=loader, extensions=[ValidTemplates], autoescape=True)
    assert environment.get_template("base.html").render() == '<input id="__drawer">'
    assert environment.get_template("other.html").render() == wrong
