// Moves into the card only when that takes nothing away: never out of a composer with text, or from another control.
export function focusFirst(card, force) {
  const active = document.activeElement;
  const isFree = !active || active === document.body || active.id === 'main' || active.tagName === 'H1'
    || (active.tagName === 'TEXTAREA' && active.value === '') || card.contains(active);
  if (force || isFree) card.querySelector('input:checked, input, textarea')?.focus({ preventScroll: false });
}
