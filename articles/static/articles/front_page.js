// Stories of the front are moved by mouse and keys as its buttons move them, without asking the desk; what is not
// published yet is only in the form.

const form = document.querySelector("[data-front]");
const places = form?.querySelector("[data-places]");

if (form && form.querySelector("[name=publish]")) {
  const told = form.querySelector("[data-told]");
  const keys = () => [...places.children].map((place) => place.dataset.story);
  const before = form.dataset.before.split(",").filter(Boolean);

  const number = () => {
    [...places.children].forEach((place, at) => {
      place.querySelector("[data-place]").textContent = at ? `${at + 1}` : "Lead";
    });
    const now = keys();
    const moved = new Set([...before, ...now].filter((key) => before.indexOf(key) !== now.indexOf(key))).size;
    told.textContent = moved ? `Not published yet: ${moved} ${moved === 1 ? "story stands" : "stories stand"} elsewhere.` : "As readers see it.";
  };
  const move = (place, step) => {
    const to = [...places.children].indexOf(place) + step;
    if (to < 0 || to >= places.children.length) return;
    if (step > 0) place.nextElementSibling.after(place);
    else place.previousElementSibling.before(place);
    place.focus();
    number();
  };
  const off = (place) => {
    const next = place.nextElementSibling ?? place.previousElementSibling;
    place.remove();
    next?.focus();
    number();
  };

  // A story that comes is drawn by the desk: its buttons stay forms. What is here already moves at once.
  form.addEventListener("click", (click) => {
    const button = click.target.closest("button");
    const place = button?.closest(".front-place");
    if (!place) return;
    click.preventDefault();
    if (button.name === "off") off(place);
    else move(place, button.name === "up" ? -1 : 1);
    if (button.isConnected) button.focus();
  });
  places.addEventListener("keydown", (pressed) => {
    const place = pressed.target.closest(".front-place");
    if (place !== pressed.target) return;
    const siblings = { ArrowUp: place.previousElementSibling, ArrowDown: place.nextElementSibling };
    if (pressed.altKey && pressed.key in siblings) move(place, pressed.key === "ArrowUp" ? -1 : 1);
    else if (pressed.key in siblings) siblings[pressed.key]?.focus();
    else if (pressed.key === "Delete") off(place);
    else return;
    pressed.preventDefault();
  });

  let dragged = null;
  places.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.(".front-place");
    if (dragged) event.dataTransfer.effectAllowed = "move";
  });
  places.addEventListener("dragover", (event) => {
    const over = event.target.closest(".front-place");
    if (!dragged || !over) return;
    event.preventDefault();
    if (over === dragged) return;
    const all = [...places.children];
    if (all.indexOf(over) > all.indexOf(dragged)) over.after(dragged);
    else over.before(dragged);
  });
  places.addEventListener("drop", (event) => event.preventDefault());
  places.addEventListener("dragend", () => {
    dragged = null;
    number();
  });

  let sends = false;
  form.addEventListener("submit", () => { sends = true; });
  addEventListener("beforeunload", (leaving) => {
    if (!sends && keys().join() !== before.join()) leaving.preventDefault();
  });
}
