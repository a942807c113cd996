// The panel beside a story: checked again as it is typed, and each remedy at one press.

import { editor, insertMarked, range, readText } from "./places.js";

const WAIT = 700; // milliseconds after the last key
const form = document.querySelector("#article_form");
const panel = document.querySelector("[data-panel]");

if (form && panel) {
  let timer;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(refresh, WAIT);
  };
  form.addEventListener("input", later);
  form.addEventListener("submit", () => clearTimeout(timer));
  addEventListener("prose-editor:ready", ({ detail }) => detail.editor.on("update", later));
  editor()?.on("update", later);
  panel.addEventListener("click", press);
  // What was recorded beside the text is looked at at once.
  form.addEventListener("story:recorded", refresh);
}

let asked = 0;
let underWay;

async function refresh() {
  const number = ++asked;
  underWay?.abort();
  underWay = new AbortController();
  const typed = new FormData(form);
  const sent = new FormData();
  for (const name of ["csrfmiddlewaretoken", "headline", "deck", "kicker", "dateline", "body"]) {
    if (typed.has(name)) sent.set(name, typed.get(name));
  }
  panel.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(panel.dataset.panel, { method: "POST", body: sent, redirect: "error", signal: underWay.signal });
    if (!answer.ok) throw new Error(answer.status);
    const shown = await answer.text();
    if (number === asked) show(shown);
  } catch {
    if (number === asked) panel.dataset.stale = "";
  } finally {
    if (number === asked) panel.removeAttribute("aria-busy");
  }
}

function show(html) {
  const open = [...panel.querySelectorAll("details[id]")].map(({ id, open }) => [id, open]);
  panel.innerHTML = html;
  delete panel.dataset.stale;
  for (const [id, wasOpen] of open) {
    const details = document.getElementById(id);
    if (details) details.open = wasOpen;
  }
  form.dispatchEvent(new Event("story:checked"));
}

function press({ target }) {
  const button = target.closest("button[type=button]");
  const writing = editor();
  if (!button || !writing) return;
  const { start, end, words, edits, insert, quote } = button.dataset;
  if (start) select(writing, +start, +end, words);
  if (edits) replace(writing, JSON.parse(edits));
  if (insert) insertStatement(writing, insert);
  if (quote) insertMarked(writing, quote, words);
}

function select(writing, start, end, words) {
  const chosen = range(writing, start, end, words);
  if (chosen) writing.chain().focus().setTextSelection(chosen).scrollIntoView().run();
}

// All of them, or none: where a word has moved or changed since the check, it is checked again first.
function replace(writing, edits) {
  const { text } = readText(writing);
  const fits = ([start, end, , before]) => text.slice(start, end).join("") === before;
  if (!edits.every(fits)) {
    refresh();
    return;
  }
  const chain = writing.chain().focus();
  for (const [start, end, words] of edits.toReversed()) {
    chain.insertContentAt(range(writing, start, end), { type: "text", text: words });
  }
  chain.run();
}

// Where the writer is; and at the end of a text in which nobody has been yet, never before its lead.
function insertStatement(writing, text) {
  const { from } = writing.state.selection;
  const isUntouched = !writing.isFocused && from <= 1;
  const chain = writing.chain();
  if (isUntouched) chain.insertContentAt(writing.state.doc.content.size, { type: "paragraph", content: [{ type: "text", text }] });
  else chain.focus().insertContent({ type: "text", text });
  chain.run();
}
