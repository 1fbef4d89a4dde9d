"""Words as Markdown that means nothing but these words, and back."""

from __future__ import annotations

import re

from chapterhouse.chapters.limits import MOST_SIGNS
from chapterhouse.masking import unescape

# Python-Markdown knows a backslash before these, and no others.
ALWAYS = re.compile(r"[\\`*_\[\]{}|]")
# What it does not know one before is written by its name or number.
NAMED = re.compile(r"[<>]|~~|==|\^\^")
ENTITY = re.compile(r"&(?=#?\w{1,32};)")
# What means something at the start of a line only.
OPENING = re.compile(r"(?:#|[-+](?=\s|$)|!!!|\?\?\?|/{3}|:(?=\s)|>)")
LISTED = re.compile(r"([0-9]{1,9}[A-Z]{0,2}|[A-Za-z]|[ivxlcdmIVXLCDM]{1,7})([.)])(?=\s|$)")
BRACKETED = re.compile(r"\(([a-z]{1,4}|[0-9]{1,2})\)(?=\s|$)")
NUMBERED = re.compile(r"^([0-9]{1,9})\.(?=[0-9])")
CROWDED = MOST_SIGNS // 10
"""Square brackets of a run: of more in one block, Markdown would take minutes."""
NOTE_AT = re.compile(r"(?<!\\)\[\^[\w-]+\]:?")
"""A mark, its name as `label` makes it: no row of `[^` is gone through again and again."""
LINKED = re.compile(r"(?<!\\)\]\((?:<[^<>]*>|[^()\s]*)\)")
RAISED = re.compile("</?sup>")
AUTO = re.compile(r"<((?:https?|mailto|tel):[^<>\s]*)>")
RULER = re.compile(r"\|(?: --- \|)+")


def label(name: str) -> str:
    """The name of a footnote as Markdown allows it."""
    return re.sub(r"[^\w-]", "-", name)


def escaped(text: str) -> str:
    """Words with every sign that Markdown, or a chapter, would take for more, made to mean itself."""
    made = ALWAYS.sub(lambda found: "\\" + found[0], text)
    made = NAMED.sub(lambda found: "".join(f"&#{ord(sign)};" for sign in found[0]), ENTITY.sub("&amp;", made))
    if text.count("[") > CROWDED:
        made = made.replace("\\[", "&#91;")
    return made


def opening(text: str) -> str:
    """A line whose first signs mean themselves."""
    if found := OPENING.match(text):
        return "\\" + text if found[0][0] in "#-+>!" else "&#" + str(ord(text[0])) + ";" + text[1:]
    if found := LISTED.match(text):
        return f"{found[1]}\\{found[2]}{text[found.end() :]}"
    if found := BRACKETED.match(text):
        return f"\\({found[1]}){text[found.end() :]}"
    return text


def unnumbered(text: str) -> str:
    """A paragraph whose first words are no number of it, whatever they look like."""
    return NUMBERED.sub(r"\1\\.", text)


def read_back(text: str) -> str:
    """The words that lines of a draft show, without the signs that dress them."""
    lines = [line for line in text.split("\n") if not RULER.fullmatch(line)]
    bare = NOTE_AT.sub(" ", LINKED.sub(" ", "\n".join(lines)))
    # What is raised belongs to the word before it: 1st.
    bare = RAISED.sub("", AUTO.sub(r"\1", bare).replace("<br>", " "))
    return unescape(re.sub(r"\\([^\w\s])", r"\1", bare.replace("*", "")))


def dressed(text: str, signs: str) -> str:
    """Markdown between stars; spaces stay outside of them."""
    bare = text.strip(" ")
    if not signs or not bare or "<br>" in bare or not re.search(r"\w", bare):
        return text
    before = text[: len(text) - len(text.lstrip(" "))]
    after = text[len(text.rstrip(" ")) :]
    return f"{before}{signs}{bare}{signs}{after}"
