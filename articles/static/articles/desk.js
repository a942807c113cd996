// A story's text is kept in this tab until it is saved: leaving asks first, and a save that did not
// arrive is offered back.

const form = document.querySelector("#article_form");
const body = document.querySelector("#id_body");

if (form && body) {
  const person = document.querySelector("#user-tools strong")?.textContent ?? "";
  const keyOf = (path) => `unsaved:${person}:${path}`;
  const key = keyOf(location.pathname);
  let dirty = false;

  form.addEventListener("input", () => { dirty = true; });
  form.addEventListener("submit", () => {
    dirty = false;
    sessionStorage.setItem(key, body.value);
  });
  form.addEventListener("story:kept", () => {
    dirty = false;
    sessionStorage.removeItem(key);
  });
  addEventListener("beforeunload", (leaving) => {
    if (dirty) {
      sessionStorage.setItem(key, body.value);
      leaving.preventDefault();
    }
  });

  // What was last sent or left stands here already, unless it did not arrive.
  const add = location.pathname.replace(/\d+\/change\/$/, "add/");
  const arrived = document.querySelector(".messagelist .success") !== null;
  const refused = document.querySelector(".errornote") !== null;
  const left = sessionStorage.getItem(key);
  if (arrived || (left && wordsOf(left) === wordsOf(body.value))) {
    [key, keyOf(add)].forEach((name) => sessionStorage.removeItem(name));
  } else if (left && !refused) {
    offer(left);
  }
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
