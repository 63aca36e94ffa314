// Brings a line of the file into the middle of the view, without moving the focus.
export function show(id) {
  document.getElementById(id)?.scrollIntoView({ block: 'center', inline: 'nearest' });
}
