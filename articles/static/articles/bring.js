// Files dropped or chosen are sent one after the other; each says by itself how far it is, and what became of it.

import { bar, posted, takesDrops, tellLost } from "./sending.js";

const form = document.querySelector("[data-drop]");
const list = document.querySelector("[data-brought]");

if (form) {
  const input = form.querySelector("[type=file]");
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  let queue = Promise.resolve();
  let waiting = 0;
  addEventListener("beforeunload", (leaving) => { if (waiting) leaving.preventDefault(); });

  const bring = (files) => {
    for (const file of files) {
      const row = document.createElement("li");
      list.append(row);
      waitFor(file, row);
    }
  };

  function waitFor(file, row) {
    const told = document.createElement("span");
    told.textContent = file.name;
    const progress = bar(file.name);
    row.replaceChildren(told, progress);
    waiting += 1;
    queue = queue.then(() => send(file, row, progress)).finally(() => {
      waiting -= 1;
      if (!waiting) shownAnew();
    });
  }

  async function send(file, row, progress) {
    const data = new FormData();
    data.append("csrfmiddlewaretoken", token);
    data.append("part", "1");
    data.append("files", file);
    try {
      const told = document.createElement("template");
      told.innerHTML = await posted(form.action, data, progress);
      row.replaceWith(told.content);
    } catch {
      tellLost(row, file.name, () => waitFor(file, row));
    }
  }

  // What else the page says of what was brought.
  async function shownAnew() {
    const part = form.dataset.then && document.querySelector(form.dataset.then);
    if (!part) return;
    const answer = await fetch(location.href).catch(() => null);
    if (!answer?.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const anew = page.querySelector(form.dataset.then);
    if (anew) part.replaceWith(anew);
  }

  form.addEventListener("submit", (submitted) => {
    submitted.preventDefault();
    bring(input.files);
    input.value = "";
  });
  input.addEventListener("change", () => {
    bring(input.files);
    input.value = "";
  });
  takesDrops(form, bring);
}
