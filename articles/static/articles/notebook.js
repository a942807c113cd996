// The files of a notebook: chosen or dropped, each goes at once and by itself, and stays whatever becomes of the form.

import { bar, posted, takesDrops, tellLost } from "./sending.js";

const group = document.querySelector("#notebook-group");
const path = document.querySelector("[data-uploads]")?.dataset.uploads;
const token = document.querySelector("[name=csrfmiddlewaretoken]");
const KINDS = { csv: "dataset", tsv: "dataset", mp4: "video" };

if (group) {
  let queue = Promise.resolve();
  let waiting = 0;
  addEventListener("beforeunload", (leaving) => { if (waiting) leaving.preventDefault(); });

  function send(file, input) {
    const place = input.closest("[data-arriving]");
    const arrived = place.querySelector("[data-arrived]");
    const progress = bar(file.name);
    arrived.replaceChildren(file.name, " ", progress);
    waiting += 1;
    queue = queue.then(async () => {
      const data = new FormData();
      data.append("csrfmiddlewaretoken", token.value);
      // As the row is numbered now: one that was taken out moves those behind it.
      data.append("prefix", input.name.replace(/-file$/, ""));
      data.append("file", file);
      try {
        arrived.innerHTML = await posted(path, data, progress);
        // In one line, and not all that stands there now.
        place.querySelector("[data-arrived-told]").textContent = arrived.querySelector("p")?.textContent ?? "";
      } catch {
        tellLost(arrived, file.name, () => send(file, input));
      }
    }).finally(() => { waiting -= 1; });
    // It has gone: with the form it would go once more.
    input.value = "";
  }

  group.addEventListener("change", ({ target }) => {
    if (target.matches("[data-arriving] [type=file]") && target.files.length) send(target.files[0], target);
  });
  group.addEventListener("click", ({ target }) => {
    if (target.matches("[data-take-out]")) target.closest("[data-arrived]").replaceChildren();
  });

  // Each dropped file gets a row of its own, with its name as the title until somebody writes a better one.
  function rowFor(file) {
    group.querySelector(".add-row a")?.click();
    const row = [...group.querySelectorAll(".inline-related:not(.empty-form)")].at(-1);
    const name = file.name.replace(/\.[^.]+$/, "").replace(/[_-]+/g, " ");
    row.querySelector("[name$='-title']").value = name;
    row.querySelector("[name$='-kind']").value = KINDS[file.name.split(".").pop().toLowerCase()] ?? "document";
    return row.querySelector("[type=file]");
  }
  const bring = (files) => { for (const file of files) send(file, rowFor(file)); };

  if (group.querySelector(".empty-form [type=file]")) {
    const drop = document.createElement("p");
    drop.className = "drop is-low";
    const label = document.createElement("label");
    label.textContent = "Let files go here, or choose them ";
    const input = document.createElement("input");
    Object.assign(input, { type: "file", multiple: true });
    label.append(input);
    drop.append(label);
    group.prepend(drop);
    input.addEventListener("change", () => {
      bring(input.files);
      input.value = "";
    });
    takesDrops(drop, bring);
  }
}
