let before = null;
let bar = null;

export function take(input) {
  bar = input.form;
  if (!bar.contains(document.activeElement)) before = document.activeElement;
  input.focus();
  input.select();
  input.addEventListener('keydown', event => {
    if (event.key === 'Enter' && event.shiftKey) event.preventDefault();
  });
}

// Back to where one was, unless the focus has gone elsewhere by itself. The bar may still be there, or have gone already.
export function giveBack() {
  const active = document.activeElement;
  if ((!active || active === document.body || bar?.contains(active)) && before?.isConnected) before.focus({ preventScroll: true });
}
