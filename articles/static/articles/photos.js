// The chooser of photos beside a story: one press puts a photo into the text.

const photos = document.querySelector("[data-photos]");
const editor = () => document.querySelector("#id_body")?.closest(".form-row")?.querySelector(".tiptap")?.editor;

if (photos) {
  const wanted = photos.querySelector("[type=search]");
  const list = photos.querySelector("ul");

  photos.addEventListener("click", ({ target }) => {
    const choice = target.closest("[data-photo]");
    if (choice) editor()?.chain().focus().insertPhoto(choice.dataset.photo).run();
    else if (target.closest("button")) find();
  });
  // What is looked for is no part of the story: nothing is checked, kept or sent for it.
  photos.addEventListener("input", (typed) => typed.stopPropagation());
  wanted.addEventListener("keydown", (pressed) => {
    if (pressed.key !== "Enter") return;
    pressed.preventDefault();
    find();
  });

  async function find() {
    const none = photos.querySelector("[role=status]");
    try {
      const answer = await fetch(`${photos.dataset.photos}?${new URLSearchParams({ q: wanted.value })}`, { redirect: "error" });
      if (!answer.ok) throw new Error(answer.status);
      const found = document.createElement("template");
      found.innerHTML = await answer.text();
      const choices = [...found.content.querySelectorAll("li")];
      none.textContent = choices.length ? "" : "No photo says that.";
      // The others stay behind them: the editor looks here for what a photo shows.
      for (const choice of choices.toReversed()) {
        list.querySelector(`[data-photo="${choice.firstElementChild.dataset.photo}"]`)?.parentElement.remove();
        list.prepend(choice);
      }
      list.scrollTop = 0;
    } catch {
      none.textContent = "The desk did not answer. Try again.";
    }
  }
}
