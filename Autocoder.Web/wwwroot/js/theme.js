// Runs before anything is painted, so that a chosen theme does not flash. Without a choice the system decides, by CSS alone.
(() => {
  const root = document.documentElement;
  const read = key => { try { return localStorage.getItem(key); } catch { return null; } };
  const keep = (key, value) => { try { value ? localStorage.setItem(key, value) : localStorage.removeItem(key); } catch { /* private mode */ } };

  function apply(theme) {
    root.toggleAttribute('data-theme', false);
    if (theme) root.setAttribute('data-theme', theme);
    for (const link of document.querySelectorAll('link[data-scheme]')) {
      const scheme = link.dataset.scheme;
      link.media = theme ? (theme === scheme ? 'all' : 'not all') : `(prefers-color-scheme: ${scheme})`;
    }
  }

  const known = theme => theme === 'light' || theme === 'dark' ? theme : null;
  window.autocoderTheme = {
    get: () => known(read('theme')) ?? 'system',
    set: theme => { keep('theme', known(theme)); apply(known(theme)); },
    toggleRail: () => {
      const narrow = root.getAttribute('data-rail') !== 'narrow';
      keep('rail', narrow ? 'narrow' : null);
      root.toggleAttribute('data-rail', false);
      if (narrow) root.setAttribute('data-rail', 'narrow');
    },
  };

  apply(known(read('theme')));
  if (read('rail') === 'narrow') root.setAttribute('data-rail', 'narrow');
})();
