/** The script of the runbook: the filter, the theme, and the way to an entry. It shows and hides what is there, and makes nothing. */
export const pageScript = `'use strict';
(() => {
  const byId = (id) => document.getElementById(id);
  const articles = [...document.querySelectorAll('article')];
  const filter = byId('ui:text');
  byId('ui:filter').hidden = false;
  const apply = () => {
    const words = filter.value.toLowerCase().split(/\\s+/).filter(Boolean);
    let shown = 0;
    for (const article of articles) {
      const text = article.textContent.toLowerCase();
      article.hidden = !words.every((word) => text.includes(word));
      if (!article.hidden) shown++;
      byId('to:' + article.id).hidden = article.hidden;
    }
    for (const group of document.querySelectorAll('[data-group]'))
      group.hidden = ![...group.querySelectorAll('article, li[id]')].some((one) => !one.hidden);
    byId('ui:shown').textContent = shown + ' of ' + articles.length + ' entries';
  };
  filter.addEventListener('input', apply);
  byId('ui:filter').addEventListener('submit', (event) => {
    event.preventDefault();
    const first = articles.find((article) => !article.hidden);
    if (first) location.hash = '#' + first.id;
  });
  apply();

  // A deep link leads to its entry, whatever the filter hides.
  const arrive = () => {
    const target = articles.find((article) => '#' + article.id === location.hash);
    if (!target) return;
    if (target.hidden) {
      filter.value = '';
      apply();
      target.scrollIntoView();
    }
    target.focus({ preventScroll: true });
  };
  addEventListener('hashchange', arrive);
  arrive();

  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '/' && document.activeElement !== filter) {
      event.preventDefault();
      filter.focus();
    } else if (event.key === 'Escape' && document.activeElement === filter) {
      filter.value = '';
      apply();
    }
  });

  const theme = byId('ui:theme');
  theme.hidden = false;
  theme.addEventListener('click', () => {
    const dark = matchMedia('(prefers-color-scheme: dark)').matches;
    const now = document.documentElement.dataset.theme || (dark ? 'dark' : 'light');
    document.documentElement.dataset.theme = now === 'dark' ? 'light' : 'dark';
  });
})();
`
