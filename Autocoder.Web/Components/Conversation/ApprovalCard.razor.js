// To the card and not into it, so that no key that was meant for something else presses one of its buttons; and never
// away from what somebody is doing.
export function focusCard(card) {
  const active = document.activeElement;
  const isFree = !active || active === document.body || active.id === 'main' || active.tagName === 'H1'
    || (active.tagName === 'TEXTAREA' && active.value === '') || card.contains(active);
  if (isFree) card.focus({ preventScroll: false });
}
