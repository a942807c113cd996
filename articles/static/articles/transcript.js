// A transcript beside the text: words of it are put into the story at a press, recorded, with whose they are.

import { editor, insertMarked, takeOut } from "./places.js";
import { isRecorded, record } from "./recorded.js";

const form = document.querySelector("#article_form");
const beside = form?.querySelector("[data-beside-text]");

if (beside) {
  const standing = form.querySelector("#about-story");
  let path = "";
  let opener = null;

  const shut = () => {
    beside.hidden = true;
    standing.hidden = false;
    beside.replaceChildren();
    path = "";
    // The panel may have been drawn anew since.
    (opener?.isConnected ? opener : standing.querySelector("[data-transcript]"))?.focus();
  };

  async function show(wanted) {
    let shown;
    try {
      const answer = await fetch(wanted, { redirect: "error" });
      if (!answer.ok) throw new Error(answer.status);
      shown = await answer.text();
    } catch {
      document.querySelector("[data-saved]").textContent = "The transcript did not come: the desk does not answer. Try again.";
      return;
    }
    const from = path === wanted ? beside.scrollTop : 0;
    path = wanted;
    beside.innerHTML = shown;
    beside.hidden = false;
    standing.hidden = true;
    beside.scrollTop = from;
  }

  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const { dataset } = button;
    if (dataset.transcript) {
      opener = button;
      show(dataset.transcript).then(() => beside.querySelector("[data-find-in]")?.focus());
    } else if (dataset.document) {
      open(dataset);
    } else if ("shutTranscript" in dataset) {
      shut();
    } else if ("put" in dataset) {
      put(button.closest("[data-segment]"));
    } else if ("sayDate" in dataset) {
      date();
    } else if ("rest" in dataset) {
      rest(button.closest("[data-segment]"));
    }
  });
  // In the panel, and in the bar that asks whose words they are, which stands outside the form.
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-record-heard]");
    if (button) recordHeard(button.dataset);
  });
  beside.addEventListener("keydown", (pressed) => {
    if (pressed.key === "Escape" && !pressed.target.value) shut();
    // Enter in the search is no press of the page's first button.
    if (pressed.key === "Enter" && pressed.target.matches("[data-find-in]")) pressed.preventDefault();
  });
  // What is looked for is not typed into the story.
  beside.addEventListener("input", (typed) => typed.stopImmediatePropagation());

  // A document of the notebook is read first, which may take a moment.
  async function open({ document: entry, documentAt }) {
    const say = (told) => { document.querySelector("[data-saved]").textContent = told; };
    const sent = new FormData();
    sent.set("entry", entry);
    say("Reading the document …");
    const told = await record(documentAt, sent, say);
    if (!told) return;
    say(told.told);
    if (told.path) show(told.path);
  }

  // --- What is selected in a passage, in whole words; or all of it

  function selected(passage) {
    const chosen = getSelection();
    const words = passage.querySelector("[data-words]");
    if (!chosen.rangeCount || chosen.isCollapsed) return "";
    const range = chosen.getRangeAt(0);
    if (!words.contains(range.startContainer) || !words.contains(range.endContainer)) return "";
    const text = words.textContent;
    const upTo = document.createRange();
    upTo.selectNodeContents(words);
    upTo.setEnd(range.startContainer, range.startOffset);
    let from = upTo.toString().length;
    let to = from + range.toString().length;
    while (from < to && /\s/u.test(text[from])) from += 1;
    while (to > from && /\s/u.test(text[to - 1])) to -= 1;
    while (from > 0 && /\S/u.test(text[from - 1])) from -= 1;
    while (to < text.length && /\S/u.test(text[to])) to += 1;
    return text.slice(from, to);
  }

  let chosen = null; // a press takes the selection away, on some telephones
  document.addEventListener("selectionchange", () => {
    const passage = getSelection().anchorNode?.parentElement?.closest("[data-beside-text] [data-segment]");
    for (const button of beside.querySelectorAll("[data-put]")) button.textContent = "Put into the story";
    chosen = null;
    const words = passage && selected(passage);
    if (!words) return;
    chosen = { passage, words };
    const button = passage.querySelector("[data-put]");
    if (button) button.textContent = "Put these words into the story";
  });
  // So that it is still selected when it is pressed.
  beside.addEventListener("mousedown", (pressed) => { if (pressed.target.closest("[data-put], [data-rest]")) pressed.preventDefault(); });

  const say = (told) => { beside.querySelector("[data-put-told]").textContent = told; };

  // What is selected in a passage, or all of it, recorded; and then shown so.
  async function recorded(passage, then) {
    const words = chosen?.passage === passage ? chosen.words : passage.querySelector("[data-words]").textContent;
    const sent = new FormData();
    sent.set("words", words);
    say("");
    const told = await record(path, sent, say);
    if (!told) return;
    const done = then(told);
    const at = path;
    await show(at);
    say(done);
  }

  function put(passage) {
    const writing = editor();
    if (!writing) return;
    recorded(passage, (told) => {
      insertMarked(writing, told.quote, told.words, told.after);
      isRecorded(told, () => takeOut(writing, told.quote, told.after));
      return "It stands in the story. Save when you are done.";
    });
  }

  async function date() {
    const sent = new FormData();
    sent.set("held_on", beside.querySelector("[data-dated]").value);
    const told = await record(path, sent, say);
    if (!told) return;
    await show(path);
    say(told.told);
  }

  // The reporter's own words, as they are selected in the text, rest on a passage of a document.
  function rest(passage) {
    const writing = editor();
    const { from, to, empty } = writing?.state.selection ?? { empty: true };
    if (empty) {
      say("Select the words of your text that rest on this first.");
      return;
    }
    const mark = (chain) => chain.setTextSelection({ from, to });
    recorded(passage, (told) => {
      mark(writing.chain().focus()).setMark("quoteMark", { quote: told.quote }).run();
      isRecorded(told, () => mark(writing.chain().focus()).unsetMark("quoteMark").run());
      return "They rest on it now. Save when you are done.";
    });
  }

  // A quotation of the text that nobody has recorded and a transcript has.
  async function recordHeard({ recordHeard: at, said }) {
    const sent = new FormData();
    sent.set("words", said);
    const told = await record(at, sent, (why) => { document.querySelector("[data-saved]").textContent = why; });
    if (told) isRecorded(told);
  }
}
