// A lost connection must not cover what is being read: the banner takes a line of its own above the page. The 9.0 script of Blazor tells of it by classes on the element
// #components-reconnect-modal; ours is a thin banner. A circuit the server no longer knows is simply loaded again:
// everything is in the log, so that costs nothing.
const Prefix = 'components-reconnect-';

// A blink of the connection is not worth a word.
const Patience = 600;

export function startBlazor() {
  const banner = document.getElementById('components-reconnect-modal');
  banner?.querySelector('button')?.addEventListener('click', retry);
  if (banner) watch(banner);

  Blazor.start({
    circuit: {
      reconnectionOptions: {
        maxRetries: 100000,
        retryIntervalMilliseconds: attempt => attempt < 5 ? 400 : attempt < 30 ? 1000 : 5000,
      },
    },
  });
}

function watch(banner) {
  const text = banner.querySelector('[data-text]');
  let last = '';
  let soon = 0;
  const tell = (state, words) => {
    clearTimeout(soon);
    const show = () => {
      banner.dataset.state = state;
      text.textContent = words;
    };
    banner.dataset.state || state === 'failed' ? show() : soon = setTimeout(show, Patience);
  };
  new MutationObserver(() => {
    const state = [...banner.classList].find(name => name.startsWith(Prefix))?.slice(Prefix.length) ?? '';
    if (state === last) return;
    const before = last;
    last = state;
    if (state === 'show' || state === 'retrying') {
      tell('lost', `Reconnecting… Nothing is lost: work goes on, and this page catches up by itself${lastSeen()}.`);
    } else if (state === 'failed') {
      tell('failed', `Autocoder does not answer. Nothing is lost${lastSeen()}. Is it still running?`);
    } else if (state === 'rejected') {
      tell('lost', 'Autocoder was restarted. Nothing is lost. Opening this page again…');
      reloadWhenReady();
    } else if (before) {
      clearTimeout(soon);
      if (!banner.dataset.state) return;
      tell('back', 'Connected again. Everything is up to date.');
      setTimeout(() => { if (banner.dataset.state === 'back') delete banner.dataset.state; }, 2000);
    }
  }).observe(banner, { attributes: true, attributeFilter: ['class'] });
}

// From where the page goes on: the newest event it shows.
function lastSeen() {
  const rows = document.querySelectorAll('[data-row]');
  return rows.length ? ` from event #${Number(rows[rows.length - 1].dataset.row).toLocaleString('en')}` : '';
}

async function retry() {
  try {
    if (!await Blazor.reconnect()) reloadWhenReady();
  } catch {
    // Still unreachable; the banner stays.
  }
}

async function reloadWhenReady() {
  for (;;) {
    try {
      if ((await fetch('/healthz', { cache: 'no-store' })).ok) break;
    } catch {
      // Not up yet.
    }

    await new Promise(resolve => setTimeout(resolve, 500));
  }

  location.reload();
}
