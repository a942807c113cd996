// What an interview left: ten seconds of a recording from a place in it, and words looked for in a transcript.

const TEN = 10; // seconds
let stopAt = null;

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-play]");
  if (!button) return;
  const player = document.querySelector(`[data-recording="${button.dataset.of}"]`);
  if (!player) return;
  // A second before: the first word is whole then.
  const from = Math.max(0, Number(button.dataset.play) - 1);
  for (const other of document.querySelectorAll("audio")) if (other !== player) other.pause();
  const begin = () => {
    player.currentTime = from;
    stopAt = { player, at: from + 1 + TEN };
    player.play().catch(() => { player.focus(); });
  };
  if (player.readyState >= 1) begin();
  else {
    player.addEventListener("loadedmetadata", begin, { once: true });
    player.load();
  }
});

document.addEventListener("timeupdate", (event) => {
  if (stopAt && event.target === stopAt.player && stopAt.player.currentTime >= stopAt.at) {
    stopAt.player.pause();
    stopAt = null;
  }
}, true);
// Whoever goes on by hand hears the rest.
document.addEventListener("seeking", (event) => {
  if (stopAt && event.target === stopAt.player && Math.abs(stopAt.player.currentTime - stopAt.at) > TEN + 2) stopAt = null;
}, true);

const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/[\u2018\u2019]/g, "'").replace(/[^\p{L}\p{N}' ]+/gu, " ").replace(/\s+/g, " ").trim();

document.addEventListener("input", (event) => {
  if (!event.target.matches("[data-find-in]")) return;
  const wanted = plain(event.target.value);
  const around = event.target.closest(".talking");
  let found = 0;
  for (const turn of around.querySelectorAll("[data-segment]")) {
    const has = !wanted || plain(turn.querySelector("[data-words]").textContent).includes(wanted);
    turn.hidden = !has;
    found += has;
  }
  around.querySelector("[data-found-in]").textContent = !wanted ? "" : found ? `In ${found} passage${found === 1 ? "" : "s"}` : "Not in these words";
}, true); // before a form around it, in which this is not typed
