(() => {
  const blocks = [...document.querySelectorAll(".story-body > *")];
  const link = document.querySelector(".go-on");
  const key = `place:${location.pathname}`;
  try {
    const place = Number(localStorage.getItem(key));
    if (place > 2 && place < blocks.length - 1 && !location.hash && scrollY < 200) {
      link.hidden = false;
      link.addEventListener("click", (pressed) => {
        pressed.preventDefault();
        link.hidden = true;
        blocks[place].scrollIntoView();
      });
    }
    addEventListener("pagehide", () => {
      const read = blocks.findIndex((block) => block.getBoundingClientRect().bottom > 0);
      localStorage.setItem(key, read);
    });
  } catch {}
})();
