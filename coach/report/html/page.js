"use strict";
(() => {
  const root = document.documentElement;
  const byId = (id) => document.getElementById(id);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const texts = JSON.parse(byId("page-texts").textContent);
  const kept = { notes: {}, ticks: {}, ...JSON.parse(byId("page-notes").textContent) };
  const put = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  let dirty = false;

  const changed = () => {
    dirty = true;
    const unsaved = byId("unsaved");
    if (unsaved && !unsaved.textContent) unsaved.textContent = texts.unsaved;
  };

  /* Ticks: a finding has its boxes in several places, which show the same. */
  const showTick = (key) => {
    const value = kept.ticks[key] ?? "";
    for (const box of all(`[data-marks="${CSS.escape(key)}"] input`)) box.checked = box.dataset.tick === value;
    const box = document.querySelector(`[data-marks="${CSS.escape(key)}"] input[data-tick="${value}"]`);
    for (const state of all(`[data-state="${CSS.escape(key)}"]`)) {
      state.textContent = box ? box.parentElement.textContent.trim() : "";
      const card = state.closest(".card, .task");
      if (value) card.dataset.ticked = value;
      else delete card.dataset.ticked;
    }
  };
  document.addEventListener("change", (event) => {
    const tick = event.target.dataset.tick;
    if (!tick) return;
    const key = event.target.closest("[data-marks]").dataset.marks;
    if (event.target.checked) kept.ticks[key] = tick;
    else delete kept.ticks[key];
    showTick(key);
    changed();
  });

  /* Notes: at a call, at a finding (in all its places) or at a turn, where the box is made when it is wanted. */
  const noteBox = (key, place, id) => {
    const box = document.createElement("div");
    box.className = "note";
    box.dataset.note = key;
    const label = document.createElement("label");
    label.className = "note-name quiet";
    label.htmlFor = id;
    label.textContent = place.querySelector("[data-add]").getAttribute("aria-label");
    const area = document.createElement("textarea");
    area.id = id;
    area.rows = 2;
    area.dir = "auto";
    const shown = document.createElement("div");
    shown.className = "note-text";
    shown.dir = "auto";
    box.append(label, area, shown);
    place.append(box);
    return box;
  };
  const noteBoxes = (key) => {
    const found = all(`[data-note="${CSS.escape(key)}"]`);
    if (found.length) return found;
    const places = all(`[data-marks="${CSS.escape(key)}"]`).map((marks) => marks.parentElement);
    const turn = byId(key)?.matches(".turn") ? [byId(key).querySelector(".turn-main")] : [];
    return [...places, ...turn].map((place, at) => noteBox(key, place, `n-${key}${at ? `-${at}` : ""}`));
  };
  const showNote = (key, from) => {
    const text = kept.notes[key] ?? "";
    for (const box of noteBoxes(key)) {
      const area = box.querySelector("textarea");
      if (area !== from) area.value = text;
      box.querySelector(".note-text").textContent = text;
    }
  };
  document.addEventListener("input", (event) => {
    const box = event.target.closest("[data-note]");
    if (!box) return;
    const key = box.dataset.note;
    if (event.target.value) kept.notes[key] = event.target.value;
    else delete kept.notes[key];
    showNote(key, event.target);
    changed();
  });

  /* Links: what they lead to is shown, whatever is filtered or folded. */
  const reveal = (id) => {
    const target = id && byId(id);
    if (!target) return;
    if (target.matches("details")) target.open = true;
    const folded = target.closest("details:not([open])");
    if (folded) folded.open = true;
    if (target.closest("[hidden]")) {
      const form = target.closest("section").querySelector("form");
      form?.reset();
    }
    const show = () => target.scrollIntoView({ block: target.offsetHeight > innerHeight / 2 ? "start" : "center" });
    show();
    target.focus({ preventScroll: true });
    requestAnimationFrame(show); /* again, once what is on the way there has its true height */
  };
  const here = () => decodeURIComponent(location.hash.slice(1));
  addEventListener("hashchange", () => reveal(here()));
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link && link.hash === location.hash) setTimeout(() => reveal(here()));
    const place = event.target.closest("[data-goto]");
    if (place) location.hash = place.dataset.goto;
    const add = event.target.closest("[data-add]");
    if (add) {
      const boxes = noteBoxes(add.dataset.add);
      const near = boxes.find((box) => add.closest(".task, .card, .turn")?.contains(box));
      near?.querySelector("textarea").focus();
    }
  });

  /* Filters */
  for (const form of all("[data-filters]")) {
    const section = byId(form.dataset.filters);
    const turns = all(".turn", section).map((turn) => ({ turn, cards: all(".card", turn) }));
    const number = turns.reduce((sum, { cards }) => sum + cards.length, 0);
    const apply = () => {
      const chosen = new FormData(form);
      const dimensions = new Set(chosen.getAll("dimension"));
      const severities = new Set(chosen.getAll("severity"));
      const only = chosen.has("only");
      let shown = 0;
      for (const { turn, cards } of turns) {
        let left = 0;
        for (const card of cards) {
          card.hidden = !(dimensions.has(card.dataset.dimension) && severities.has(card.dataset.severity));
          if (!card.hidden) left += 1;
        }
        shown += left;
        turn.hidden = only && !left;
      }
      form.querySelector("[data-count]").textContent = put(texts.count, { n: shown, all: number });
    };
    form.addEventListener("change", apply);
    form.addEventListener("reset", () => setTimeout(apply));
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => {
      for (const { turn, cards } of turns) for (const item of [turn, ...cards]) item.hidden = false;
    });
    apply();
  }

  /* Files: made here, downloaded from here */
  const download = (name, type, text) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };
  const stem = () => {
    const file = decodeURIComponent(location.pathname.split("/").pop() ?? "").replace(/\.html?$/i, "");
    return (file || "coach").replace(new RegExp(`-${texts.suffix}( ?\\(\\d+\\))?$`), "");
  };
  const page = () => {
    const copy = root.cloneNode(true);
    const inCopy = (id) => copy.querySelector(`#${id}`);
    copy.classList.remove("js");
    delete copy.dataset.theme;
    for (const item of all(".turn, .card", copy)) item.hidden = false;
    for (const item of all(".card", copy)) item.open = false;
    for (const item of all("#unsaved, [data-count]", copy)) item.textContent = "";
    for (const box of all("[data-marks] input", copy)) {
      const key = box.closest("[data-marks]").dataset.marks;
      box.toggleAttribute("checked", kept.ticks[key] === box.dataset.tick);
    }
    for (const box of all(".note", copy)) {
      if (!kept.notes[box.dataset.note] && !box.closest(".own-notes")) box.remove();
    }
    for (const box of all("[data-note]", copy)) box.querySelector("textarea").textContent = kept.notes[box.dataset.note] ?? "";
    const data = JSON.stringify(kept).replace(/[<>&\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
    inCopy("page-notes").textContent = data;
    const end = copy.querySelector("body").lastChild;
    if (end.nodeType === Node.TEXT_NODE) end.remove(); /* what follows the page is taken into it and would add up */
    return `<!doctype html>\n${copy.outerHTML}\n`;
  };
  byId("save")?.addEventListener("click", () => {
    const name = `${stem()}-${texts.suffix}.html`;
    download(name, "text/html;charset=utf-8", page());
    dirty = false;
    byId("unsaved").textContent = put(texts.saved, { name });
  });

  const cell = (text) => (/[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const labels = () => {
    const calls = all(".call").map((call) => {
      const cards = all("[data-card]", call).map(({ dataset }) => ({ ...dataset, tick: kept.ticks[dataset.card] ?? "" }));
      const rows = cards
        .filter((card) => card.tick !== "wrong")
        .map((card) => [call.dataset.call, card.turn, card.rule, card.tick ? "" : "yes"]);
      return { ticked: cards.some((card) => card.tick), rows: rows.length ? rows : [[call.dataset.call, "", "", ""]] };
    });
    const some = calls.some((call) => call.ticked);
    const rows = calls.filter((call) => call.ticked || !some).flatMap((call) => call.rows);
    return [["call", "turn", "rule", "optional"], ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
  };
  byId("export")?.addEventListener("click", () => download(`${stem()}-labels.csv`, "text/csv;charset=utf-8", labels()));

  byId("print").addEventListener("click", () => print());
  byId("theme").addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });
  addEventListener("beforeunload", (event) => {
    if (dirty) event.preventDefault();
  });

  root.classList.add("js");
  for (const key of Object.keys(kept.ticks)) showTick(key);
  for (const key of Object.keys(kept.notes)) showNote(key);
  if (location.hash) reveal(here());
})();
