// What every page of the desk answers to: Ctrl-K finds and does, / goes to the search of a list, Alt-N begins a story,
// ? tells the keys.

// Keys of one sign can be shut off: whoever speaks to the machine, or has a hand that slips, presses them unawares.
const SINGLE = "desk:single-keys-off";
const opener = document.querySelector("[data-find]");

document.addEventListener("keydown", (pressed) => {
  if ((pressed.ctrlKey || pressed.metaKey) && !pressed.altKey && pressed.key.toLowerCase() === "k") {
    // In a text it makes a link, as everywhere.
    if (opener && !pressed.target.closest?.(".ProseMirror")) {
      pressed.preventDefault();
      open();
    }
    return;
  }
  if (pressed.altKey && pressed.code === "KeyN") {
    document.querySelector("[data-begin]")?.click();
    return;
  }
  if (pressed.ctrlKey || pressed.metaKey || pressed.altKey || isTypedInto(pressed.target)) return;
  if (localStorage.getItem(SINGLE)) return;
  if (pressed.key === "?") {
    tellKeys();
  } else if (pressed.key === "/") {
    const search = document.querySelector("[data-search]");
    if (search) {
      pressed.preventDefault();
      search.select();
    }
  }
});

opener?.addEventListener("click", (click) => {
  if (!click.ctrlKey && !click.metaKey && !click.shiftKey) {
    click.preventDefault();
    open();
  }
});

// One menu at a time, and none once something else is pressed.
document.addEventListener("click", (click) => {
  for (const menu of document.querySelectorAll("details.chip[open]")) {
    if (!menu.contains(click.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (pressed) => {
  const menu = pressed.key === "Escape" && pressed.target.closest?.("details.chip[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// Choosers of rows are drawn by select2, which names none of its parts.
const nameChoosers = () => {
  for (const chooser of document.querySelectorAll(".select2-container")) {
    const select = chooser.previousElementSibling;
    const name = select?.getAttribute("aria-label") ?? select?.labels?.[0]?.textContent.replace(/:\s*$/, "").trim();
    if (!name) continue;
    for (const part of chooser.querySelectorAll(".select2-selection, .select2-search__field, .select2-selection__rendered[role=textbox]")) {
      part.removeAttribute("aria-labelledby");
      part.setAttribute("aria-label", name);
    }
    // What is chosen are buttons beside a field, and no list of items.
    const list = chooser.querySelector("ul.select2-selection__rendered");
    for (const part of [list, ...(list?.children ?? [])]) part?.setAttribute("role", "presentation");
  }
};
if (document.querySelector(".admin-autocomplete")) {
  nameChoosers();
  // It draws them when it likes, and anew with each choice.
  new MutationObserver(nameChoosers).observe(document.querySelector("#content"), { childList: true, subtree: true });
}

// What was typed and not sent is not lost by a link: the browser asks first. The writing room keeps its own.
for (const form of document.querySelectorAll("form[method=post]:not(.room):not(.menu)")) {
  let typed = false;
  form.addEventListener("input", ({ target }) => { typed ||= target.matches("textarea, [type=text], [type=url]"); });
  form.addEventListener("submit", () => { typed = false; });
  addEventListener("beforeunload", (leaving) => { if (typed) leaving.preventDefault(); });
}

// What is ticked is counted by Django's script in tables alone.
const ticks = document.querySelectorAll("li .action-select");
if (ticks.length) {
  const told = document.querySelector(".action-counter");
  const all = document.querySelector("#action-toggle");
  const count = () => {
    const chosen = [...ticks].filter((tick) => tick.checked).length;
    if (told) told.textContent = `${chosen} of ${ticks.length} chosen`;
    if (all) all.checked = chosen === ticks.length;
  };
  all?.addEventListener("change", () => {
    for (const tick of ticks) tick.checked = all.checked;
    count();
  });
  for (const tick of ticks) tick.addEventListener("change", count);
  count();
}

// So is a text editor, beside a field that is hidden behind it.
const nameEditors = () => {
  for (const box of document.querySelectorAll(".prose-editor [role=textbox]")) {
    const label = box.closest(".form-row")?.querySelector(":scope label:not(.prose-editor label)");
    box.setAttribute("aria-label", label?.textContent.replace(/:\s*$/, "").trim() || "Body");
  }
};
addEventListener("prose-editor:ready", nameEditors);
nameEditors();

function tellKeys() {
  // One that is shut is there until its event has come.
  document.querySelector(".keys-told")?.remove();
  const dialog = document.createElement("dialog");
  dialog.className = "finder keys-told";
  dialog.setAttribute("aria-label", "Keys");
  for (const keys of document.querySelectorAll("[data-keys]")) dialog.append(keys.content.cloneNode(true));
  const shut = dialog.querySelector("[data-single-keys]");
  shut.addEventListener("change", () => {
    if (shut.checked) localStorage.setItem(SINGLE, "1");
    else localStorage.removeItem(SINGLE);
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  shut.checked = Boolean(localStorage.getItem(SINGLE));
  dialog.showModal();
}
document.querySelector("[data-tell-keys]")?.addEventListener("click", tellKeys);

function isTypedInto(element) {
  return element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);
}

let box;

function open() {
  box ??= makeBox();
  box.showModal();
  box.querySelector("input").select();
  look();
}

function makeBox() {
  const dialog = document.createElement("dialog");
  dialog.className = "finder";
  dialog.setAttribute("aria-label", "Find or do");
  const form = document.createElement("form");
  form.className = "find";
  form.action = opener.href;
  const input = document.createElement("input");
  input.type = "search";
  input.name = "q";
  input.placeholder = "A word, a name, something to do";
  input.setAttribute("aria-label", "Find or do");
  input.autocomplete = "off";
  form.append(input);
  const results = document.createElement("div");
  results.dataset.found = "";
  results.setAttribute("aria-live", "polite");
  dialog.append(form, results);
  document.body.append(dialog);
  let waits;
  input.addEventListener("input", () => {
    clearTimeout(waits);
    waits = setTimeout(look, 120);
  });
  dialog.addEventListener("keydown", (pressed) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[pressed.key];
    if (!step) return;
    pressed.preventDefault();
    const stops = [input, ...results.querySelectorAll("a, button")];
    const here = stops.indexOf(document.activeElement);
    stops[(here + step + stops.length) % stops.length].focus();
  });
  // Enter in the field takes the first that was found.
  form.addEventListener("submit", (submitted) => {
    const first = results.querySelector("a, button");
    if (first && results.dataset.found === input.value) {
      submitted.preventDefault();
      first.click();
    }
  });
  dialog.addEventListener("click", (click) => {
    if (click.target === dialog) dialog.close();
  });
  return dialog;
}

async function look() {
  const input = box.querySelector("input");
  const results = box.querySelector("[data-found]");
  const typed = input.value;
  try {
    const answer = await fetch(`${opener.href}?part=1&q=${encodeURIComponent(typed)}`);
    if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
    const found = await answer.text();
    // An answer that comes after a later one is of words that are not asked for any more.
    if (typed === input.value) {
      results.innerHTML = found;
      results.dataset.found = typed;
    }
  } catch {
    results.textContent = "The desk does not answer. Press Enter to try again.";
  }
}
