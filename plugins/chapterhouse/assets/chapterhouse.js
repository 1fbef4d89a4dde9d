/* What the reader's own date and the reader's own hands add to a page. Without this script nothing is
   lost: the words of the build date stand, and a paragraph's number is a link to it. */
(() => {
  "use strict";

  const LONDON = { timeZone: "Europe/London" };

  /* Today in London as YYYY-MM-DD, whatever the machine's zone. */
  function today() {
    const parts = new Intl.DateTimeFormat("en-GB", {
      ...LONDON, year: "numeric", month: "2-digit", day: "2-digit",
    }).formatToParts(new Date());
    const part = (type) => parts.find((piece) => piece.type === type).value;
    return `${part("year")}-${part("month")}-${part("day")}`;
  }

  function inWords(moment) {
    return new Intl.DateTimeFormat("en-GB", { ...LONDON, day: "numeric", month: "long", year: "numeric" })
      .format(moment);
  }

  /* Wording that held when the site was built gives way once its last day has passed. */
  function reword() {
    const now = today();
    for (const element of document.querySelectorAll("[data-due]")) {
      if (now > element.dataset.due) {
        element.textContent = element.dataset.overdue;
        element.classList.add("overdue");
        element.removeAttribute("data-due");
      }
    }
  }

  /* An old address leads on to the new one, to the same paragraph. */
  function follow() {
    const link = document.querySelector("[data-chapterhouse=moved] a");
    if (link) location.replace(link.href + location.search + location.hash);
  }

  /* The address of this page without place or query: the canonical one where the page names it. */
  function address() {
    const canonical = document.querySelector("link[rel=canonical]");
    return canonical ? canonical.href : location.origin + location.pathname;
  }

  function element(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  /* One box serves every paragraph. It hangs on the body, which instant navigation leaves alone. */
  let box;

  function build() {
    const heading = element("h2", { id: "chapterhouse-cite-title", class: "cite-title" });
    const link = element("input", { id: "chapterhouse-cite-link", type: "text", readonly: "" });
    const words = element("textarea", { id: "chapterhouse-cite-words", rows: "4", readonly: "" });
    const status = element("p", { role: "status", class: "cite-status" });
    const button = (label, field) => {
      const made = element("button", { type: "button", class: "cite-copy" }, label);
      made.addEventListener("click", () => copy(field, status));
      return made;
    };
    const close = element("button", { type: "button", class: "cite-close" }, "Close");
    const dialog = element("dialog", { class: "cite-box", "aria-labelledby": heading.id },
      heading,
      element("label", { for: link.id }, "Link"), link, button("Copy link", link),
      element("label", { for: words.id }, "Citation"), words, button("Copy citation", words),
      status, close);
    close.addEventListener("click", () => dialog.close());
    /* Safari does not focus a button that is clicked, so it would not come back to it by itself. */
    dialog.addEventListener("close", () => box.opener.focus());
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close();
    });
    document.body.append(dialog);
    return { dialog, heading, link, words, status };
  }

  async function copy(field, status) {
    status.textContent = "";
    try {
      await navigator.clipboard.writeText(field.value);
      status.textContent = "Copied";
    } catch {
      field.focus();
      field.select();
      status.textContent = "This browser does not let the page copy. The text is selected: copy it yourself.";
    }
  }

  function open(opener, number, state) {
    box ??= build();
    box.opener = opener;
    const { manual, chapter, standing } = state.dataset;
    box.heading.textContent = `Cite paragraph ${number}`;
    box.link.value = `${address()}#${number}`;
    box.words.value = `${manual}, chapter ${chapter}, paragraph ${number}, ${standing}, read on ${inWords(new Date())}`;
    box.status.textContent = "";
    box.dialog.showModal();
  }

  function offer() {
    const state = document.querySelector("[data-chapterhouse=status]");
    if (!state || typeof HTMLDialogElement === "undefined") return;
    for (const paragraph of document.querySelectorAll(".paragraph[id]")) {
      if (paragraph.querySelector(":scope > .cite-open")) continue;
      const button = element("button", {
        type: "button", class: "cite-open", "aria-haspopup": "dialog",
        "aria-label": `Cite paragraph ${paragraph.id}`, "data-chapterhouse-note": "",
      }, "Cite");
      button.addEventListener("click", () => open(button, paragraph.id, state));
      paragraph.append(button);
    }
  }

  /* The filter of the index of the law. Every word asked for must be one of a provision or of its
     instrument: words by their beginning, numbers whole, so that "section 1" is not section 10 to 19. */
  const UNITS = {
    s: "section", ss: "section", sec: "section", sections: "section", r: "regulation", reg: "regulation",
    regs: "regulation", regulations: "regulation", art: "article", arts: "article", articles: "article",
    sch: "schedule", sched: "schedule", schedules: "schedule", para: "paragraph", paras: "paragraph",
    paragraphs: "paragraph", pt: "part", parts: "part", ch: "chapter", chapters: "chapter",
  };

  function wordsOf(text) {
    return text.toLowerCase().replace(/\u2019/g, "'").normalize("NFKD").replace(/\p{M}/gu, "")
      .replace(/\b(ss?|regs?|arts?|sch|paras?|pt|ch)\.?\s*(?=\d)/g, "$1 ")
      .match(/\d+[a-z]*(?:\.\d+)*(?:\([0-9a-z]+\))*|[\p{L}\d']+/gu)?.map((word) => UNITS[word] ?? word) ?? [];
  }

  /* A number names what is below it as well: 47 finds 47(1)(a). */
  function answers(asked, word) {
    return /^\d/.test(asked) ? word === asked || word.startsWith(`${asked}(`) : word.startsWith(asked);
  }

  function count(number, noun) {
    return `${number} ${noun}${number === 1 ? "" : "s"}`;
  }

  function filter() {
    const box = document.querySelector(".law-filter");
    if (!box) return;
    const field = box.querySelector("input");
    const status = document.querySelector(".law-filter-status");
    const entries = [...document.querySelectorAll(".law-entry")].map((entry) => ({
      element: entry,
      words: wordsOf(`${entry.querySelector("h4").textContent} ${entry.dataset.forms}`),
      provisions: [...entry.querySelectorAll(".law-provision")].map((one) => (
        { element: one, words: wordsOf(one.querySelector("a").textContent) })),
    }));
    const groups = [...document.querySelectorAll(".law-group")].reverse();
    const has = (words, asked) => words.some((word) => answers(asked, word));

    function apply() {
      const asked = wordsOf(field.value);
      let instruments = 0;
      let provisions = 0;
      for (const entry of entries) {
        const left = asked.filter((one) => !has(entry.words, one));
        let seen = 0;
        for (const one of entry.provisions) {
          one.element.hidden = !left.every((word) => has(one.words, word));
          if (!one.element.hidden) seen += 1;
        }
        entry.element.hidden = seen === 0;
        if (seen) instruments += 1;
        provisions += seen;
      }
      for (const group of groups) group.hidden = !group.querySelector(".law-entry:not([hidden])");
      return asked.length
        ? `Only what matches \u201c${field.value.trim()}\u201d: ${count(instruments, "instrument")}, ${count(provisions, "provision")}.`
        : "";
    }

    /* What is said aloud waits until the typing pauses. */
    let pause;
    field.addEventListener("input", () => {
      const said = apply();
      clearTimeout(pause);
      pause = setTimeout(() => { status.textContent = said; }, 500);
    });
    box.hidden = false;
    status.textContent = apply();
  }

  /* The values that the address of a page asks for, and an address that asks for others. */
  function asked(name) {
    return new URLSearchParams(location.search).get(name);
  }

  function ask(values) {
    const query = new URLSearchParams(location.search);
    for (const [name, value] of Object.entries(values)) {
      if (value) query.set(name, value);
      else query.delete(name);
    }
    history.replaceState(history.state, "", `${location.pathname}${query.size ? `?${query}` : ""}${location.hash}`);
  }

  /* The filter of the page of amendments. What it leaves is kept in the address, to be shared. */
  function narrow() {
    const box = document.querySelector(".register-filter");
    if (!box) return;
    const fields = [...box.querySelectorAll("select")];
    const status = document.querySelector(".register .filter-status");
    const entries = [...document.querySelectorAll(".register .amendment")];

    function apply() {
      const chosen = fields.filter((field) => field.value);
      let left = 0;
      for (const entry of entries) {
        /* What names nobody concerns everybody. */
        entry.hidden = !chosen.every(({ dataset, value }) => {
          const own = entry.dataset[dataset.filter];
          return !own || own.split(" ").includes(value);
        });
        if (!entry.hidden) left += 1;
      }
      for (const group of document.querySelectorAll(".register-group")) {
        group.hidden = !group.querySelector(".amendment:not([hidden])");
      }
      for (const link of document.querySelectorAll(".register-months a")) {
        const group = document.getElementById(link.hash.slice(1)).closest(".register-group");
        link.closest("li").hidden = group.hidden;
      }
      for (const year of document.querySelectorAll(".register-months li:has(li)")) {
        year.hidden = !year.querySelector("li:not([hidden])");
      }
      const words = chosen.map((field) => field.selectedOptions[0].textContent).join("; ");
      return words
        ? `Only what matches \u201c${words}\u201d: ${count(left, "amendment")}.`
        : `All ${count(entries.length, "amendment")} are shown.`;
    }

    function change() {
      ask(Object.fromEntries(fields.map((field) => [field.dataset.filter, field.value])));
      status.textContent = apply();
    }

    let unknown = "";
    for (const field of fields) {
      const value = asked(field.dataset.filter) ?? "";
      const place = [...field.options].findIndex((option) => option.value === value);
      if (place < 0) unknown += `There is nothing here for \u201c${value}\u201d, which the address asks for. `;
      field.selectedIndex = Math.max(place, 0);
      field.addEventListener("change", change);
    }
    box.querySelector("button").addEventListener("click", () => {
      for (const field of fields) field.selectedIndex = 0;
      change();
    });
    box.hidden = false;
    if (unknown || fields.some((field) => field.value)) status.textContent = unknown + apply();
  }

  /* A date as programs write it, in words; empty where it is none of the years that the manual knows. */
  function dateInWords(day) {
    const moment = new Date(`${day}T12:00:00Z`);
    if (!/^(19|2[01])\d\d-\d\d-\d\d$/.test(day) || Number.isNaN(moment.valueOf())) return "";
    return moment.toISOString().startsWith(day) ? inWords(moment) : "";
  }

  /* Whether what an element tells of held on a day: it says from when, until when, or neither. */
  function held({ dataset }, day) {
    return dataset.from <= day && (!dataset.until || day <= dataset.until);
  }

  /* The manual as at a date: of all that ever held, what held on the day that is picked. */
  function pick() {
    const page = document.querySelector("[data-chapterhouse=as-at]");
    if (!page) return;
    const box = page.querySelector(".dated-choice");
    const field = box.querySelector("input");
    const status = page.querySelector(".filter-status");
    const rows = [...page.querySelectorAll("tr[data-from]")];
    const links = [...page.querySelectorAll("a[data-dated]")];
    const { first, built } = page.dataset;

    /* An empty day shows all of them. */
    function apply(day) {
      for (const row of rows) row.hidden = day !== "" && !held(row, day);
      for (const table of page.querySelectorAll(".table-scroll")) {
        table.hidden = !table.querySelector("tbody tr:not([hidden])");
        table.nextElementSibling.hidden = !table.hidden;
      }
      for (const link of links) link.search = day ? `?as-at=${day}` : "";
      ask({ "as-at": day });
      if (!day) return "";
      const words = dateInWords(day);
      if (!first || day < first) {
        return `Nothing was in force on ${words}${first ? `: the first chapter took effect on ${dateInWords(first)}` : ""}.`;
      }
      const left = [...page.querySelectorAll(".dated-versions tbody tr:not([hidden])")];
      const gone = left.filter((row) => row.matches("[data-withdrawn]")).length;
      const said = `On ${words}: ${count(left.length - gone, "chapter")} in force${gone ? `, ${gone} withdrawn` : ""}.`;
      return day > built ? `${said} So it was recorded on ${dateInWords(built)}; it may yet change.` : said;
    }

    function refused(written) {
      apply("");
      return `${written} is not a date from 1 January 1900 to 31 December 2199. All days are shown.`;
    }

    function read() {
      if (!field.value) return field.validity.badInput ? refused("What is written here") : apply("");
      return dateInWords(field.value) ? apply(field.value) : refused(`The year of ${field.value}`);
    }

    /* While a year is being typed, each of its numerals makes a date. */
    let pause;
    field.addEventListener("input", () => {
      clearTimeout(pause);
      pause = setTimeout(() => { status.textContent = read(); }, 500);
    });
    box.querySelector("button").addEventListener("click", () => {
      clearTimeout(pause);
      field.value = "";
      status.textContent = apply("") || "All days are shown.";
    });
    box.hidden = false;
    const wanted = asked("as-at");
    if (wanted === null) return;
    field.value = dateInWords(wanted) ? wanted : "";
    status.textContent = field.value ? apply(wanted) : refused(`\u201c${wanted}\u201d in the address`);
  }

  /* A version that was opened for a day says whether it is that day's, and what else held then. */
  function then() {
    const box = document.querySelector("[data-chapterhouse=then]");
    const day = asked("as-at");
    if (!box || day === null) return;
    const { version, built, withdrawn, dates } = box.dataset;
    const words = dateInWords(day);
    const own = words !== "" && held(box, day);
    const title = box.querySelector("h2 span");
    title.textContent = words ? `You asked for ${words}` : `\u201c${day}\u201d in the address is not a date`;
    const said = element("p", {});
    if (own && withdrawn === "true") said.append("The chapter was withdrawn on that day.");
    else if (own) {
      said.append(day > built ? `As recorded on ${dateInWords(built)}, version ${version} will be in force on that day.`
        : `Version ${version} was in force on that day.`);
    } else if (words) said.append(element("strong", {}, `Version ${version} was not in force on that day.`));
    const href = words ? `${dates}?as-at=${day}` : dates;
    const link = element("a", { href }, words ? `What was in force on ${words}` : "Pick a date");
    box.querySelector(".chapter-then__said")?.remove();
    box.querySelector("h2").after(element("div", { class: "chapter-then__said" }, said, element("p", {}, link)));
    for (const list of box.querySelectorAll("ul")) {
      for (const item of list.children) item.hidden = !own || !held(item, day);
      list.hidden = list.previousElementSibling.hidden = !list.querySelector("li:not([hidden])");
    }
    box.hidden = false;
  }

  /* A copy on paper: the code on its sheets as somebody types it, with capitals, spaces and hyphens, with the
     word "Copy" that stands before it, or the whole address. It leads to the page of its version, if that is known here. */
  function codeOf(written) {
    const text = written.toLowerCase().replace(/^.*\/check\/|^copy\b/, "").replace(/[\s\p{Pd}/#.:]/gu, "")
      .replace(/o/g, "0").replace(/[il]/g, "1");
    const [, code, day = ""] = /^([0-9a-hjkmnp-tv-z]{7})(\d{8})?$/.exec(text) ?? [];
    return code && { code, place: day && `#${day}` };
  }

  function check() {
    const form = document.querySelector(".check-form");
    if (!form) return;
    const field = form.querySelector("input");
    const status = form.querySelector("[role=status]");
    const links = new Map([...document.querySelectorAll(".check-codes code")]
      .map((code) => [code.textContent, code.closest("a").href]));
    function forget() {
      field.removeAttribute("aria-invalid");
      status.textContent = "";
    }
    field.addEventListener("input", forget);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      forget();
      const written = field.value.trim();
      const { code, place } = codeOf(written) ?? {};
      if (links.has(code)) {
        location.assign(links.get(code) + place);
        return;
      }
      field.setAttribute("aria-invalid", "true");
      field.focus();
      if (!written) status.textContent = "Type the code that stands at the foot of each sheet.";
      else if (!code) status.textContent = `\u201c${written}\u201d is not a code: a code has seven letters and figures, then the eight figures of a day.`;
      else status.textContent = `This site knows no version with the code ${code}. Compare it with your copy, letter by letter. If it is right, the copy is not of this manual, or is newer than this page: load the page again.`;
    });
    form.hidden = false;
  }

  /* The address of a copy ends with the build date of the site that it was printed from. Anybody can write
     another: of a day on which no site had the version, the page says so. */
  function copied() {
    const [, ...figures] = /^#(\d{4})(\d\d)(\d\d)$/.exec(location.hash) ?? [];
    const day = figures.join("-");
    const words = dateInWords(day);
    for (const place of document.querySelectorAll(".copy-built")) {
      const { version, published, from, until, built } = place.dataset;
      place.hidden = !day;
      if (!day) continue;
      let said = `Your copy was printed from the site as built on ${words}.`;
      if (!words) said = `The figures behind the code, ${figures.join("")}, are no day. Compare them with your copy.`;
      else if (day > built) said += ` This page is older: it was built on ${dateInWords(built)}. Load it again.`;
      else if (day < published) said = `No site built on ${words} had version ${version}, which was published on ${dateInWords(published)}. Compare the code with your copy, figure by figure. Only a PDF file that was made later, for that day, has this code.`;
      else if (day < from) said += ` Version ${version} was not yet in force then, and your copy says so.`;
      else if (until >= from && day > until) said += ` Version ${version} was no longer in force then, and your copy says so.`;
      place.textContent = said;
    }
  }

  addEventListener("hashchange", copied);

  /* What this reader has read, on this device alone: the version of each chapter, from when it applied, and
     the day on which it was read last. Storage may be switched off, full, or hold what others have put there. */
  const READ = "chapterhouse-read";

  function readBefore() {
    try {
      const kept = JSON.parse(localStorage.getItem(READ));
      return kept !== null && typeof kept === "object" && !Array.isArray(kept) ? kept : {};
    } catch {
      return {};
    }
  }

  function keep(slug, version, effective) {
    try {
      localStorage.setItem(READ, JSON.stringify({ ...readBefore(), [slug]: [version, effective, today()] }));
    } catch {
      /* Then nothing is remembered. */
    }
  }

  /* A returning reader is told that the chapter is another than the one last read, until it has been read. */
  function remember() {
    const state = document.querySelector("[data-chapterhouse=status]");
    if (!state || asked("as-at") !== null || document.querySelector("[data-chapterhouse=changed]")) return;
    const { slug, version, effective, changed, redline, changes } = state.dataset;
    if (!["in-force", "under-review", "withdrawn"].includes(state.dataset.state)) return;
    const before = readBefore()[slug];
    const told = Array.isArray(before) && before.every((one) => typeof one === "string") ? before : [];
    const [number = "", since = "", read = ""] = told;
    const known = /^\d+(\.\d+)*$/.test(number) && dateInWords(since) && dateInWords(read);
    if (!known || number === version) {
      keep(slug, version, effective);
      return;
    }
    /* A page that is older than the one that was read comes out of some cache. */
    if (effective < since) return;
    const gone = state.dataset.state === "withdrawn";
    const done = element("button", { type: "button", class: "plain-button" }, "I have read this");
    const href = number === changed ? redline : changes;
    const notice = element("section", {
      class: "chapter-notice chapter-notice--news chapter-changed", "aria-labelledby": "chapterhouse-changed",
      "data-chapterhouse": "changed", "data-chapterhouse-note": "",
    },
    element("h2", { id: "chapterhouse-changed" },
      `This chapter has ${gone ? "been withdrawn" : "changed"} since you last read it on ${dateInWords(read)}`),
    element("p", {}, `${gone ? `It was withdrawn by version ${version}.` : `Version ${version} is now in force.`} You read version ${number}.`),
    ...(href ? [element("p", {}, element("a", { href }, "See what has changed"))] : []),
    done);
    done.addEventListener("click", () => {
      keep(slug, version, effective);
      notice.remove();
      const title = document.querySelector("article h1");
      title.tabIndex = -1;
      title.focus();
    });
    document.querySelector("article h1").after(notice);
  }

  /* A link that is described elsewhere in the page has a tip: a copy of that description beside the link, for
     the pointer, the focus and the finger (the first tap shows it, the second follows the link). Escape closes
     it, the pointer may go into it, and it stays as long as the pointer or the focus does. */
  const DESCRIBED = "article a[aria-describedby]";
  const PAUSE = 300;
  const tip = element("div", { class: "tip", "data-chapterhouse-note": "", hidden: "" });
  let described, dismissed, tapped, timer;

  function show(link) {
    clearTimeout(timer);
    const texts = link.getAttribute("aria-describedby").split(" ").map((id) => document.getElementById(id));
    if (link === described || texts.includes(null)) return;
    described = link;
    tip.replaceChildren(...texts.map((text) => (
      element(text.matches("div") ? "div" : "p", {}, ...text.cloneNode(true).childNodes))));
    link.closest("article").append(tip);
    tip.hidden = false;
    place();
  }

  function hide() {
    clearTimeout(timer);
    tip.hidden = true;
    described = undefined;
  }

  /* Below the link, or above it where there is more room; never over it. */
  function place() {
    const lines = described.getClientRects();
    const first = lines[0], last = lines[lines.length - 1];
    const { width, height } = tip.getBoundingClientRect();
    const above = last.bottom + height > innerHeight && first.top - height > 60;
    const left = Math.max(8, Math.min(last.left, document.documentElement.clientWidth - width - 8));
    const home = tip.offsetParent.getBoundingClientRect();
    tip.style.left = `${left - home.left}px`;
    tip.style.top = `${(above ? first.top - height : last.bottom) - home.top}px`;
  }

  function later(action) {
    clearTimeout(timer);
    timer = setTimeout(action, PAUSE);
  }

  document.addEventListener("pointerover", ({ target, pointerType }) => {
    if (pointerType === "touch") return;
    const link = target.closest(DESCRIBED);
    if (link !== dismissed) dismissed = undefined;
    if (tip.contains(target) || (link && link === described)) clearTimeout(timer);
    else if (link) {
      if (link !== dismissed) later(() => show(link));
    } else if (!described) clearTimeout(timer);
    else if (!described.matches(":focus-visible")) later(hide);
  });
  document.addEventListener("focusin", ({ target }) => {
    if (target.matches(DESCRIBED) && target.matches(":focus-visible")) show(target);
  });
  document.addEventListener("focusout", ({ target, relatedTarget }) => {
    if (target === described && !tip.contains(relatedTarget) && !tip.matches(":hover")) hide();
  });
  document.addEventListener("pointerdown", ({ target, pointerType }) => {
    const link = target.closest(DESCRIBED);
    tapped = pointerType === "touch" && link !== described ? link : undefined;
    if (described && link !== described && !tip.contains(target)) hide();
  });
  document.addEventListener("pointercancel", () => { tapped = undefined; });
  document.addEventListener("click", (event) => {
    if (tapped && event.target.closest(DESCRIBED) === tapped) {
      event.preventDefault();
      show(tapped);
    }
    tapped = undefined;
  });
  document.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !described) return;
    dismissed = described;
    hide();
  });
  /* A link in a table moves when the table is scrolled in its box. */
  document.addEventListener("scroll", ({ target }) => { if (described && target !== document) place(); }, true);
  addEventListener("resize", () => { if (described) place(); });

  /* A page that was left open may be old by the time it is printed. When the reader comes back to it, it asks
     which version the site has now: one small file, and not more often than every half hour. */
  const PATIENCE = 30 * 60 * 1000;
  let tab;

  function stampOf() {
    return document.querySelector("[data-chapterhouse=stamp]");
  }

  function opened() {
    tab = { opened: today(), answered: today(), asked: Date.now(), newer: "" };
  }

  opened();

  async function compare() {
    const stamp = stampOf();
    if (document.visibilityState !== "visible" || !stamp?.dataset.current) return;
    if (tab.newer || Date.now() - tab.asked < PATIENCE) return;
    tab.asked = Date.now();
    try {
      const answer = await fetch(new URL(stamp.dataset.current, location.href), { cache: "no-cache" });
      const { build_date: built, version, standing } = await answer.json();
      if (stamp !== stampOf() || [built, version, standing].some((one) => typeof one !== "string")) return;
      /* What is older than the page comes out of some cache. */
      if (built < stamp.dataset.built) return;
      tab.answered = today();
      if (version === stamp.dataset.version) return;
      tab.newer = `A newer version of this chapter exists: ${standing}`;
      renew();
    } catch {
      /* Nobody answers: then the sheet says on which day the page was opened. */
    }
  }

  function renew() {
    const link = element("a", { href: location.pathname }, "Load it");
    link.addEventListener("click", (event) => {
      event.preventDefault();
      location.reload();
    });
    const region = document.querySelector("[data-chapterhouse=newer]");
    region.className = "chapter-notice chapter-notice--care";
    region.replaceChildren(element("p", {}, `${tab.newer}. `, link));
  }

  /* Readers of the screen are told what is put into a region, and little of one that comes with its words: it
     stands there, empty, from the start. */
  function listen() {
    if (stampOf()?.dataset.current) document.querySelector("article h1").after(element("section", {
      role: "status", "aria-label": "Newer version", "data-chapterhouse": "newer", "data-chapterhouse-note": "",
    }));
  }

  document.addEventListener("visibilitychange", compare);
  addEventListener("focus", compare);

  /* What every sheet says at its foot, at the moment of printing: in the margins of the paper, where the
     browser prints them, in the stamp of the article, and in the title, which names a saved file. */
  const WEEKDAY = { weekday: "long", day: "numeric", month: "long", year: "numeric" };
  const CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short" };

  function pieces(moment) {
    const parts = new Intl.DateTimeFormat("en-GB", { ...LONDON, ...WEEKDAY, ...CLOCK }).formatToParts(moment);
    return Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  }

  /* A string of a style sheet: nothing in it can end the string. */
  function quoted(text) {
    return `"${text.replace(/["\\\p{Cc}]/gu, (letter) => `\\${letter.codePointAt(0).toString(16)} `)}"`;
  }

  const root = document.documentElement;
  let before;

  function stampSheets() {
    unstamp();
    const { weekday, day, month, year, hour, minute, timeZoneName } = pieces(new Date());
    const stamp = stampOf();
    const printed = `Printed on ${weekday} ${day} ${month} ${year} at ${hour}:${minute} ${timeZoneName}`;
    const late = [
      ...(tab.newer ? [tab.newer] : []),
      ...(tab.answered < today() ? [`Opened on ${dateInWords(tab.opened)}`] : []),
    ];
    before = { title: document.title, lines: [] };
    for (const line of document.querySelectorAll("[data-chapterhouse^=stamp] [data-printed]")) {
      before.lines.push([line, line.textContent]);
      line.textContent = [printed, ...late].join(". ");
    }
    const said = stamp ? [...stamp.querySelectorAll("p")].map((line) => line.textContent.trim())
      : [document.title, printed, address()];
    root.style.setProperty("--ch-foot", quoted(said.join("\n")));
    before.printing = `${stamp?.dataset.title ?? document.title}, printed ${day} ${month} ${year} ${hour}.${minute}`;
    document.title = before.printing;
  }

  function unstamp() {
    if (!before) return;
    for (const [line, words] of before.lines) line.textContent = words;
    root.style.removeProperty("--ch-foot");
    if (document.title === before.printing) document.title = before.title;
    before = undefined;
  }

  if ("CSSMarginRule" in window) root.classList.add("ch-margins");
  addEventListener("beforeprint", stampSheets);
  addEventListener("afterprint", unstamp);

  /* Material opens the menu, its parts and the search, and changes the colours, by labels that no key can
     reach or that are read out as something else: buttons take their place. Its style sheet knows some of
     them by what they are `for`. */
  function press(label, attributes) {
    const toggle = document.getElementById(label.htmlFor);
    if (!toggle) return;
    const button = element("button", { type: "button", class: label.className, for: toggle.id, ...attributes },
      ...label.childNodes);
    button.hidden = label.hidden;
    button.addEventListener("click", () => {
      toggle.click();
      follows(toggle.id, button)?.focus();
    });
    if (toggle.type === "checkbox") {
      const tell = () => button.setAttribute("aria-expanded", String(toggle.checked));
      toggle.addEventListener("change", tell);
      tell();
    }
    label.replaceWith(button);
    return button;
  }

  const MENU = ".md-sidebar--primary";

  /* Where the focus goes from a button: into what it has opened, or to the one that takes it back. */
  function follows(target, button) {
    if (target === "__search") return document.querySelector("[data-md-component=search-query]");
    const choice = {
      __drawer: `${MENU} :is(a, button)`,
      __palette_0: "[for=__palette_1]",
      __palette_1: "[for=__palette_0]",
    }[target] ?? `${MENU} [for="${target}"]`;
    return [...document.querySelectorAll(choice)].find((one) => one !== button
      && one.checkVisibility({ visibilityProperty: true }));
  }

  function reach() {
    for (const [target, name] of [["__drawer", "Menu"], ["__search", "Search"]]) {
      const label = document.querySelector(`label.md-header__button[for=${target}]`);
      if (label) press(label, { "aria-label": name });
    }
    for (const label of document.querySelectorAll(`${MENU} label[for]:not([for=__drawer])`)) {
      press(label, label.id ? { id: label.id } : {});
    }
    for (const label of document.querySelectorAll("label[for^=__palette]")) {
      label.previousElementSibling.hidden = true;
      /* Material answers Enter as well, and would change the colours back. */
      press(label, { title: label.title, "aria-label": label.title })
        ?.addEventListener("keydown", (event) => event.stopPropagation());
    }
  }

  /* The menu of a narrow screen lies over the page: it closes when the focus leaves it. */
  function shut() {
    const toggle = document.getElementById("__drawer");
    if (toggle?.checked) toggle.click();
  }

  document.addEventListener("focusout", ({ target, relatedTarget }) => {
    if (relatedTarget && target.closest(MENU) && !relatedTarget.closest(MENU)) shut();
  });
  document.addEventListener("keydown", ({ key, target }) => {
    if (key !== "Escape" || !target.closest(MENU)) return;
    document.querySelector("button[for=__drawer]")?.focus();
  });

  /* Material makes a place to navigate by of the other words of each result: there would be many, all alike. */
  const results = document.querySelector("[data-md-component=search-result]");
  if (results) new MutationObserver(() => {
    for (const words of results.querySelectorAll(".md-tags:not([role])")) words.setAttribute("role", "none");
  }).observe(results, { childList: true, subtree: true });

  function start() {
    opened();
    listen();
    hide();
    follow();
    reword();
    offer();
    filter();
    narrow();
    pick();
    then();
    check();
    copied();
    remember();
    reach();
  }

  if (typeof document$ !== "undefined") document$.subscribe(start);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
  document.addEventListener("visibilitychange", reword);
})();
