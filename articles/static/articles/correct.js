// Words that are selected in what readers see become the wrong words of a correction.

const text = document.querySelector("[data-live]");

document.addEventListener("selectionchange", pick);
pick(); // selected before this was loaded

function pick() {
  const selection = getSelection();
  const words = selection.toString().trim();
  if (!words || !text?.contains(selection.anchorNode) || !text.contains(selection.focusNode)) return;
  const fields = [...document.querySelectorAll("textarea[name$='-wrong']")];
  const field = fields.find((each) => each.dataset.picked === "") ?? fields.find((each) => !each.value);
  if (!field) return;
  field.closest("details")?.setAttribute("open", "");
  fields.forEach((each) => delete each.dataset.picked);
  field.dataset.picked = "";
  field.value = words;
}

// Once they are selected, the right ones are typed: where they are wanted, not in the text.
text?.addEventListener("pointerup", () => {
  document.querySelector("textarea[data-picked]")?.closest(".pair").querySelector("textarea[name$='-right']").focus({ preventScroll: true });
});

// Once the right words are typed, the next selection goes to the next pair.
document.addEventListener("input", ({ target }) => {
  if (!target.name?.endsWith("-right")) return;
  const wrong = document.querySelector(`[name="${target.name.replace("-right", "-wrong")}"]`);
  delete wrong.dataset.picked;
});
