// Nothing that a reporter typed is lost: not by leaving the page, not by a save that did not arrive.

const form = document.querySelector("#article_form");
const body = document.querySelector("#id_body");

if (form && body) {
  const key = `unsaved:${location.pathname}`;
  let dirty = false;

  form.addEventListener("input", () => { dirty = true; });
  form.addEventListener("submit", () => {
    dirty = false;
    sessionStorage.setItem(key, body.value);
  });
  addEventListener("beforeunload", (leaving) => {
    if (dirty) {
      sessionStorage.setItem(key, body.value);
      leaving.preventDefault();
    }
  });

  if (document.querySelector(".messagelist .success")) {
    Object.keys(sessionStorage).filter((name) => name.startsWith("unsaved:")).forEach((name) => sessionStorage.removeItem(name));
  }

  // What was last sent or left is here already, unless it did not arrive.
  const left = sessionStorage.getItem(key);
  sessionStorage.removeItem(key);
  const isForm = document.querySelector(".errornote") !== null;
  if (left && !isForm && wordsOf(left) !== wordsOf(body.value)) offer(left);

  addEventListener("load", () => {
    document.querySelector(".prose-editor [role=textbox]")?.setAttribute("aria-label", "Body");
  });
}

function wordsOf(html) {
  return new DOMParser().parseFromString(html, "text/html").body.textContent.replace(/\s+/g, " ").trim();
}

function offer(html) {
  const notice = document.createElement("details");
  notice.className = "rescue";
  notice.open = true;
  const summary = document.createElement("summary");
  summary.textContent = "This text was typed here and not saved. Copy what you need.";
  const words = document.createElement("p");
  words.textContent = wordsOf(html);
  notice.append(summary, words);
  form.before(notice);
}
