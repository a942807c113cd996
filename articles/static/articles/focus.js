// The point of a photo that every crop keeps: by pointing, by arrow keys, or typed into its two fields.

const stage = document.querySelector("[data-focus]");
const fields = ["#id_focal_x", "#id_focal_y"].map((id) => document.querySelector(id));

if (stage) {
  const ring = stage.querySelector(".ring");
  const crops = document.querySelectorAll("[data-crop]");
  const point = () => fields.map((field) => Math.min(1, Math.max(0, Number(field?.value ?? 0.5) || 0)));

  const show = () => {
    const [x, y] = point();
    ring.hidden = false;
    ring.style.left = `${x * 100}%`;
    ring.style.top = `${y * 100}%`;
    for (const crop of crops) crop.style.objectPosition = `${x * 100}% ${y * 100}%`;
    stage.setAttribute("aria-description", `${Math.round(x * 100)} per cent across, ${Math.round(y * 100)} down`);
  };
  const move = (x, y) => {
    [x, y].forEach((share, axis) => {
      fields[axis].value = Math.min(1, Math.max(0, share)).toFixed(3);
    });
    show();
  };
  const pointed = (event) => {
    const { left, top, width, height } = stage.querySelector("img").getBoundingClientRect();
    move((event.clientX - left) / width, (event.clientY - top) / height);
  };

  show();
  if (fields.every(Boolean)) {
    fields.forEach((field) => field.addEventListener("input", show));
    stage.addEventListener("pointerdown", (event) => {
      stage.setPointerCapture(event.pointerId);
      pointed(event);
    });
    stage.addEventListener("pointermove", (event) => {
      if (stage.hasPointerCapture(event.pointerId)) pointed(event);
    });
    stage.addEventListener("keydown", (pressed) => {
      const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[pressed.key] ?? [0, 0];
      if (!dx && !dy) return;
      pressed.preventDefault();
      const step = pressed.shiftKey ? 0.005 : 0.03;
      const [x, y] = point();
      move(x + dx * step, y + dy * step);
    });
  }
}
