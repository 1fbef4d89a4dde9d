"""What of a text is prose."""

from __future__ import annotations

import pytest

from chapterhouse.masking import mask, pieces, unescape

CASES = [
    # In each pair, the middle dots are what is blanked.
    ("Plain words, a < b, 2 > 1 & more.", "Plain words, a < b, 2 > 1 & more."),
    ("a `code` b", "a ······ b"),
    ("a ``co`de`` b", "a ········· b"),
    ("a `code\nmore` b", "a ·····\n····· b"),
    ("a `never\n\nclosed` b", "a `never\n\nclosed` b"),
    ("- a `never\n- closed` b", "- a `never\n- closed` b"),
    (r"a \`no code\` b", r"a \`no code\` b"),
    ("```\ncode\n```\nb", "···\n····\n···\nb"),
    ("~~~ text\r\ncode\r\n~~~\r\nb", "········\r\n····\r\n···\r\nb"),
    ("```\nnever closed", "```\nnever closed"),
    ("a [words](x.md) b", "a [words]······ b"),
    ('a [words](x_(y).md "paragraph 1.1") b', "a [words]·························· b"),
    ("a [words](<x y.md>) b", "a [words]·········· b"),
    ("a ![words](x.png) b", "a ![words]······· b"),
    ("a [words][r] b\n\n[r]: x.md", "a [words]··· b\n\n·········"),
    ("a [r] b\n\n[r]: x.md 'title'", "a [r] b\n\n·················"),
    ("a [words][none] b", "a [words][none] b"),
    ("a [words] (b)", "a [words] (b)"),
    ("a <br> b<sub>2</sub>", "a ···· b·····2······"),
    ('a <abbr title="x > y">b</abbr>', "a ····················b·······"),
    ("a <!-- paragraph 1.1 --> b", "a ······················ b"),
    ("a <https://northmoor.example> b", "a ··························· b"),
    ("a <desk@northmoor.example> b", "a ························ b"),
    ("a[^1] b\n\n[^1]: Note", "a···· b\n\n····: Note"),
    ("a [[b](c)](d) e", "a [[b]···]··· e"),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_mask(text: str, expected: str) -> None:
    assert mask(text).replace("\0", "·") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a [words](x.md) b", "a ············· b"),
        ("a ![words](x.png) b", "a ··············· b"),
        ("a [words][r] b\n\n[r]: x.md", "a ·········· b\n\n·········"),
        ("a [r] b\n\n[r]: x.md", "a ··· b\n\n·········"),
        ("a [not a link] b", "a [not a link] b"),
        ("a [![b](c)](d) e", "a ············ e"),
    ],
)
def test_mask_of_links(text: str, expected: str) -> None:
    assert mask(text, links=True).replace("\0", "·") == expected


def test_a_piece_knows_its_address_and_where_it_stands() -> None:
    text = 'See [a](b.md "c"), ![d](<e f.png>), <https://g.example> and [h].\n\n[h]: i.md\n'
    found = [(p.kind, p.address, text[p.place : p.place + len(p.address)]) for p in pieces(text) if p.address]
    assert sorted(found) == [
        ("autolink", "https://g.example", "https://g.example"),
        ("definition", "i.md", "i.md"),
        ("image", "e f.png", "e f.png"),
        ("link", "b.md", "b.md"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a &amp; b &#38; &#x26;", "a & b & &"),
        ("&nosuch; &#xZZ; & &;", "&nosuch; &#xZZ; & &;"),
        ("&#" + "1" * 5000 + ";", "&#" + "1" * 5000 + ";"),
        ("&#1114112;", "\ufffd"),
    ],
)
def test_unescape(text: str, expected: str) -> None:
    assert unescape(text) == expected
