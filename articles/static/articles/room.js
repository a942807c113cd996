// The writing room: a headline and a deck that grow, words that are counted, keys, and saving without leaving.

import { editor, range } from "./places.js";

const form = document.querySelector("#article_form");
const saved = document.querySelector("[data-saved]");

if (form?.querySelector("[data-writing]")) {
  const line = (id) => document.querySelector(id);
  const [headline, deck] = ["#id_headline", "#id_deck"].map(line);

  // --- Lines that grow, and how long they are

  const grow = (field) => {
    if (CSS.supports("field-sizing", "content")) return;
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight}px`;
  };
  const counters = [...form.querySelectorAll("[data-counts]")];
  const count = () => {
    for (const counter of counters) {
      const length = [...document.getElementById(counter.dataset.counts).value].length;
      const { good, most } = counter.dataset;
      counter.textContent = length > good * 0.8 ? `${length} of ${length > good ? most : good}${length > good ? ": cut off in search and on cards" : ""}` : "";
      counter.classList.toggle("is-look", length > good);
    }
  };
  for (const field of [headline, deck]) {
    field.addEventListener("input", () => {
      if (/[\r\n]/.test(field.value)) field.value = field.value.replace(/\s*[\r\n]+\s*/g, " ");
      grow(field);
      count();
    });
    field.addEventListener("keydown", (pressed) => {
      if (pressed.key !== "Enter" || pressed.isComposing) return;
      pressed.preventDefault();
      if (pressed.ctrlKey || pressed.metaKey) return;
      if (field === headline) deck.focus();
      else editor()?.commands.focus("start");
    });
    grow(field);
  }
  count();
  if (!headline.value) headline.focus();

  const told = form.querySelector("[data-words]");
  const countWords = () => {
    const words = (editor()?.getText({ blockSeparator: " " }) ?? "").split(/\s+/).filter(Boolean).length;
    const minutes = Math.max(1, Math.round(words / 230));
    told.textContent = words ? `${words} word${words === 1 ? "" : "s"}, ${minutes} min` : "";
  };

  // --- Saving, and staying

  const revision = document.querySelector("#id_seen_revision");
  const hasRowsToMake = () => [...form.querySelectorAll("[name$='-TOTAL_FORMS']")].some((total) => {
    const initial = form.querySelector(`[name="${total.name.replace("TOTAL", "INITIAL")}"]`);
    return Number(total.value) > Number(initial.value);
  });
  // An attempt that is logged, or struck, is logged once: the page comes anew, with its line empty.
  const hasAttempts = () => [...form.querySelectorAll("[name$='-attempt_at']")].some((field) => field.value) || form.querySelector("[name$='-taken_back']:checked") !== null;
  const hasFiles = () => [...form.querySelectorAll("[type=file]")].some((field) => field.files.length);
  const say = (words, isWrong = false) => {
    saved.textContent = words;
    saved.classList.toggle("is-stop", isWrong);
  };

  let keeping = null;
  let typed = 0;
  async function keep() {
    // What makes rows or brings files is saved as ever, and the page comes anew with them.
    if (hasRowsToMake() || hasAttempts() || hasFiles()) {
      form.requestSubmit(form.querySelector("[data-keep]"));
      return false;
    }
    const data = new FormData(form);
    const sent = typed;
    data.set("_keep", "1");
    say("Saving …");
    try {
      const answer = await fetch(location.pathname, { method: "POST", body: data, redirect: "manual" });
      // Logged out, or logged in elsewhere: sent as ever, the desk says so, and offers the text again.
      if (answer.type === "opaqueredirect" || answer.status === 403) {
        setTimeout(() => form.requestSubmit(form.querySelector("[name=_continue]")));
        return false;
      }
      if (answer.headers.get("content-type")?.startsWith("application/json") && answer.ok) {
        const kept = await answer.json();
        revision.value = kept.revision;
        const slug = document.querySelector("#id_slug");
        if (slug) slug.value = kept.slug;
        // What was typed while it was on its way is not saved.
        if (typed === sent) {
          say(`Saved ${kept.at}`);
          form.dispatchEvent(new Event("story:kept"));
        } else say("Not saved yet");
        return true;
      }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const wrong = [...page.querySelectorAll(".errorlist li, .errornote")].map((each) => each.textContent.trim());
      say(`Not saved. ${wrong.slice(0, 3).join(" ") || "The desk refused it."}`, true);
    } catch {
      say("Not saved: the desk does not answer. Your words are here; try again.", true);
    }
    return false;
  }
  const save = () => {
    keeping ??= keep().finally(() => { keeping = null; });
    return keeping;
  };
  form.addEventListener("input", () => {
    typed += 1;
    if (saved.textContent.startsWith("Saved")) say("Not saved yet");
  });

  // A button that is pressed while a save is on its way waits for it: it would send what is old by then.
  form.addEventListener("submit", (submitted) => {
    if (!keeping) return;
    submitted.preventDefault();
    submitted.stopImmediatePropagation();
    keeping.then(() => form.requestSubmit(submitted.submitter));
  }, { capture: true });

  // --- Keys

  document.addEventListener("keydown", (pressed) => {
    const withControl = pressed.ctrlKey || pressed.metaKey;
    if (withControl && pressed.key.toLowerCase() === "s") {
      pressed.preventDefault();
      save();
    } else if (withControl && pressed.key === "Enter") {
      const next = form.querySelector("[data-next]");
      if (next && !document.querySelector("dialog[open], [data-whose-form]")) {
        pressed.preventDefault();
        form.requestSubmit(next);
      }
    }
  });
  // Before the button sends the whole page: what can be kept without leaving is.
  form.querySelector("[data-keep]")?.addEventListener("click", (click) => {
    if (hasRowsToMake() || hasAttempts() || hasFiles()) return;
    click.preventDefault();
    save();
  });

  // --- Parts open where one is led

  const open = () => {
    const wanted = location.hash ? document.getElementById(location.hash.slice(1)) : null;
    const part = wanted?.closest("details.part");
    if (part) {
      part.open = true;
      wanted.scrollIntoView({ block: "nearest" });
    }
    // Where it is filled in, if it is one field.
    const fields = wanted?.id.endsWith("-field") ? wanted.querySelectorAll("input, textarea, select, .tiptap, .select2-selection") : [];
    [...fields].find((field) => field.checkVisibility() && field.tabIndex >= 0)?.focus();
  };
  addEventListener("hashchange", open);
  form.addEventListener("click", ({ target }) => {
    if (target.closest("a[href^='#']")?.hash === location.hash) setTimeout(open);
  });
  if (document.querySelector(".messagelist")) {
    // What the desk has to say stands at the top: an address with a part of the page in it would hide that.
    history.replaceState(null, "", location.pathname + location.search);
    scrollTo(0, 0);
  } else open();

  // --- The margin: whose each quotation is, and how it stands to the record

  const margin = form.querySelector("[data-margin]");
  const highlights = globalThis.Highlight && CSS.highlights;
  const draw = () => {
    const writing = editor();
    const list = document.querySelector("[data-footings]");
    if (!writing || !list) return;
    const top = margin.getBoundingClientRect().top;
    const marks = { backed: [], look: [], stop: [] };
    const drawn = [];
    for (const { dataset } of list.children) {
      const at = range(writing, Number(dataset.start), Number(dataset.end), dataset.words);
      if (!at?.from) continue;
      const place = writing.view.coordsAtPos(at.from).top - top;
      const footing = document.createElement(dataset.path ? "a" : "button");
      if (dataset.path) footing.href = dataset.path;
      else Object.assign(footing, { type: "button" }).dataset.whose = dataset.words;
      footing.className = `footing is-${dataset.tone}`;
      const who = document.createElement("strong");
      who.textContent = dataset.who;
      const how = document.createElement("small");
      how.textContent = dataset.how;
      footing.append(who, how);
      drawn.push([footing, place]);
      const words = document.createRange();
      const [from, to] = [at.from, at.to].map((each) => writing.view.domAtPos(each));
      try {
        words.setStart(from.node, from.offset);
        words.setEnd(to.node, to.offset);
        marks[dataset.tone]?.push(words);
      } catch { /* the text has moved on: the next check draws it anew */ }
    }
    margin.replaceChildren(...drawn.map(([footing]) => footing));
    // None lies over another: a long name takes more lines than one.
    let below = -Infinity;
    for (const [footing, place] of drawn) {
      below = Math.max(place, below);
      footing.style.top = `${below}px`;
      below += footing.offsetHeight + 4;
    }
    if (highlights) for (const [tone, ranges] of Object.entries(marks)) highlights.set(tone, new Highlight(...ranges));
  };
  let frame;
  const redraw = () => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(draw);
  };
  form.addEventListener("story:checked", redraw);
  // Whatever moves the lines: a wider window, a face that has come, a headline of two lines.
  new ResizeObserver(redraw).observe(form.querySelector("[data-writing]"));
  new ResizeObserver(redraw).observe(form.querySelector(".sheet-head"));
  const begin = () => {
    countWords();
    redraw();
    editor()?.on("update", () => {
      countWords();
      redraw();
    });
  };
  if (editor()) begin();
  else addEventListener("prose-editor:ready", begin, { once: true });
}
