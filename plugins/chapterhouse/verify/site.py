"""The whole site, held against the manual."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

from chapterhouse import dates, history
from chapterhouse.law import binds
from chapterhouse.manual.changes import redlined
from chapterhouse.model import Chapter, Manual
from chapterhouse.verify import chapter as pages
from chapterhouse.verify import (
    copies,
    hosts,
    indexes,
    legislation,
    paper,
    paragraphs,
    past,
    records,
    sheets,
    terms,
)
from chapterhouse.verify.built import Built
from chapterhouse.verify.citing import cited_here
from chapterhouse.verify.past import Past
from chapterhouse.verify.report import Failure, Report
from chapterhouse.verify.required import Required
from chapterhouse.verify.terms import explained_here

HOME = "index.html"
LOST = "404.html"
FILES = (
    LOST,
    "api/schema/current.json",
    "api/schema/manual.json",
    "api/schema/legislation.json",
    "api/schema/glossary.json",
    "api/schema/amendments.json",
    "reviews.ics",
)
"""What every site has, besides its pages and what is read below."""
VERSION = re.compile(r"(.+)/versions/[^/]+/index\.html")


def verify(manual: Manual, site: Path, today: date | None = None, *, pdf: bool | None = None) -> Report:
    """Read a built site and name whatever its sources require and it lacks.

    Without `today` the site is judged at the build date that its home page names; where that names none,
    the site fails, and what depends on a date is not judged. `pdf` says whether it has a PDF file of each
    chapter; without it, of all chapters or of none. The manual must pass `check` without an error.
    """
    return _Verifier(manual, site, today, pdf=pdf).run()


class _Verifier:
    def __init__(self, manual: Manual, site: Path, today: date | None, *, pdf: bool | None) -> None:
        self.manual = manual
        self.pdf = pdf
        self.site = site
        self.files = sorted(p.relative_to(site).as_posix() for p in site.rglob("*") if p.is_file())
        self.failures: list[Failure] = []
        self.read: dict[str, Built] = {}
        self.today = today

    def run(self) -> Report:
        """Judge each page by itself, then each against the manual."""
        html = [file for file in self.files if file.endswith(".html")]
        for file in html:
            if (text := self._text(file)) is not None:
                self.read[file] = Built.read(file, text)
        self.today = self.today or self._own_date()
        for built in self.read.values():
            self._page(built)
        for file in self.files:
            if file.endswith(".css") and (text := self._text(file)) is not None:
                self._fail(file, hosts.style_faults(text))
        for file in (*FILES, *(f"{page.slug}/index.html".lstrip("/") for page in self.manual.pages)):
            self._built(file, "file")
        self._drafts()
        for chapter in self.manual.chapters:
            self._moved(chapter)
        if self.today:
            self._dated(self.today)
        return Report(len(html), tuple(self.failures))

    def _fail(self, page: str, reasons: Iterable[str]) -> None:
        self.failures.extend(Failure(page, reason) for reason in dict.fromkeys(reasons))

    def _text(self, file: str) -> str | None:
        """The text of a file that is there; a file that cannot be read is a failure."""
        try:
            return (self.site / file).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            self._fail(file, [f"cannot be read: {error}"])
            return None

    def _bytes(self, file: str) -> bytes | None:
        """The bytes of a file that need not be there."""
        try:
            return (self.site / file).read_bytes() if file in self.files else None
        except OSError:
            return None

    def _built(self, file: str, what: str) -> Built | None:
        """A page of the site; that it is missing is a failure."""
        if file not in self.files:
            self._fail(file, [f"the {what} is missing"])
        return self.read.get(file)

    def _own_date(self) -> date | None:
        home = self.read.get(HOME)
        try:
            return dates.parse(home.meta("chapterhouse-date") if home else "")
        except ValueError:
            self._fail(HOME, ["the build date is missing, and nothing that depends on it was judged"])
            return None

    def _page(self, built: Built) -> None:
        """What every page of the site carries, and what none does."""
        if not built.meta("chapterhouse"):
            self._fail(built.file, ["the mark of Chapterhouse is missing: was it built with the plugin?"])
        elif self.today and built.meta("chapterhouse-date") != self.today.isoformat():
            said = built.meta("chapterhouse-date") or "nothing"
            self._fail(built.file, [f"the build date is {said}, not {self.today.isoformat()}"])
        self._fail(built.file, hosts.page_faults(built.html))
        # The page for lost addresses is shown at any of them, and its links start at the root of the host.
        if built.file != LOST and sheets.linked(built) not in self.files:
            self._fail(built.file, ["the style sheet by which it is printed is missing"])

    def _drafts(self) -> None:
        for slug in self._slugs(draft=True):
            if f"{slug}/index.html" in self.files:
                self._fail(f"{slug}/index.html", ["this is a draft, and it was built"])

    def _slugs(self, *, draft: bool) -> Iterator[str]:
        return (c.slug for c in self.manual.chapters if (c.head.status == "draft") is draft)

    def _moved(self, chapter: Chapter) -> None:
        """Old addresses lead on."""
        for slug in chapter.head.formerly if chapter.head.status != "draft" else ():
            self._leads(f"{slug}/", f"{chapter.slug}/")

    def _leads(self, old: str, new: str) -> None:
        file = f"{old}index.html"
        built = self._built(file, "old address")
        if built and not any(new in built.targets(hook) for hook in built.hooks("moved")):
            self._fail(file, [f"the old address does not lead to {new}"])

    def _below(self, required: Required) -> set[str]:
        """What stands below the old addresses of a chapter leads on as well; the pages of versions there."""
        within = required.file.removeprefix(required.path).removesuffix("index.html")
        places = [within] if within else ["changes/", *(f"changes/{n}/" for n in redlined(required.history))]
        for slug in required.live.formerly:
            for place in places:
                self._leads(f"{slug}/{place}", f"{required.path}{place}")
        return {f"{slug}/{within}index.html" for slug in required.live.formerly if within}

    def _dated(self, today: date) -> None:
        """What depends on the day: every chapter, and what the site says of all of them."""
        shown: list[Required] = []
        superseded: list[Required] = []
        for slug in self._slugs(draft=False):
            records = self.manual.histories[slug]
            current = history.shown(records, today)
            if current is None:
                self._fail(f"{slug}/index.html", ["the manual lacks the text to be shown: run check"])
                continue
            shown.append(Required(records, current, today, self.manual.register))
            self._edition(shown[-1], "chapter")
            for version in history.superseded(records, today):
                required = Required(records, version, today, self.manual.register)
                superseded.append(required)
                self._edition(required, "superseded version")
        versions = {required.file for required in superseded}
        for required in shown + superseded:
            versions |= self._below(required)
        for file in self.files:
            if VERSION.fullmatch(file) and file not in versions:
                self._fail(file, ["this is no superseded version, and it was built"])
        for required in shown:
            file = f"{required.path}current.json"
            self._built(file, "file")
            if file in self.files and (text := self._text(file)) is not None:
                self._fail(file, sheets.current_faults(text, required))
        self._past(Past(tuple(shown), tuple(superseded), today))
        self._copies(shown)
        self._indexes(shown, today)
        self._paper(shown, superseded)
        self._law(shown, superseded, today)
        self._terms(shown, today)
        self._records(today)

    def _edition(self, required: Required, what: str) -> None:
        if built := self._built(required.file, what):
            cited, explained = cited_here(self.manual, required), explained_here(self.manual, required)
            self._fail(built.file, pages.faults(built, required, cited, explained))
            sheet = sheets.linked(built)
            if sheet in self.files and (style := self._text(sheet)) is not None:
                self._fail(sheet, sheets.style_faults(style, required))

    def _past(self, told: Past) -> None:
        """The register, the manual as at a date, each redline, each chapter's history, each old number."""
        judges: dict[str, Callable[[Built], Iterator[str]]] = {
            "amendments/index.html": lambda built: past.register_faults(built, told),
            "as-at/index.html": lambda built: past.dated_faults(built, told),
        }
        for day in told.days:
            judges[f"as-at/{day.isoformat()}/index.html"] = partial(past.day_faults, past=told, day=day)
        for file, step in told.redlines.items():
            judges[file] = partial(past.redline_faults, step=step)
        for one in told.shown:
            judges[f"{one.path}changes/index.html"] = partial(paragraphs.history_faults, required=one)
        for file, judge in judges.items():
            if built := self._built(file, "page"):
                self._fail(file, judge(built))
        for one in told.shown:
            if built := self.read.get(one.file):
                beside = (*past.gone_faults(built, one), *past.coming_faults(built, one))
                self._fail(one.file, (*beside, *past.mark_faults(built, one)))

    def _copies(self, shown: list[Required]) -> None:
        """What became of the copies of every version, and the codes by which they are known."""
        wanted = copies.copies(shown)
        every = [copy for same in wanted.values() for copy in same]
        for file, same in wanted.items():
            if built := self._built(file, "page of a printed copy"):
                self._fail(file, copies.faults(built, same))
        for file in self.files:
            if file.startswith(copies.CHECK) and file.count("/") > 1 and file not in wanted:
                self._fail(file, ["no version has this code, and it was built"])
        if built := self._built(f"{copies.CHECK}index.html", "page"):
            self._fail(built.file, copies.index_faults(built, every))
        for one in shown:
            if built := self.read.get(f"{one.path}changes/index.html"):
                self._fail(built.file, copies.history_faults(built, [c for c in every if c.shown is one]))

    def _indexes(self, shown: list[Required], today: date) -> None:
        judges: dict[str, Callable[[str], Iterator[str]]] = {
            "api/manual.json": lambda text: indexes.data_faults(text, shown, today),
            "search/search_index.json": lambda text: indexes.search_faults(text, self._slugs(draft=True)),
            "reviews.ics": lambda text: indexes.calendar_faults(text, shown),
        }
        for file, judge in judges.items():
            if file in self.files and (text := self._text(file)) is not None:
                self._fail(file, judge(text))
        self._built("api/manual.json", "file")
        if built := self._built("chapters/index.html", "file"):
            self._fail(built.file, indexes.list_faults(built, "chapters", shown))
        if built := self._built("reviews/index.html", "file"):
            reviewed = [one for one in shown if one.state != "withdrawn"]
            self._fail(built.file, indexes.list_faults(built, "reviews", reviewed))

    def _paper(self, shown: list[Required], superseded: list[Required]) -> None:
        """The PDF file of each chapter, or none: one that is offered is there, and as long as is said."""
        pages = [(self.read[one.file], one) for one in shown if one.file in self.read]
        wanted = any(paper.offers(built) for built, _ in pages) if self.pdf is None else self.pdf
        for built, one in pages:
            if wanted:
                self._fail(one.file, paper.faults(built, one, self._bytes(paper.file(one))))
            elif paper.offers(built):
                self._fail(one.file, ["it offers a PDF file, and none is to be made"])
        for one in superseded:
            if one.file in self.read and paper.offers(self.read[one.file]):
                self._fail(one.file, ["this superseded version offers a PDF file"])

    def _terms(self, shown: list[Required], today: date) -> None:
        """The page of the glossary, the same as data, and what the search knows of it."""
        current = [explained_here(self.manual, one) for one in shown if one.state != "withdrawn"]
        uses = terms.uses(current)
        if self.manual.glossary.terms and (built := self._built("glossary/index.html", "file")):
            self._fail(built.file, terms.page_faults(built, self.manual, uses, today))
        judges: dict[str, Callable[[str], Iterator[str]]] = {
            "api/glossary.json": lambda text: terms.data_faults(text, self.manual, uses, today),
            "search/search_index.json": lambda text: terms.search_faults(text, current),
        }
        self._built("api/glossary.json", "file")
        for file, judge in judges.items():
            if file in self.files and (text := self._text(file)) is not None:
                self._fail(file, judge(text))

    def _records(self, today: date) -> None:
        """What is told of amendments to programs: as data, and in feeds."""
        wanted = records.listed(self.manual)
        judges: dict[str, Callable[[str], Iterator[str]]] = {
            "api/amendments.json": lambda text: records.data_faults(
                text, wanted, today, lambda path: f"{path}index.html" in self.files
            )
        }
        for folder, told in records.feeds(self.manual, wanted, today).items():
            judges[f"{folder}feed.xml"] = partial(records.atom_faults, wanted=told)
            judges[f"{folder}feed.json"] = partial(records.json_faults, wanted=told)
        for file, judge in judges.items():
            self._built(file, "file")
            if file in self.files and (text := self._text(file)) is not None:
                self._fail(file, judge(text))

    def _law(self, shown: list[Required], past: list[Required], today: date) -> None:
        """The index of the law, the pages of the instruments, and the same as data."""
        listed = legislation.listed(self.manual, shown, past, today)
        wholes = legislation.wholes(self.manual, listed, today)
        wanted = [one for one in listed if one.chapters]
        duties = [duty for duty in self.manual.register.duties if binds(duty, self.manual.register.territory)]
        if built := self._built("legislation/index.html", "file"):
            self._fail(built.file, legislation.page_faults(built, wanted, wholes, duties))
        for identifier, whole in wholes.items():
            if built := self._built(f"legislation/{identifier}/index.html", "page of an instrument"):
                own = [one for one in listed if one.target.instrument == identifier]
                self._fail(built.file, legislation.instrument_faults(built, whole, own))
        judges: dict[str, Callable[[str], Iterator[str]]] = {
            "api/legislation.json": lambda text: legislation.data_faults(text, wanted, self.manual, today),
            "legislation.csv": lambda text: legislation.table_faults(text, wanted),
        }
        for file, judge in judges.items():
            self._built(file, "file")
            if file in self.files and (text := self._text(file)) is not None:
                self._fail(file, judge(text))
