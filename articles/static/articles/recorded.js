// What was recorded beside the text: the form has it too, and it can be taken back.

const form = document.querySelector("#article_form");
const place = form?.querySelector("[data-whose]");
const revision = document.querySelector("#id_seen_revision");
const token = () => form.querySelector("[name=csrfmiddlewaretoken]").value;

// Saved without, the form would take the source out of the story again.
function chosen(id, row) {
  const select = document.querySelector(id);
  if (!select || !row || select.querySelector(`option[value="${row.id}"]`)) return;
  select.append(new Option(row.text, row.id, true, true));
  select.dispatchEvent(new Event("change", { bubbles: true }));
}

function offerUndo(told, undone) {
  const notice = document.querySelector("[data-saved]");
  notice.textContent = `${told.told} `;
  if (!told.quote || told.undo === false) return;
  const undo = document.createElement("button");
  undo.type = "button";
  undo.className = "button bare";
  undo.textContent = "Undo";
  undo.addEventListener("click", async () => {
    const sent = new FormData();
    sent.set("csrfmiddlewaretoken", token());
    sent.set("undo", told.quote);
    const answer = await fetch(place.dataset.whose, { method: "POST", body: sent, redirect: "error" });
    const back = await answer.json();
    notice.textContent = answer.ok ? "Taken back." : back.refused;
    if (back.revision) revision.value = back.revision;
    for (const [id, key] of [["#id_interviews", back.interview], ["#id_sources", back.source]]) {
      const option = key && document.querySelector(`${id} option[value="${key}"]`);
      if (!option) continue;
      const select = option.parentElement;
      option.remove();
      select.dispatchEvent(new Event("change", { bubbles: true }));
    }
    if (answer.ok) undone?.();
    form.dispatchEvent(new Event("story:recorded"));
  });
  notice.append(undo);
}

// Sends what is to be recorded; what the desk made of it, or null with `refuse` told why.
export async function record(path, sent, refuse) {
  sent.set("csrfmiddlewaretoken", token());
  sent.set("seen_revision", revision.value);
  try {
    const answer = await fetch(path, { method: "POST", body: sent, redirect: "error" });
    const told = await answer.json();
    if (answer.ok) return told;
    refuse(told.refused);
  } catch {
    refuse("Not recorded: the desk does not answer. Try again.");
  }
  return null;
}

export function isRecorded(told, undone) {
  revision.value = told.revision;
  chosen("#id_sources", told.source);
  chosen("#id_interviews", told.interview);
  offerUndo(told, undone);
  form.dispatchEvent(new Event("story:recorded"));
}
