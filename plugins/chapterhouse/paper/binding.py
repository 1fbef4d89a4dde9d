"""PDF files bound into one: pages, the tree of what is read out, bookmarks, links from one to another.

The files are as Typst writes them: each has a tree with one element at its top, links that are annotations
with a destination or an address, and no forms, scripts or attachments.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from chapterhouse.paper.engine import UNSETTLED, EngineError, libraries
from chapterhouse.paper.layout import INSIDE
from chapterhouse.paper.places import Spot

ABOVE = 12.0
"""How much of the sheet is shown above a place that a link leads to, in points."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a place in the file: where it stands, and where it leads."""

    page: int
    place: int
    """Among the annotations of its page."""
    target: str | Target
    """The label of a place in another of the files, or a place in its own."""


@dataclass(frozen=True, slots=True)
class Target:
    """A place in the whole file."""

    page: int
    where: tuple[Any, ...]
    """How much of the page is shown, as PDF has it."""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A bookmark with those below it."""

    title: str
    target: Target
    below: tuple[Bookmark, ...]


def joined(files: Sequence[bytes], pages: Sequence[int], spots: Mapping[str, tuple[int, Spot]]) -> bytes:
    """One file of several, which have so many pages.

    `spots` are the places to which links lead from one to another, by their labels: the number of the file,
    and where in it. Title, language and metadata are those of the first. Raises EngineError for a file that
    has another number of pages.
    """
    _, pikepdf = libraries()
    out = BytesIO()
    with pikepdf.open(BytesIO(files[0])) as whole:
        binder = Binder(pikepdf, whole)
        binder.add(whole)
        for number, file in enumerate(files[1:], 1):
            with pikepdf.open(BytesIO(file)) as one:
                binder.add(one)
            if len(whole.pages) != sum(pages[: number + 1]):
                raise EngineError(UNSETTLED)
        binder.finish({label: (sum(pages[:part]), spot) for label, (part, spot) in spots.items()})
        whole.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return out.getvalue()


class Binder:
    """A file that takes up itself, and then others."""

    def __init__(self, pikepdf: Any, whole: Any) -> None:
        self.pikepdf = pikepdf
        self.whole = whole
        self.tree = whole.Root.StructTreeRoot
        self.parents: list[tuple[int, Any]] = []
        """What stands on a page, or belongs to an annotation, by the number that these have."""
        self.named: list[tuple[bytes, Any]] = []
        """The elements that have a name."""
        self.links: list[Link] = []
        self.bookmarks: list[Bookmark] = []
        self.added = 0

    def add(self, one: Any) -> None:
        """Take up a file."""
        first = len(self.whole.pages) if self.added else 0
        numbers = {page.objgen: first + number for number, page in enumerate(one.pages)}
        self.links += self._links(one, numbers)
        with one.open_outline() as outline:
            self.bookmarks += [self._bookmark(item, numbers) for item in outline.root]
        self._set_apart(one)
        tree = self._taken(one) if self.added else self.tree
        self.parents += _pairs(tree.ParentTree, "/Nums")
        if "/IDTree" in tree:
            self.named += [(bytes(element.ID), element) for _, element in _pairs(tree.IDTree, "/Names")]
        self.added += 1

    def finish(self, spots: Mapping[str, tuple[int, Spot]]) -> None:
        """Lead links and bookmarks where they lead; `spots` are counted from the first page of their file."""
        root, pdf = self.whole.Root, self.pikepdf
        for link in self.links:
            annotation = self.whole.pages[link.page].Annots[link.place]
            target = link.target
            if isinstance(target, str):
                first, spot = spots[target]
                page = first + spot.page - 1
                height = float(self.whole.pages[page].MediaBox[3])
                target = Target(page, (pdf.Name.XYZ, round(spot.x, 3), round(height - spot.y + ABOVE, 3), 0))
                annotation.Contents = f"Sheet {page + 1}"
                del annotation.A
            annotation.Dest = self._destination(target)
        with self.whole.open_outline() as outline:
            outline.root[:] = [self._item(bookmark) for bookmark in self.bookmarks]
        self.parents.sort(key=lambda pair: pair[0])
        self.named.sort(key=lambda pair: pair[0])
        nums = [item for pair in self.parents for item in pair]
        self.tree.ParentTree = self.whole.make_indirect(pdf.Dictionary(Nums=pdf.Array(nums)))
        self.tree.ParentTreeNextKey = self.parents[-1][0] + 1
        if self.named:
            names = pdf.Array([item for name, element in self.named for item in (pdf.String(name), element)])
            limits = pdf.Array([pdf.String(self.named[0][0]), pdf.String(self.named[-1][0])])
            leaf = self.whole.make_indirect(pdf.Dictionary(Limits=limits, Names=names))
            self.tree.IDTree = self.whole.make_indirect(pdf.Dictionary(Kids=pdf.Array([leaf])))
        if "/Names" in root:
            del root.Names  # destinations of the first file, which its links have by themselves now

    def _set_apart(self, one: Any) -> None:
        """Give the numbers and names of a file's tree values that no other has."""
        ahead = max((number for number, _ in self.parents), default=-1) + 1
        for thing in one.objects:
            if not isinstance(thing, self.pikepdf.Dictionary | self.pikepdf.Stream):
                continue
            for key in ("/StructParent", "/StructParents"):
                if key in thing:
                    thing[key] = int(thing[key]) + ahead
            if thing.get("/Type") == "/StructElem":
                self._rename(thing)
        tree = one.Root.StructTreeRoot
        nums = [
            item for number, element in _pairs(tree.ParentTree, "/Nums") for item in (number + ahead, element)
        ]
        tree.ParentTree = self.pikepdf.Dictionary(Nums=self.pikepdf.Array(nums))

    def _rename(self, element: Any) -> None:
        """Names of elements are told apart by the file that they come from."""

        def name(old: Any) -> Any:
            return self.pikepdf.String(b"%d-%b" % (self.added, bytes(old)))

        if "/ID" in element:
            element.ID = name(element.ID)
        own = element.get("/A")
        for attributes in own if isinstance(own, self.pikepdf.Array) else [own] if own is not None else []:
            if isinstance(attributes, self.pikepdf.Dictionary) and "/Headers" in attributes:
                attributes.Headers = self.pikepdf.Array([name(one) for one in attributes.Headers])

    def _taken(self, one: Any) -> Any:
        """Take the pages and the tree of a file; its tree as it is here."""
        self.whole.pages.extend(one.pages)
        tree = self.whole.copy_foreign(one.Root.StructTreeRoot)
        top = self.tree.K[0]
        for child in tree.K[0].K:
            child.P = top
            top.K.append(child)
        for name, role in tree.get("/RoleMap", {}).items():
            self.tree.RoleMap[name] = role
        return tree

    def _links(self, one: Any, numbers: Mapping[tuple[int, int], int]) -> Iterator[Link]:
        """The links of a file that lead to places in the whole."""
        names = one.Root.get("/Names", {}).get("/Dests")
        named = {bytes(name): place for name, place in _pairs(names, "/Names")} if names is not None else {}
        for page in one.pages:
            for place, annotation in enumerate(page.get("/Annots", ())):
                number = numbers[page.objgen]
                destination = annotation.get("/Dest")
                if destination is not None:
                    own = isinstance(destination, self.pikepdf.Array)
                    found = destination if own else named[bytes(destination)]
                    yield Link(number, place, self._target(found, numbers))
                elif (address := str(annotation.A.get("/URI", ""))).startswith(INSIDE):
                    yield Link(number, place, address.removeprefix(INSIDE))

    def _bookmark(self, item: Any, numbers: Mapping[tuple[int, int], int]) -> Bookmark:
        below = tuple(self._bookmark(one, numbers) for one in item.children)
        return Bookmark(str(item.title), self._target(item.destination, numbers), below)

    def _item(self, bookmark: Bookmark) -> Any:
        item = self.pikepdf.OutlineItem(bookmark.title, self._destination(bookmark.target))
        item.children.extend(self._item(one) for one in bookmark.below)
        return item

    def _target(self, destination: Any, numbers: Mapping[tuple[int, int], int]) -> Target:
        page, *where = destination
        return Target(numbers[page.objgen], tuple(where))

    def _destination(self, target: Target) -> Any:
        return self.pikepdf.Array([self.whole.pages[target.page].obj, *target.where])


def _pairs(tree: Any, key: str) -> list[tuple[Any, Any]]:
    """The entries of a number tree (`/Nums`) or a name tree (`/Names`)."""
    entries = tree.get(key, ())
    found = [(entries[place], entries[place + 1]) for place in range(0, len(entries), 2)]
    for below in tree.get("/Kids", ()):
        found += _pairs(below, key)
    return found
