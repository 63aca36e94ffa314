// Marks a phrase in what is drawn, without touching the elements that Blazor keeps: the browser paints it (CSS highlights).
// Where it cannot, the row that was found is marked all the same.
const Most = 2000;
let marked = null;

export function markPhrase(root, phrase) {
  if (!globalThis.Highlight) return;
  const wanted = phrase.toLowerCase();
  const ranges = [];
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); wanted && node && ranges.length < Most; node = texts.nextNode()) {
    const text = node.data.toLowerCase();
    if (text.length !== node.data.length) continue;
    for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
      const range = new Range();
      range.setStart(node, at);
      range.setEnd(node, at + wanted.length);
      ranges.push(range);
    }
  }

  marked = root;
  CSS.highlights.set('found', new Highlight(...ranges));
}

export function unmark(root) {
  if (marked !== root) return;
  marked = null;
  CSS.highlights.delete('found');
}
