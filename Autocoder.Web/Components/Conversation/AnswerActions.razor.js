// The marked text, when it is in the answer above these buttons; otherwise nothing.
export function marked(root, most) {
  const selection = getSelection();
  const answer = root.parentElement?.querySelector('.markdown');
  if (!answer || selection.isCollapsed || !answer.contains(selection.anchorNode) || !answer.contains(selection.focusNode)) return null;
  return selection.toString().slice(0, most);
}
