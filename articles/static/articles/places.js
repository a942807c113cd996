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

// Recorded words, tied to their quote, where the writer is; in a text in which nobody has been yet, at its end.
export function insertMarked(writing, key, words, after = "") {
  const marked = [{ type: "quoteMark", attrs: { quote: key } }];
  const text = (given, marks) => ({ type: "text", text: given, ...(marks && { marks }) });
  const content = [text("“"), text(words, marked), text("”"), ...(after ? [text(after)] : [])];
  const { from } = writing.state.selection;
  const chain = writing.chain();
  if (from <= 1 && !writing.isFocused && writing.state.doc.textContent) {
    chain.insertContentAt(writing.state.doc.content.size, { type: "paragraph", content }).run();
    return;
  }
  // Behind what is selected, and not in its place.
  const { $to, to } = writing.state.selection;
  const before = $to.parent.textBetween(0, $to.parentOffset, "\n", " ");
  if (before && !/[\s(—]$/u.test(before)) content.unshift(text(" "));
  chain.focus().setTextSelection(to).insertContent(content).run();
}

// The same out again, as far as it stands there as it was put in.
export function takeOut(writing, key, after = "") {
  const { doc } = writing.state;
  let from = null;
  let to = null;
  doc.descendants((node, at) => {
    if (!node.marks.some(({ type, attrs }) => type.name === "quoteMark" && String(attrs.quote) === String(key))) return;
    // The last of them, if its words stand in several places: what lies between is somebody's text.
    from = at === to ? from : at;
    to = at + node.nodeSize;
  });
  if (from === null) return;
  const reads = (start, end) => (start >= 0 && end <= doc.content.size ? doc.textBetween(start, end, "\n", " ") : "");
  if (reads(from - 1, from) === "“") from -= 1;
  if (reads(from - 1, from) === " ") from -= 1;
  if (reads(to, to + 1 + after.length) === `”${after}`) to += 1 + after.length;
  writing.chain().focus().deleteRange({ from, to }).run();
}
