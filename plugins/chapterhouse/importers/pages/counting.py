"""Numbers as lists write them: 3, c, iii; and markers as HTML lists make them."""

from __future__ import annotations

_MOST_LETTERS = 26 * 4
_MOST_ROMAN = 3999
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def letter(number: int) -> str:
    """`a` to `z`, then `aa` to `zz` as Word counts; what no list reaches stays in numerals."""
    if not 0 < number <= _MOST_LETTERS:
        return str(number)
    return chr(ord("a") + (number - 1) % 26) * ((number + 25) // 26)


def roman(number: int) -> str:
    """`i`, `ii`, `iii`, `iv`; what has no Roman form stays in numerals."""
    if not 0 < number <= _MOST_ROMAN:
        return str(number)
    said = ""
    for value, sign in _ROMAN:
        said += sign * (number // value)
        number %= value
    return said


def list_marker(style: str, number: int) -> str:
    """The marker of an item of an HTML list, by its `type` or its `list-style-type`."""
    match style:
        case "a" | "lower-alpha" | "lower-latin":
            return f"{letter(number)})"
        case "A" | "upper-alpha" | "upper-latin":
            return f"{letter(number).upper()})"
        case "i" | "lower-roman":
            return f"{roman(number)})"
        case "I" | "upper-roman":
            return f"{roman(number).upper()})"
        case _:
            return f"{number}."
