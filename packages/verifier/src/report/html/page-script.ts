/**
 * The script of the HTML report. It makes elements and sets their text, and never markup: nothing that the target said
 * can become an element. What it shows was escaped and bounded before (`page-data.ts`).
 */
export const pageScript: string = `'use strict';
(() => {
  const byId = (id) => document.getElementById(id);
  const data = JSON.parse(byId('data').textContent);
  const exchanges = new Map(data.exchanges.map((one) => [one.id, one]));
  const titles = new Map(data.titles);
  const results = new Map(data.results.map((one) => [one.link, one]));
  const operations = new Map(data.operations.map((one) => [one.id, one]));
  const detail = byId('detail');
  const findings = byId('findings');
  const matrix = byId('matrix');
  const el = (name, props, ...children) => {
    const element = Object.assign(document.createElement(name), props);
    element.append(...children.filter((child) => child !== undefined));
    return element;
  };

  // ── the matrix: one cell is in the order of Tab, arrow keys move it
  const links = [...matrix.querySelectorAll('a.v')];
  const place = (link) => ({ row: link.closest('tr'), column: link.parentElement.cellIndex });
  const stop = (link) => {
    for (const one of links) one.tabIndex = one === link ? 0 : -1;
  };
  const shownRows = () => [...matrix.querySelectorAll('tr[data-check]')].filter((row) => !row.hidden);
  const cellAt = (row, column) => row && row.cells[column] && row.cells[column].querySelector('a.v');
  stop(links[0]);
  matrix.addEventListener('focusin', (event) => {
    const link = event.target.closest('a.v');
    if (link) stop(link);
  });
  matrix.addEventListener('keydown', (event) => {
    const link = event.target.closest('a.v');
    if (!link || event.altKey || event.ctrlKey || event.metaKey) return;
    const { row, column } = place(link);
    const rows = shownRows();
    const index = rows.indexOf(row);
    const moves = {
      ArrowDown: () => cellAt(rows[index + 1], column),
      ArrowUp: () => cellAt(rows[index - 1], column),
      ArrowRight: () => cellAt(row, column + 1),
      ArrowLeft: () => cellAt(row, column - 1),
      Home: () => cellAt(rows[0], column),
      End: () => cellAt(rows[rows.length - 1], column),
    };
    if (!Object.hasOwn(moves, event.key)) return;
    event.preventDefault();
    const next = moves[event.key]();
    if (next) next.focus();
  });

  // ── the filter
  const filter = byId('filter');
  const apply = () => {
    const text = byId('text').value.trim().toLowerCase();
    const words = new Set([...filter.querySelectorAll('input[name=word]:checked')].map((box) => box.value));
    for (const body of matrix.tBodies) {
      const group = body.rows[0].textContent.toLowerCase();
      let any = false;
      for (const row of [...body.rows].slice(1)) {
        const hit = (row.dataset.check.toLowerCase().includes(text) || group.includes(text)) && row.dataset.words.split(' ').some((word) => words.has(word));
        row.hidden = !hit;
        any = any || hit;
      }
      body.hidden = !any;
    }
    const rows = shownRows();
    byId('shown').textContent = rows.length + ' of ' + matrix.querySelectorAll('tr[data-check]').length + ' checks';
    const current = links.find((link) => link.tabIndex === 0);
    if (rows.length > 0 && (!current || current.closest('tr').hidden)) stop(rows[0].querySelector('a.v'));
  };
  filter.addEventListener('input', apply);
  filter.addEventListener('submit', (event) => event.preventDefault());
  apply();

  // ── dark and light
  const theme = byId('theme');
  theme.hidden = false;
  theme.addEventListener('click', () => {
    const dark = matchMedia('(prefers-color-scheme: dark)').matches;
    const now = document.documentElement.dataset.theme || (dark ? 'dark' : 'light');
    document.documentElement.dataset.theme = now === 'dark' ? 'light' : 'dark';
  });

  // ── what differs: the longest common run of lines, then the middle of two lines that changed
  const pairs = (left, right) => {
    const n = left.length;
    const m = right.length;
    const common = Array.from({ length: n + 1 }, () => new Uint16Array(m + 1));
    for (let i = n - 1; i >= 0; i--)
      for (let j = m - 1; j >= 0; j--)
        common[i][j] = left[i] === right[j] ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
    const out = [];
    let gone = [];
    let come = [];
    const flush = () => {
      for (let k = 0; k < Math.max(gone.length, come.length); k++) out.push([gone[k], come[k], true]);
      gone = [];
      come = [];
    };
    let i = 0;
    let j = 0;
    while (i < n || j < m) {
      if (i < n && j < m && left[i] === right[j]) {
        flush();
        out.push([left[i++], right[j++], false]);
      } else if (j >= m || (i < n && common[i + 1][j] >= common[i][j + 1])) gone.push(left[i++]);
      else come.push(right[j++]);
    }
    flush();
    return out;
  };
  const marked = (line, other) => {
    if (line === undefined) return el('td', {}, el('span', { className: 'unseen', textContent: 'nothing' }));
    if (other === undefined) return el('td', {}, el('mark', { textContent: line }));
    let from = 0;
    while (from < line.length && from < other.length && line[from] === other[from]) from++;
    let end = 0;
    while (end < line.length - from && end < other.length - from && line.at(-1 - end) === other.at(-1 - end)) end++;
    // Lines with little in common are other lines.
    if (2 * (from + end) < Math.min(line.length, other.length)) from = end = 0;
    const middle = line.slice(from, line.length - end);
    return el('td', {}, line.slice(0, from), middle === '' ? undefined : el('mark', { textContent: middle }), line.slice(line.length - end));
  };
  const nameOf = (one) => '#' + one.id + ' ' + one.line + ' → ' + one.end;
  const compared = (left, right) => {
    const table = el('table', { className: 'sides' });
    table.append(el('caption', { className: 'unseen', textContent: right ? 'Two exchanges side by side; lines that differ are marked.' : 'The exchange.' }));
    const part = (title, key) => {
      const head = el('tr', {}, el('th', { scope: 'col', textContent: title + ' #' + left.id }));
      if (right) head.append(el('th', { scope: 'col', textContent: title + ' #' + right.id }));
      const body = el('tbody', {}, head);
      for (const [a, b, differs] of right ? pairs(left[key], right[key]) : left[key].map((line) => [line])) {
        const row = el('tr', { className: differs ? 'differs' : '' });
        if (right) row.append(differs ? marked(a, b) : el('td', { textContent: a }), differs ? marked(b, a) : el('td', { textContent: b }));
        else row.append(el('td', { textContent: a }));
        body.append(row);
      }
      table.append(body);
    };
    part('request', 'request');
    part('response', 'response');
    return table;
  };
  const evidence = (ids, before) => {
    const own = [...new Set(ids)].map((id) => exchanges.get(id)).filter(Boolean);
    if (own.length === 0) return [];
    const box = el('div');
    const choose = (label, chosen, extra) => {
      const select = el('select');
      if (extra) select.append(el('option', { value: '', textContent: 'nothing' }));
      for (const one of own) select.append(el('option', { value: String(one.id), textContent: nameOf(one).slice(0, 120) + (one.id === before ? ' (before it was shrunk)' : ''), selected: one === chosen }));
      return [el('label', {}, label + ' ', select), select];
    };
    // The exchange at fault comes first; beside it stands the one that is most like it.
    const others = own.slice(1).filter((one) => one.id !== before);
    const like = others.find((one) => one.line === own[0].line) || others[0] || own[1];
    const [leftLabel, left] = choose('Left', own[0], false);
    const [rightLabel, right] = choose('Right', like, true);
    const draw = () => box.replaceChildren(compared(exchanges.get(Number(left.value)), exchanges.get(Number(right.value))));
    left.addEventListener('change', draw);
    right.addEventListener('change', draw);
    draw();
    const count = own.length + (own.length === 1 ? ' exchange' : ' exchanges');
    return [el('h3', { textContent: 'Evidence: ' + count }), ...(own.length > 1 ? [el('div', { className: 'pick' }, leftLabel, rightLabel)] : []), box];
  };

  // ── the time line of a race
  const timeLines = (ids) => {
    const races = new Map();
    for (const id of new Set(ids)) {
      const one = exchanges.get(id);
      if (one && one.race !== undefined && one.at !== undefined) races.set(one.race, [...(races.get(one.race) || []), one]);
    }
    return [...races.values()].filter((lanes) => lanes.length > 1).flatMap((lanes) => {
      const end = (one) => (one.ms === undefined ? Number.MAX_VALUE : one.at + one.ms);
      lanes.sort((a, b) => end(a) - end(b));
      const begin = Math.min(...lanes.map((one) => one.at));
      const whole = Math.max(0.1, ...lanes.map((one) => one.at + (one.ms || 0) - begin));
      const list = el('ol', { className: 'race' });
      for (const one of lanes) {
        const kinds = { 2: 'two', 4: 'four', 5: 'five' };
        const bar = el('i', { className: one.ms === undefined ? 'never' : kinds[one.end[0]] || '' });
        bar.style.left = (100 * (one.at - begin)) / whole + '%';
        bar.style.width = (100 * (one.ms === undefined ? whole - one.at + begin : one.ms)) / whole + '%';
        const when = one.ms === undefined ? 'never answered' : (one.at - begin).toFixed(1) + ' to ' + (one.at - begin + one.ms).toFixed(1) + ' ms';
        const track = el('span', { className: 'track' }, bar);
        track.setAttribute('aria-hidden', 'true');
        list.append(el('li', {}, el('span', { textContent: '#' + one.id + ' → ' + one.end }), track, el('span', { textContent: when })));
      }
      return [el('h3', { textContent: 'Time line of the race: ' + lanes.length + ' requests, as they were answered' }), list];
    });
  };

  // ── a cell, opened
  let opener;
  const close = () => {
    detail.hidden = true;
    findings.hidden = false;
    for (const link of links) link.removeAttribute('aria-current');
  };
  const leave = () => {
    const back = opener;
    history.pushState(null, '', location.pathname + location.search);
    close();
    if (back && back.isConnected) back.focus();
  };
  const open = (result) => {
    const link = links.find((one) => one.getAttribute('href') === result.link);
    close();
    if (link) {
      link.setAttribute('aria-current', 'true');
      stop(link);
      opener = link;
    }
    const operation = operations.get(result.operation);
    const sign = el('span', { className: 'v ' + result.word, textContent: link ? link.textContent : '' });
    sign.setAttribute('aria-hidden', 'true');
    const heading = el('h2', { tabIndex: -1 }, sign, result.check + ' on ' + (operation ? operation.name : result.operation));
    const button = el('button', { type: 'button', textContent: '← All findings' });
    button.addEventListener('click', leave);
    const terms = el('dl');
    const term = (name, value) => value && terms.append(el('dt', { textContent: name }), el('dd', {}, value));
    term('verdict', result.word);
    term('expected', titles.get(result.check));
    term('by', result.rule);
    term(result.word === 'pass' ? '' : 'seen', result.word === 'pass' ? '' : result.message);
    term('fix', result.fix);
    term('cause', result.cause);
    term('symptom', result.leading && 'may be the same fault as ' + result.leading + ': mend that first');
    if (result.reproduce) {
      const copy = el('button', { type: 'button', textContent: 'Copy' });
      copy.addEventListener('click', () => navigator.clipboard.writeText(result.reproduce).then(() => (copy.textContent = 'Copied'), () => (copy.textContent = 'Select and copy')));
      const command = el('pre', { tabIndex: 0, textContent: result.reproduce });
      command.setAttribute('aria-label', 'A curl command that reproduces it');
      term('try', el('div', {}, command, copy));
    }
    detail.replaceChildren(el('div', { className: 'bar' }, button), heading, terms, ...timeLines(result.evidence), ...evidence(result.evidence, result.before));
    findings.hidden = true;
    detail.hidden = false;
    heading.focus({ preventScroll: false });
  };
  const route = () => {
    const result = results.get(location.hash);
    if (result) open(result);
    else close();
  };
  addEventListener('hashchange', route);
  addEventListener('popstate', route);
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !detail.hidden) leave();
  });
  route();
})();
`
