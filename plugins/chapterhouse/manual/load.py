"""From a folder to a `Manual`."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from chapterhouse import chapters, frontmatter, glossary, manifest, markup
from chapterhouse.chapters import numbers
from chapterhouse.diagnostics import NOWHERE, fault
from chapterhouse.fields import nodes
from chapterhouse.fields.reading import Reading
from chapterhouse.fields.scalars import Text, Written
from chapterhouse.fields.shapes import Field, Pairs, Shape
from chapterhouse.manual import digests, law, sense, slugs
from chapterhouse.manual.archived import Archive, Kept
from chapterhouse.manual.parsing import judge_markup, parse_chapter
from chapterhouse.manual.tree import ARCHIVE, CONTENT, PARTS, Tree
from chapterhouse.model import Chapter, Diagnostic, History, Manual, Page, Part, Role
from chapterhouse.terms import Glossary

GLOSSARY_FILE = f"{CONTENT}/glossary.yml"
DATA = frozenset({PARTS, GLOSSARY_FILE, law.LEGISLATION})
PUBLISHED = frozenset(".png .jpg .jpeg .gif .webp .pdf .docx .odt .xlsx .ods".split())

FOLDER = Written("the name of a folder", slugs.NAME.pattern, "use small letters, numerals and hyphens")
PARTS_FILE = Shape(
    "parts.yml",
    {
        "parts": Field(Pairs(FOLDER, Text()), required=True),
        "roles": Field(Pairs(FOLDER, Text())),
    },
    dict,
)


def load(root: Path) -> Manual:
    """The manual in a folder, with every fault that does not depend on a date.

    Whatever stands in the folder, this returns: what could not be read is missing from the manual, and a
    diagnostic says so.
    """
    tree = Tree(root)
    archives = _archives(tree)
    parts, roles = _parts(tree)
    register = law.national()
    terms = Glossary()
    files, pages, found = set(), [], []
    for path in tree.walk(CONTENT):
        kind = _kind(path)
        if kind == "chapter" and (chapter := _chapter(tree, path, archives)):
            found.append(chapter)
        elif kind == "page" and (page := _page(tree, path)):
            pages.append(page)
        elif kind == "file":
            files.add(path)
        elif path == law.LEGISLATION:
            register = law.local(tree)
        elif path == GLOSSARY_FILE:
            terms = _glossary(tree)
        elif not kind:
            tree.faults.append(_misplaced(path))
    if not any(page.slug == "" for page in pages) and f"{CONTENT}/index.md" not in tree.sources:
        tree.faults.append(_missing(f"{CONTENT}/index.md", "the home page is missing"))

    order = {part.folder: index for index, part in enumerate(parts)}
    found.sort(key=lambda c: (order.get(c.part, len(order)), c.part, numbers.key(c.head.chapter), c.slug))
    folders = frozenset(archives)
    histories = {one.slug: _history(tree, one, archives.pop(one.slug, ())) for one in found}
    _strays(tree, archives)
    manual = Manual(
        chapters=tuple(found),
        pages=tuple(sorted(pages, key=lambda page: page.slug)),
        parts=parts,
        roles=roles,
        histories=histories,
        files=frozenset(files),
        sources=tree.sources,
        register=register,
        diagnostics=(),
        unread=frozenset(tree.unread | {c.source.path for c in found if not c.head.chapter}),
        glossary=terms,
        archives=folders,
    )
    return dataclasses.replace(manual, diagnostics=(*tree.faults, *sense.check(manual)))


def _chapter(tree: Tree, path: str, archives: Mapping[str, Sequence[str]]) -> Chapter | None:
    slug = path.removeprefix(f"{CONTENT}/").removesuffix(".md")
    tree.faults.extend(slugs.faults(path, slug))
    source = tree.read(path)
    if source is None or tree.is_conflicted(source):
        return None
    chapter, faults = parse_chapter(source, slug, tree.digests[path])
    if newest := _newest(archives.get(slug, ())):
        faults = tuple(_of_published(one, newest) for one in faults)
    tree.faults.extend((*faults, *judge_markup(chapter)))
    return chapter


def _newest(paths: Iterable[str]) -> str:
    """The file of the newest version among the files of an archive; empty where there is no version."""
    versions = [path for path in paths if PurePosixPath(path).stem.replace(".", "").isdecimal()]
    return max(versions, key=lambda path: numbers.key(PurePosixPath(path).stem), default="")


def _of_published(found: Diagnostic, newest: str) -> Diagnostic:
    """The cure of a missing key where the chapter was published before: it may not become a draft."""
    if not found.hint.endswith(frontmatter.OR_DRAFT):
        return found
    hint = found.hint.removesuffix(frontmatter.OR_DRAFT)
    if "`amendments:`" in hint:
        hint = f"put the records back as they stand in {newest}"
    return dataclasses.replace(found, hint=hint)


def _page(tree: Tree, path: str) -> Page | None:
    slug = path.removeprefix(f"{CONTENT}/").removesuffix(".md")
    source = tree.read(path)
    if source is None or tree.is_conflicted(source):
        return None
    title, start, faults = frontmatter.read_page(source)
    body, body_faults = chapters.read(source, start, "none")
    tree.faults.extend((*faults, *body_faults, *markup.check(source, start)))
    anchors = frozenset(section.anchor for section in body.sections)
    return Page("" if slug == "index" else slug, source, title, source.text[start:], anchors)


def _archives(tree: Tree) -> dict[str, list[str]]:
    """The files of the archive by the slug of their chapter."""
    found: dict[str, list[str]] = {}
    for path in tree.walk(ARCHIVE):
        slug, _, name = path.removeprefix(f"{ARCHIVE}/").rpartition("/")
        if name:
            found.setdefault(slug, []).append(path)
    for path in found.pop("", ()):
        message = f"{path} stands outside every chapter's folder"
        tree.faults.append(fault("orphan-archive", path, NOWHERE, message, "move or delete it"))
    return found


def _history(tree: Tree, live: Chapter, paths: Iterable[str]) -> History:
    """A chapter with its archive. What archived versions say was judged in their own time."""
    files, sums = _kept(tree, paths)
    archive = Archive(live, files)
    listed = {PurePosixPath(path).name: tree.digests[path] for path in paths if path in tree.digests}
    return History(live, archive, sums, MappingProxyType(listed))


def _kept(tree: Tree, paths: Iterable[str]) -> tuple[dict[str, Kept], bytes | None]:
    """The versions in a folder of the archive that can be read, and the bytes of its manifest."""
    files, sums = {}, None
    for path in paths:
        name = PurePosixPath(path)
        if name.name == manifest.NAME:
            sums = tree.bytes_of(path)
        elif name.suffix != ".md":
            tree.bytes_of(path)
        elif (source := tree.read(path)) and not tree.is_conflicted(source):
            files[name.stem] = Kept(source, tree.digests[path])
    return files, sums


def _strays(tree: Tree, archives: Mapping[str, Sequence[str]]) -> None:
    """Read the archives of chapters that could not be read, or that are none."""
    for slug, paths in archives.items():
        _, sums = _kept(tree, paths)
        path = f"{ARCHIVE}/{slug}/{manifest.NAME}"
        try:
            manifest.read(sums or b"")
        except manifest.ManifestError as error:
            tree.faults.append(digests.broken(path, slug, error))


def _glossary(tree: Tree) -> Glossary:
    source = tree.read(GLOSSARY_FILE)
    if source is None or tree.is_conflicted(source):
        return Glossary(path=GLOSSARY_FILE)
    terms, faults = glossary.read(source)
    if faults:
        tree.faults.extend(faults)
        tree.unread.add(GLOSSARY_FILE)
    return terms


def _parts(tree: Tree) -> tuple[tuple[Part, ...], tuple[Role, ...]]:
    if not (tree.root / PARTS).exists():
        tree.unread.add(PARTS)
        tree.faults.append(_missing(PARTS, "the list of parts is missing"))
        return (), ()
    source = tree.read(PARTS)
    if source is None or tree.is_conflicted(source):
        return (), ()
    start = 1 if source.text.startswith("\ufeff") else 0
    node, faults = nodes.read(source, start, len(source.text))
    reading = Reading(source)
    tree.faults.extend(faults)
    if node is None:
        tree.unread.add(PARTS)
        if not faults:
            tree.faults.append(_missing(PARTS, "the list of parts is empty"))
        return (), ()
    values = PARTS_FILE.values(node, reading, "") or {}
    tree.faults.extend(reading.faults)
    if faults or reading.faults:
        tree.unread.add(PARTS)
    return (
        tuple(Part(folder, title) for folder, title in values.get("parts", ())),
        tuple(Role(role, title) for role, title in values.get("roles", ())),
    )


def _kind(path: str) -> str:
    """What a file is by its place: a chapter, a page, a file to publish, data; empty where it may not be."""
    parts = PurePosixPath(path).parts[1:]
    name = PurePosixPath(path)
    if path in DATA:
        return "data"
    if name.suffix.lower() in PUBLISHED:
        return "file"
    if name.suffix != ".md":
        return ""
    if parts == ("index.md",):
        return "page"
    if len(parts) != 2 or name.name.lower() in ("index.md", "readme.md"):
        return ""
    return "page" if parts[0] == "pages" else "chapter"


def _misplaced(path: str) -> Diagnostic:
    name = PurePosixPath(path).name.lower()
    if not name.endswith(".md"):
        message = "a file of this kind is not published"
        hint = f"move it out of {CONTENT}/; these may stay: {' '.join(sorted(PUBLISHED))}"
    elif name in ("index.md", "readme.md"):
        message = f"only {CONTENT}/index.md may have this name"
        hint = "give the chapter a name of its own"
    else:
        message = "a chapter stands in the folder of its part, and nowhere deeper"
        hint = f"move it to {CONTENT}/<part>/<name>.md, or to {CONTENT}/pages/ if it is not a chapter"
    return fault("misplaced-file", path, NOWHERE, message, hint)


def _missing(path: str, message: str) -> Diagnostic:
    return fault("missing-file", path, NOWHERE, message, "write it; docs/editing.md shows one")
