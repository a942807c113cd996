// The writer's mark in the editor: it ties the words of a quotation to a recorded quote.

import { Mark } from "django-prose-editor/editor";

export const QuoteMark = Mark.create({
  name: "quoteMark",
  inclusive: false,
  addAttributes() {
    return {
      quote: {
        default: null,
        parseHTML: (element) => element.getAttribute("data-quote"),
        renderHTML: ({ quote }) => ({ "data-quote": quote }),
      },
    };
  },
  parseHTML: () => [{ tag: "mark[data-quote]" }],
  renderHTML: ({ HTMLAttributes }) => ["mark", HTMLAttributes, 0],
});
