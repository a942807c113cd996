// Places in a story: as the check counts them in its plain text, and as the editor does in its document.

export const editor = () => document.querySelector("#id_body")?.closest(".form-row")?.querySelector(".tiptap")?.editor;

// The text as the check reads it: a line for each block, white space collapsed. `at` gives, for each
// of its characters, the place in the editor's document.
export function readText(writing) {
  const text = [];
  const at = [];
  writing.state.doc.descendants((block, place) => {
    if (!block.isTextblock) return true;
    if (block.type.name === "pullQuote") return false; // says again what the story says
    let begun = false;
    block.forEach((inline, offset) => {
      let here = place + 1 + offset;
      for (const letter of inline.isText ? inline.text : " ") {
        const isBlank = /[^\S\u00a0]/u.test(letter);
        if (!isBlank || (begun && text.at(-1) !== " ")) {
          if (!begun && text.length) {
            text.push("\n");
            at.push(here);
          }
          begun = true;
          text.push(isBlank ? " " : letter);
          at.push(here);
        }
        here += letter.length;
      }
    });
    return false;
  });
  return { text, at };
}

export function range(writing, start, end, words) {
  const { text, at } = readText(writing);
  if (words !== undefined && text.slice(start, end).join("") !== words) {
    const found = Array.from(text.join("").split(words)[0]).length;
    if (found === text.length) return null;
    [start, end] = [found, found + Array.from(words).length];
  }
  return { from: at[start], to: at[end - 1] + text[end - 1].length };
}
