'use strict';
// Narrows the report down, and keeps what is shown in the address, so that a link shows the same to somebody else.
// Whatever is shown was escaped when the report was written; nothing here makes markup of text.
(() => {
  const root = document.documentElement;
  const form = document.getElementById('filter');

  startTheme();
  if (form) startFilter();

  function startTheme() {
    const button = document.getElementById('theme');
    const themes = ['automatic', 'light', 'dark'];
    let theme = stored();
    const show = () => {
      if (theme === 'automatic') delete root.dataset.theme;
      else root.dataset.theme = theme;
      button.textContent = `Colours: ${theme}`;
    };
    button.hidden = false;
    button.addEventListener('click', () => {
      theme = themes[(themes.indexOf(theme) + 1) % themes.length];
      // A page from a file may have no storage; then the choice lasts as long as the page.
      try { localStorage.setItem('soreaid-lint-theme', theme); } catch { /* as above */ }
      show();
    });
    show();

    function stored() {
      let found = null;
      try { found = localStorage.getItem('soreaid-lint-theme'); } catch { /* as above */ }
      return themes.includes(found) ? found : 'automatic';
    }
  }

  function startFilter() {
    const articles = [...document.querySelectorAll('details.article')].map((element) => ({
      element,
      path: element.dataset.path,
      title: element.querySelector('h3').textContent.toLowerCase(),
      // How many findings of each severity and rule; enough to filter by, until words are searched for.
      found: element.dataset.found.split(' ').map((it) => {
        const [severity, rule, number] = it.split(':');
        return { severity, rule, number: Number(number) };
      }),
      notes: null,
      isFilled: false,
    }));
    const byId = new Map(articles.map((it) => [it.element.id, it]));
    const total = articles.reduce((sum, it) => sum + it.found.reduce((part, group) => part + group.number, 0), 0);
    const severities = [...form.elements.severity];
    const state = { severity: new Set(), rule: '', folder: '', q: '', order: '', at: '' };
    const worstFirst = articles.map((it) => it.element);
    let order = '';
    let typing = 0;

    form.hidden = false;
    form.addEventListener('input', (event) => {
      clearTimeout(typing);
      // Whole words, not letters, are searched for.
      if (event.target.name === 'q') typing = setTimeout(fromForm, 150);
      else fromForm();
    });
    // Who goes to the search field will soon search: what takes longest is done by then.
    form.elements.q.addEventListener('focus', () => inSlices([...articles], notesOf));
    form.addEventListener('submit', (event) => { event.preventDefault(); fromForm(); });
    form.addEventListener('reset', () => setTimeout(fromForm));
    document.getElementById('open-all').addEventListener('click', openAll);
    document.getElementById('close-all').addEventListener('click', () => {
      for (const it of articles) it.element.open = false;
    });
    for (const it of articles) {
      it.element.addEventListener('toggle', () => { if (it.element.open) fill(it); });
    }
    document.addEventListener('click', follow);
    window.addEventListener('hashchange', fromAddress);
    let closedForPrint = [];
    window.addEventListener('beforeprint', () => {
      for (const it of shownArticles().filter((other) => !other.element.open)) {
        open(it);
        closedForPrint.push(it);
      }
    });
    window.addEventListener('afterprint', () => {
      for (const it of closedForPrint) it.element.open = false;
      closedForPrint = [];
    });
    fromAddress();
    if (articles.length === 1 && !state.at) open(articles[0]);

    function fromForm() {
      clearTimeout(typing);
      state.severity = new Set(severities.filter((it) => it.checked).map((it) => it.value));
      state.rule = form.elements.rule.value;
      state.folder = form.elements.folder.value;
      state.q = form.elements.q.value.trim();
      state.order = form.elements.order.value;
      state.at = '';
      apply();
      toAddress();
    }

    // `#severity=error&rule=…&folder=…&q=…&at=…`; without a `=` it is the link to one place.
    function fromAddress() {
      const hash = location.hash.slice(1);
      const given = hash.includes('=') ? new URLSearchParams(hash) : new URLSearchParams();
      const known = severities.map((it) => it.value);
      const asked = given.has('severity') ? given.get('severity').split(',') : known;
      state.severity = new Set(known.filter((it) => asked.includes(it)));
      for (const name of ['rule', 'folder', 'order']) {
        const options = [...form.elements[name].options].map((it) => it.value);
        state[name] = options.includes(given.get(name)) ? given.get(name) : '';
      }
      state.q = given.get('q') ?? '';
      state.at = hash.includes('=') ? given.get('at') ?? '' : hash;
      toForm();
      apply();
      if (state.at) goTo(state.at);
    }

    function toForm() {
      for (const it of severities) it.checked = state.severity.has(it.value);
      for (const name of ['rule', 'folder', 'q', 'order']) form.elements[name].value = state[name];
    }

    function toAddress() {
      const parts = [];
      const add = (name, value) => parts.push(`${name}=${encodeURIComponent(value).replaceAll('%2F', '/').replaceAll('%2C', ',')}`);
      if (state.severity.size < severities.length) add('severity', [...state.severity].join(','));
      for (const name of ['rule', 'folder', 'q', 'order']) if (state[name]) add(name, state[name]);
      // A link to one place alone stays what it is without the script.
      if (state.at && parts.length === 0) parts.push(state.at);
      else if (state.at) add('at', state.at);
      const address = parts.length ? `#${parts.join('&')}` : location.pathname + location.search;
      history.replaceState(null, '', address);
    }

    function apply() {
      const words = state.q.toLowerCase().split(/\s+/).filter(Boolean);
      let findings = 0;
      let shown = 0;
      for (const it of articles) {
        const number = isInFolder(it) ? numberShown(it, words) : 0;
        it.element.hidden = number === 0;
        findings += number;
        shown += number > 0;
        if (it.isFilled && number > 0) refine(it, words);
      }
      if (order !== state.order) {
        order = state.order;
        const byPath = [...worstFirst].sort((a, b) => (a.dataset.path < b.dataset.path ? -1 : 1));
        worstFirst[0].parentNode.append(...(order === 'path' ? byPath : worstFirst));
      }
      const of = findings === total ? '' : ` of ${total}`;
      document.getElementById('shown').textContent =
        `${findings}${of} finding${total === 1 ? '' : 's'} in ${shown} article${shown === 1 ? '' : 's'}`;
      document.getElementById('none').hidden = findings > 0;
    }

    function isInFolder(it) {
      return !state.folder || it.path.startsWith(`${state.folder}/`);
    }

    function fits(severity, rule) {
      return state.severity.has(severity) && (!state.rule || state.rule === rule);
    }

    function numberShown(it, words) {
      const groups = it.found.filter((group) => fits(group.severity, group.rule));
      if (groups.length === 0 || words.length === 0) return groups.reduce((sum, group) => sum + group.number, 0);
      return notesOf(it).filter((note) => fits(note.severity, note.rule) && says(it, note, words)).length;
    }

    function says(it, note, words) {
      return words.every((word) => note.text.includes(word) || it.title.includes(word) || it.path.toLowerCase().includes(word));
    }

    // The notes of an article, read from its markup as it stands in noscript: a page of all articles would be slow.
    // The only sections in there are notes, for a `<` of an article is written `&lt;`.
    function notesOf(it) {
      if (it.notes) return it.notes;
      const attribute = (tag, name) => tag.match(` data-${name}="([^"]*)"`)[1];
      it.notes = markupOf(it).split('<section ').slice(1).map((part) => {
        const tag = part.slice(0, part.indexOf('>'));
        const text = part.slice(tag.length + 1, part.indexOf('</section>')).replace(/<[^>]*>/g, '');
        return {
          number: attribute(tag, 'number'),
          severity: attribute(tag, 'severity'),
          rule: attribute(tag, 'rule'),
          text: plain(text).toLowerCase(),
        };
      });
      return it.notes;
    }

    function plain(text) {
      const marks = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };
      return text.replace(/&(lt|gt|quot|#39|amp);/g, (_, name) => marks[name]);
    }

    function markupOf(it) {
      it.markup ??= it.element.querySelector('noscript').textContent;
      return it.markup;
    }

    function fill(it) {
      if (it.isFilled) return;
      it.isFilled = true;
      const body = document.createElement('div');
      body.className = 'body';
      // The report's own markup, as a browser without scripts would read it.
      body.innerHTML = markupOf(it);
      it.element.querySelector('noscript').replaceWith(body);
      refine(it, state.q.toLowerCase().split(/\s+/).filter(Boolean));
    }

    // Hides the notes that do not fit, and unmarks their words.
    function refine(it, words) {
      const isAll = words.length === 0 && !state.rule && state.severity.size === severities.length;
      if (isAll && !it.isRefined) return;
      it.isRefined = !isAll;
      const notes = notesOf(it).filter((note) => fits(note.severity, note.rule) && says(it, note, words));
      const numbers = new Set(notes.map((note) => note.number));
      for (const card of it.element.querySelectorAll('.card')) card.hidden = !numbers.has(card.dataset.number);
      for (const mark of it.element.querySelectorAll('[data-of]')) {
        mark.classList.toggle('off', !mark.dataset.of.split(' ').some((number) => numbers.has(number)));
      }
    }

    function shownArticles() {
      return articles.filter((it) => !it.element.hidden);
    }

    function open(it) {
      fill(it);
      it.element.open = true;
    }

    function openAll() {
      inSlices(shownArticles(), open);
    }

    // A few at a time, so that the page answers meanwhile.
    function inSlices(waiting, act) {
      const until = performance.now() + 40;
      while (waiting.length > 0 && performance.now() < until) act(waiting.shift());
      if (waiting.length > 0) setTimeout(() => inSlices(waiting, act));
    }

    function goTo(id) {
      const it = byId.get(id) ?? byId.get(id.split('.')[0]);
      if (it) {
        open(it);
        let target = document.getElementById(id);
        if (it.element.hidden || target?.hidden || target?.classList.contains('off')) {
          Object.assign(state, { severity: new Set(severities.map((box) => box.value)), rule: '', folder: '', q: '' });
          toForm();
          apply();
        }
      }
      const target = document.getElementById(id);
      if (!target) return;
      for (let outer = target; outer; outer = outer.parentElement) if (outer.tagName === 'DETAILS') outer.open = true;
      // What is far away has no true height yet, so the first jump may miss.
      const scroll = () => target.scrollIntoView({ block: target.tagName === 'DETAILS' ? 'start' : 'center', behavior: 'instant' });
      scroll();
      requestAnimationFrame(() => { scroll(); requestAnimationFrame(scroll); });
      const focus = target.tagName === 'DETAILS' ? target.querySelector('summary') : target;
      focus.focus({ preventScroll: true });
      for (const other of document.querySelectorAll('.here')) other.classList.remove('here');
      target.classList.add('here');
    }

    // Links within the page keep the filters in the address; a row of a chart sets one.
    function follow(event) {
      const link = event.target.closest?.('a[href^="#"]');
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
      const { rule, folder } = link.dataset;
      if (rule === undefined && folder === undefined) {
        const id = link.getAttribute('href').slice(1);
        if (!document.getElementById(id) && !byId.has(id.split('.')[0])) return;
        event.preventDefault();
        // A title is no place to come back to.
        if (byId.has(id.split('.')[0])) state.at = id.replace(/-m$/, '');
        goTo(id);
        toAddress();
        return;
      }
      event.preventDefault();
      if (rule !== undefined) form.elements.rule.value = rule;
      if (folder !== undefined) form.elements.folder.value = folder;
      fromForm();
      document.getElementById('articles').scrollIntoView();
      form.elements[rule === undefined ? 'folder' : 'rule'].focus({ preventScroll: true });
    }
  }
})();
