// “Whose words?”: under a quotation that was just closed, or words that are selected, a bar asks one thing.

import { editor } from "./places.js";
import { isRecorded, record as keep } from "./recorded.js";

const form = document.querySelector("#article_form");
const place = form?.querySelector("[data-whose]");

if (place) {
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  let bar = null;
  let asked = 0;

  const close = () => {
    bar?.remove();
    bar = null;
  };

  async function ask(words, coords, query = "") {
    const number = ++asked;
    const sent = new FormData();
    sent.set("csrfmiddlewaretoken", token);
    for (const name of ["headline", "deck", "body"]) sent.set(name, new FormData(form).get(name) ?? "");
    sent.set("words", words);
    if (query) sent.set("q", query);
    let shown;
    try {
      const answer = await fetch(place.dataset.whose, { method: "POST", body: sent, redirect: "error" });
      if (!answer.ok) return;
      shown = await answer.text();
    } catch {
      return; // the panel says that the desk does not answer
    }
    if (number !== asked) return;
    const had = bar?.querySelector("[name=q]") === document.activeElement;
    close();
    const drawn = document.createElement("template");
    drawn.innerHTML = shown;
    bar = drawn.content.firstElementChild;
    document.body.append(bar);
    bar.style.top = `${Math.min(coords.bottom + 8, innerHeight - 80) + scrollY}px`;
    // Within the text, so that what the check says stays in view.
    const { left, right } = place.getBoundingClientRect();
    bar.style.left = `${Math.max(8, Math.min(coords.left, right - bar.offsetWidth), Math.min(left, innerWidth - bar.offsetWidth - 8))}px`;
    bar.scrollIntoView({ block: "nearest" });
    listen(words, coords);
    const field = bar.querySelector("[name=q]");
    field.value = query;
    if (had) field.focus();
  }

  function listen(words, coords) {
    const { who } = bar.elements;
    const people = [...(who.length ? who : [who])];
    const choose = (radio) => {
      radio.checked = true;
      bar.elements.how.value = radio.dataset.how;
      bar.elements.terms.value = radio.dataset.terms;
      bar.dataset.who = radio.value;
      if ("new" in radio.dataset) bar.querySelector(`.${radio.value} input`).focus();
      else bar.querySelector("[name=quoted]").focus();
    };
    for (const radio of people) radio.addEventListener("click", () => choose(radio));
    let waits;
    bar.elements.q.addEventListener("input", ({ target }) => {
      clearTimeout(waits);
      waits = setTimeout(() => ask(words, coords, target.value), 250);
    });
    bar.addEventListener("input", (typed) => typed.stopPropagation());
    for (const button of bar.querySelectorAll("[data-close]")) button.addEventListener("click", () => { close(); editor()?.commands.focus(); });
    bar.addEventListener("keydown", (pressed) => {
      const number = Number(pressed.key);
      if (pressed.key === "Escape") {
        close();
        editor()?.commands.focus();
      } else if (number && people[number - 1] && pressed.target.type !== "search" && pressed.target.type !== "text") {
        pressed.preventDefault();
        choose(people[number - 1]);
      }
    });
    bar.addEventListener("submit", (submitted) => {
      submitted.preventDefault();
      record(submitted.submitter?.value ?? "1");
    });
  }

  async function record(quoted) {
    const sent = new FormData(bar);
    if (quoted) sent.set("is_quoted", "on");
    const refused = bar.querySelector("[data-refused]");
    if (!sent.get("who")) {
      refused.textContent = "Choose who said it.";
      return;
    }
    const told = await keep(place.dataset.whose, sent, (why) => { refused.textContent = why; });
    if (!told) return;
    close();
    isRecorded(told);
    editor()?.commands.focus();
  }

  // What was recorded from a transcript leaves nothing to be asked.
  form.addEventListener("story:recorded", close);

  // --- When it is asked

  const wordsBefore = (writing) => {
    const { $from } = writing.state.selection;
    const before = $from.parent.textBetween(0, $from.parentOffset, "\n", " ");
    return /[“«„"]([^“”«»„"]{3,})[”»“"]$/u.exec(before)?.[1] ?? "";
  };
  const under = (writing, pos) => writing.view.coordsAtPos(pos);

  const begin = () => {
    const writing = editor();
    // A mark that closes a quotation; whatever else is typed is writing on, and the bar is out of the way.
    let length = writing.state.doc.textContent.length;
    writing.on("update", () => {
      const now = writing.state.doc.textContent.length;
      const typed = now === length + 1 && writing.state.selection.empty;
      length = now;
      const words = typed ? wordsBefore(writing) : "";
      if (words) ask(words, under(writing, writing.state.selection.from));
      else if (bar && !bar.contains(document.activeElement)) close();
    });
    const selected = () => {
      const { from, to, empty } = writing.state.selection;
      const words = empty ? "" : writing.state.doc.textBetween(from, to, " ").trim();
      return words.length > 3 && words.length < 2000 ? { words, to } : null;
    };
    writing.view.dom.addEventListener("mouseup", () => setTimeout(() => {
      const found = selected();
      if (found) ask(found.words, under(writing, found.to));
      else if (bar && !bar.contains(document.activeElement)) close();
    }));
    document.addEventListener("keydown", (pressed) => {
      // While one writes on: Alt and its number choose somebody of the bar.
      const chosen = pressed.altKey && bar?.querySelectorAll("[name=who]")[Number(pressed.code.replace("Digit", "")) - 1];
      if (chosen) {
        pressed.preventDefault();
        chosen.click();
        return;
      }
      if (!pressed.altKey || pressed.code !== "KeyW") return;
      const words = wordsBefore(writing);
      const found = selected() ?? (words && { words, to: writing.state.selection.from });
      if (found) {
        pressed.preventDefault();
        ask(found.words, under(writing, found.to)).then(() => bar?.querySelector("[name=q]").focus());
      }
    });
    form.addEventListener("click", ({ target }) => {
      const footing = target.closest("[data-margin] [data-whose]");
      if (footing) ask(footing.dataset.whose, footing.getBoundingClientRect());
    });
  };
  if (editor()) begin();
  else addEventListener("prose-editor:ready", begin, { once: true });
}
