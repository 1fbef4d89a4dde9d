"""Every address of a text is in the article, once, in order, on what it names."""

from __future__ import annotations

from collections.abc import Callable

import pytest

MISTAKE = "core/mistake/index.html"
Edit = Callable[[str], str] | tuple[str, str]
Damage = Callable[[str, Edit], set[str]]
PARAGRAPH = '<div class="paragraph" id="2.2">'


@pytest.mark.parametrize(
    ("edit", "reasons"),
    [
        ((PARAGRAPH, "<div>"), ["1 addresses are missing: #2.2"]),
        (('<h2 id="2">', "<h2>"), ["1 addresses are missing: #2"]),
        (
            lambda text: text.replace(PARAGRAPH, "<div>").replace("</body>", '<div id="2.2"></div></body>'),
            ["1 addresses are missing: #2.2"],
        ),
        ((PARAGRAPH, '<div hidden id="2.2">'), ["1 addresses are missing: #2.2"]),
        (
            lambda text: text.replace(PARAGRAPH, "<div>").replace("<dt>Version", '<dt id="2.2">Version', 1),
            ["1 addresses are missing: #2.2"],
        ),
        (
            ("<main>", '<main><p id="2.2"></p>'),
            ["addresses stand there more than once: #2.2"],
        ),
        (
            lambda text: (
                text.replace('id="2.1"', "id=x")
                .replace(PARAGRAPH, '<div id="2.1">')
                .replace("id=x", 'id="2.2"')
            ),
            [
                "the addresses are not in the order of the text",
                "what stands at #2.1 does not start with 2.1",
                "what stands at #2.2 does not start with 2.2",
            ],
        ),
        ((PARAGRAPH, '<div id="2.2"></div><div>'), ["what stands at #2.2 does not start with 2.2"]),
        (('<h2 id="2">2. ', '<h2 id="2">'), ["what stands at #2 does not start with 2."]),
    ],
)
def test_every_address_is_where_it_was(edit: Edit, reasons: list[str], damage: Damage) -> None:
    assert damage(MISTAKE, edit) == set(reasons)
