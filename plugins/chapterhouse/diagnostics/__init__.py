"""Every fault that Chapterhouse can name, and how severe it is.

Each code has a heading in `docs/diagnostics.md` and a case in `tests/cases/`; a test sees to both.
"""

from __future__ import annotations

from dataclasses import dataclass

from chapterhouse.model import Diagnostic, Severity, Source, Span


@dataclass(frozen=True, slots=True)
class Code:
    """How one kind of fault is treated."""

    severity: Severity
    ages: bool = False
    """True where only the passing of time brings it about: it must never stop a build."""
    acceptable: bool = False
    """True where an editor may accept it on purpose, under `accept:` in the chapter."""
    cited: bool = False
    """True where its place is the words of a citation, which whoever accepts it must name."""


ERROR = Code("error")
WARNING = Code("warning")
INFO = Code("info")

CODES: dict[str, Code] = {
    # Files
    "unreadable-file": ERROR,
    "not-utf8": ERROR,
    "symlink": ERROR,
    "bad-slug": ERROR,
    "reserved-slug": ERROR,
    "misplaced-file": ERROR,
    "twin-file": ERROR,
    "too-large": ERROR,
    "control-character": ERROR,
    "merge-conflict": ERROR,
    "missing-file": ERROR,
    # Front matter: YAML
    "no-front-matter": ERROR,
    "broken-yaml": ERROR,
    "yaml-alias": ERROR,
    "yaml-tag": ERROR,
    "too-deep": ERROR,
    "duplicate-key": ERROR,
    # Front matter: fields
    "unknown-key": ERROR,
    "missing-key": ERROR,
    "empty-value": ERROR,
    "wrong-type": ERROR,
    "todo": ERROR,
    "bad-date": ERROR,
    "markup-in-text": ERROR,
    "under-review-incomplete": ERROR,
    # Front matter: sense
    "version-order": ERROR,
    "version-mismatch": ERROR,
    "duplicate-version": ERROR,
    "backdated": ERROR,
    "unknown-paragraph": ERROR,
    "unknown-role": ERROR,
    "withdrawn-under-review": ERROR,
    "withdrawn-mismatch": ERROR,
    "bad-correction": ERROR,
    "acceptance-unused": WARNING,
    # The manual
    "duplicate-chapter-number": ERROR,
    "unknown-part": ERROR,
    "formerly-clash": ERROR,
    # The archive
    "published-draft": ERROR,
    "missing-version": ERROR,
    "archive-mismatch": ERROR,
    "archive-altered": ERROR,
    "archive-without-record": ERROR,
    "orphan-archive": ERROR,
    "unrecorded-change": ERROR,
    "record-changed": ERROR,
    "broken-manifest": ERROR,
    "schedule-overtaken": ERROR,
    "paragraph-vanished": ERROR,
    # The register of legislation
    "duplicate-instrument": ERROR,
    "duplicate-fact": ERROR,
    "unknown-instrument-id": ERROR,
    "bad-provision": ERROR,
    # The body: numbers
    "duplicate-paragraph": ERROR,
    "number-order": Code("warning", acceptable=True),
    "number-gap": Code("warning", acceptable=True),
    "number-lookalike": Code("warning", acceptable=True),
    "number-section": Code("warning", acceptable=True),
    # The body: structure
    "heading-level": Code("warning", acceptable=True),
    "heading-style": ERROR,
    "list-style": Code("warning", acceptable=True),
    "open-fence": ERROR,
    "unsupported-syntax": ERROR,
    "table-row": ERROR,
    # The body: what may stand in a page
    "forbidden-html": ERROR,
    "forbidden-attribute": ERROR,
    "forbidden-address": ERROR,
    # The body: references
    "broken-reference": Code("error", acceptable=True),
    "broken-link": ERROR,
    "broken-footnote": ERROR,
    "unused-footnote": WARNING,
    "unused-definition": ERROR,
    "picture-without-text": ERROR,
    # The body: the law
    "no-such-instrument": Code("error", acceptable=True, cited=True),
    "unknown-instrument": Code("warning", acceptable=True, cited=True),
    "no-such-provision": Code("error", acceptable=True, cited=True),
    "numbers-disagree": Code("error", acceptable=True, cited=True),
    "two-forms": Code("warning", acceptable=True, cited=True),
    "ambiguous-citation": Code("warning", acceptable=True, cited=True),
    "unresolved-citation": Code("warning", acceptable=True, cited=True),
    "citation-split": Code("info", acceptable=True, cited=True),
    "law-repealed": Code("error", acceptable=True, cited=True),
    "law-superseded": Code("error", acceptable=True, cited=True),
    "law-not-in-force": Code("error", acceptable=True, cited=True),
    "law-unconfirmed": Code("info", acceptable=True, cited=True),
    "wrong-territory": Code("warning", acceptable=True, cited=True),
    "bill-enacted": Code("warning", acceptable=True, cited=True),
    # The glossary
    "duplicate-term": ERROR,
    "unknown-term": ERROR,
    "circular-term": ERROR,
    "unused-term": INFO,
    "undefined-term": Code("warning", acceptable=True),
    "abbreviation-clash": Code("warning", acceptable=True),
    "term-replaced": Code("warning", ages=True, acceptable=True),
    "refusal-unused": WARNING,
    # Time
    "review-overdue": Code("warning", ages=True),
    "under-review-overdue": Code("warning", ages=True),
    "under-review-future": Code("warning", ages=True),
    "register-aged": Code("warning", ages=True),
}


def fault(
    code: str, source: Source | str, span: Span, message: str, hint: str = "", label: str = ""
) -> Diagnostic:
    """The diagnostic `code` at a place of a source (or of a path that could not be read).

    Raises KeyError for a code that the table does not know.
    """
    path = source if isinstance(source, str) else source.path
    return Diagnostic(code, CODES[code].severity, path, span, message, hint, label)


NOWHERE = Span(1, 1, 1, 1)
"""The place of a fault of a whole file."""
