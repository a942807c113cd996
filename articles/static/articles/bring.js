// Photos dropped or chosen are sent one after the other; each says by itself what became of it.

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
      const told = document.createElement("span");
      told.textContent = `${file.name} is on its way.`;
      row.append(told);
      list.append(row);
      waiting += 1;
      queue = queue.then(() => send(file, row)).finally(() => { waiting -= 1; });
    }
  };

  async function send(file, row) {
    const data = new FormData();
    data.append("csrfmiddlewaretoken", token);
    data.append("part", "1");
    data.append("files", file);
    try {
      const answer = await fetch(form.action, { method: "POST", body: data, redirect: "error" });
      if (!answer.ok) throw new Error(answer.status);
      const told = document.createElement("template");
      told.innerHTML = await answer.text();
      row.replaceWith(told.content);
    } catch {
      row.textContent = `${file.name} did not arrive. `;
      const again = document.createElement("button");
      again.className = "button";
      again.textContent = "Send it again";
      again.addEventListener("click", () => send(file, row), { once: true });
      row.append(again);
    }
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
  for (const over of ["dragenter", "dragover"]) {
    form.addEventListener(over, (event) => {
      event.preventDefault();
      form.classList.add("is-over");
    });
  }
  for (const gone of ["dragleave", "drop"]) form.addEventListener(gone, () => form.classList.remove("is-over"));
  form.addEventListener("drop", (dropped) => {
    dropped.preventDefault();
    bring(dropped.dataTransfer.files);
  });
}
