// Photos and pull quotes in the editor: as articles/text/body.py keeps them in a story's text.

import { Node } from "django-prose-editor/editor";

// Where something goes that stands by itself: behind the block in which the selection ends, or in its
// place if that block is empty.
function placeAt({ $to }) {
  if (!$to.depth) return { from: $to.pos, to: $to.pos };
  const isEmpty = $to.depth === 1 && !$to.parent.content.size;
  return { from: isEmpty ? $to.before(1) : $to.after(1), to: $to.after(1) };
}

export const PullQuote = Node.create({
  name: "pullQuote",
  group: "block",
  content: "inline*",
  marks: "bold italic",
  defining: true,
  parseHTML: () => [{ tag: "aside" }],
  renderHTML: () => ["aside", 0],

  addCommands() {
    return {
      // Selected words are said again in a pull quote; without any, the paragraph becomes one.
      pullQuote: () => ({ editor, state, commands }) => {
        const { from, to, empty } = state.selection;
        if (empty || editor.isActive(this.name)) return commands.toggleNode(this.name, "paragraph");
        const text = state.doc.textBetween(from, to, " ", " ").trim();
        if (!text) return false;
        return commands.insertContentAt(placeAt(state.selection).to, { type: this.name, content: [{ type: "text", text }] });
      },
    };
  },

  addKeyboardShortcuts() {
    return { "Mod-Alt-q": () => this.editor.commands.pullQuote() };
  },

  addMenuItems({ buttons, menu }) {
    menu.defineItem({
      name: this.name,
      groups: "nodes",
      button: buttons.text("Pull quote", "pull quote"),
      active: (editor) => editor.isActive("pullQuote"),
      command: (editor) => editor.chain().focus().pullQuote().run(),
    });
  },
});

export const StoryPhoto = Node.create({
  name: "storyPhoto",
  group: "block",
  atom: true,
  draggable: true,

  addAttributes() {
    return {
      photo: {
        default: null,
        parseHTML: (element) => element.getAttribute("data-photo"),
        renderHTML: ({ photo }) => ({ "data-photo": photo }),
      },
    };
  },
  parseHTML: () => [{ tag: "figure[data-photo]" }],
  // A text of one element with nothing in it is taken for no text at all: the desk drops the <br>.
  renderHTML: ({ HTMLAttributes }) => ["figure", HTMLAttributes, ["br"]],

  addCommands() {
    return {
      insertPhoto: (photo) => ({ state, chain }) => {
        const place = placeAt(state.selection);
        return chain().insertContentAt(place, { type: this.name, attrs: { photo } }).setNodeSelection(place.from).scrollIntoView().run();
      },
      // Past the block before it (-1) or after it (1).
      movePhoto: (by) => ({ state, tr, commands }) => {
        const { node, $from } = state.selection;
        const other = node?.type === this.type && $from.parent.maybeChild($from.index() + by);
        if (!other) return false;
        const at = $from.pos + by * other.nodeSize;
        tr.delete($from.pos, $from.pos + node.nodeSize).insert(at, node);
        return commands.setNodeSelection(at);
      },
    };
  },

  addKeyboardShortcuts() {
    return {
      "Alt-ArrowUp": () => this.editor.commands.movePhoto(-1),
      "Alt-ArrowDown": () => this.editor.commands.movePhoto(1),
    };
  },

  addNodeView() {
    return ({ node, editor, getPos }) => {
      const chosen = () => editor.chain().focus().setNodeSelection(getPos());
      const dom = document.createElement("figure");
      dom.dataset.photo = node.attrs.photo;
      dom.append(
        ...shown(node.attrs.photo),
        tools([
          ["Move up", () => chosen().movePhoto(-1).run()],
          ["Move down", () => chosen().movePhoto(1).run()],
          ["Remove", () => chosen().deleteSelection().run()],
        ]),
      );
      return {
        dom,
        stopEvent: ({ target }) => target.closest("button") !== null,
        ignoreMutation: () => true,
      };
    };
  },
});

// The picture and the caption, as the chooser beside the story has them.
function shown(key) {
  const choice = document.querySelector(`[data-photos] [data-photo="${CSS.escape(key)}"]`);
  const caption = document.createElement("figcaption");
  caption.textContent = choice?.dataset.caption ?? `Photo ${key} shows here once the story is saved, if the library has it.`;
  if (!choice) return [caption];
  const picture = document.createElement("img");
  picture.src = choice.dataset.src;
  picture.alt = choice.dataset.alt;
  picture.draggable = false; // the figure is what is dragged
  return [picture, caption];
}

function tools(named) {
  const bar = document.createElement("div");
  bar.className = "photo-tools";
  for (const [name, press] of named) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = name;
    button.addEventListener("click", press);
    bar.append(button);
  }
  return bar;
}
