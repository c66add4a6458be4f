// What a page can do beyond links and forms: stay up to date, count down by the store's clock, and change without being
// loaded anew. Nothing depends on it. It has no words and no rules of its own: whatever changes, the store renders, and
// this puts it in place.

const html = document.documentElement;
const said = document.getElementById('said');

/** Tells who listens rather than looks. */
function say(text) {
  said.textContent = '';
  setTimeout(() => { said.textContent = text; }, 100);
}

// ---------------------------------------------------------------------------------------------------------------------
// The store's clock. The computer's may be hours off, and it may sleep: then wall clock and stopwatch disagree, and we ask
// the store again.

const clock = {
  sample: null,
  asking: null,

  now() {
    if (!this.sample)
      return null;
    const { server, wall, steady } = this.sample;
    const passed = performance.now() - steady;
    if (Math.abs(Date.now() - wall - passed) > 1000)
      this.ask();
    return server + passed;
  },

  /** The answer was on its way for a while; half of the round trip is the best guess of how long. */
  ask() {
    return this.asking ??= (async () => {
      try {
        const sent = performance.now();
        const answer = await fetch(`/api/markets/${page().dataset.market}`, { cache: 'no-store' });
        const { serverTime } = await answer.json();
        const arrived = performance.now();
        this.sample = { server: Date.parse(serverTime) + (arrived - sent) / 2, wall: Date.now(), steady: arrived };
      } catch {
        // Without a line there is no clock; what is counted down stays as it is.
      } finally {
        this.asking = null;
        tick();
      }
    })();
  },
};

// ---------------------------------------------------------------------------------------------------------------------
// Countdowns. An element with data-until says how long it still is; at the end the store is asked what holds now.

const Announced = [10 * 60, 60];

function duration(seconds) {
  const days = Math.floor(seconds / 86400);
  const two = number => String(number).padStart(2, '0');
  const time = `${two(Math.floor(seconds / 3600) % 24)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return days > 0 ? `${unit(days, 'day')}, ${time}` : time;
}

const unit = (number, name) => new Intl.NumberFormat(html.lang, { style: 'unit', unit: name, unitDisplay: 'long' }).format(number);

const fill = (text, value) => text.replace('{0}', value);

/** The same instant on the shopper's own wall. */
const ownTime = instant => new Intl.DateTimeFormat(
  html.lang, { day: 'numeric', month: 'long', hour: 'numeric', minute: '2-digit', timeZoneName: 'short' }).format(instant);

function tick() {
  const now = clock.now();
  if (now === null)
    return;
  for (const countdown of document.querySelectorAll('[data-until]')) {
    const until = Date.parse(countdown.dataset.until);
    const left = Math.max(0, Math.ceil((until - now) / 1000));
    if (countdown.dataset.left === String(left))
      continue;
    const before = Number(countdown.dataset.left ?? left);
    countdown.dataset.left = left;
    countdown.querySelector('[data-time]').textContent = fill(countdown.dataset.words, duration(left));
    const own = countdown.querySelector('[data-own]');
    if (own && !own.textContent)
      own.textContent = fill(own.dataset.own, ownTime(until));
    for (const seconds of Announced)
      if (left <= seconds && before > seconds)
        say(fill(countdown.dataset.words, unit(seconds / 60, 'minute')));
    if (left === 0 && page().dataset.live)
      update();
  }
}

// ---------------------------------------------------------------------------------------------------------------------
// Live state. The store tells of each change; what the page shows of it is fetched from the page's own address.

const page = () => document.getElementById('content') ?? document.body;

const stays = () => [...document.querySelectorAll('[data-sku]')];

const live = {
  source: null,
  timer: 0,

  follow() {
    if (document.hidden || !page().dataset.live || this.source?.market === page().dataset.market)
      return;
    this.leave();
    const market = page().dataset.market;
    const source = new EventSource(`/api/markets/${market}/live`);
    source.market = market;
    this.source = source;
    source.addEventListener('phase', event => {
      if (JSON.parse(event.data).phase !== page().dataset.phase)
        update();
    });
    source.addEventListener('offer', event => {
      const offer = JSON.parse(event.data);
      if (stays().some(shown => shown.dataset.sku === offer.sku && differs(shown, offer)))
        update();
    });
    // A browser comes back to a broken stream by itself; only a refused one is closed for good.
    source.addEventListener('error', () => {
      if (source.readyState === EventSource.CLOSED && this.source === source) {
        this.source = null;
        this.poll(market);
      }
    });
  },

  /** As often as the store says, until there is a stream again. */
  async poll(market) {
    let pause = 10;
    try {
      const stream = await fetch(`/api/markets/${market}/live`, { method: 'HEAD' });
      pause = Number(stream.headers.get('Poll-After')) || pause;
      if (stream.ok) {
        this.follow();
        return;
      }
      const listing = await (await fetch(`/api/markets/${market}/products?pageSize=100`)).json();
      const offers = new Map(listing.items.flatMap(product => product.variants).map(variant => [variant.sku, variant.offer]));
      if (stays().some(shown => offers.has(shown.dataset.sku) && differs(shown, offers.get(shown.dataset.sku))))
        update();
    } catch {
      // No line at all; the next try may find one.
    }
    if (page().dataset.market === market && !document.hidden)
      this.timer = setTimeout(() => this.poll(market), pause * 1000);
  },

  leave() {
    this.source?.close();
    this.source = null;
    clearTimeout(this.timer);
  },
};

const differs = ({ dataset: shown }, offer) => shown.state !== offer.state || shown.remaining !== offer.remaining
  || (Date.parse(shown.from) || 0) !== (Date.parse(offer.availableFrom) || 0);

let updating = 0;

/** All who hear of a change do not all ask in the same instant. Asks again until the page shows something else. */
function update(tries = 5) {
  if (updating)
    return;
  updating = setTimeout(async () => {
    const address = page().dataset.live;
    let changed = true;
    try {
      const answer = address && await fetch(address);
      if (answer?.ok && page().dataset.live === address)
        changed = put(new DOMParser().parseFromString(await answer.text(), 'text/html'));
    } catch {
      changed = false;
    }
    updating = 0;
    if (!changed && tries > 1)
      setTimeout(() => update(tries - 1), 1000);
  }, 50 + Math.random() * 450);
}

/** The parts of the page that can change by themselves; what was typed and where one stands stay as they are. */
function put(fresh) {
  const shown = stateOf(document);
  page().dataset.phase = fresh.getElementById('content').dataset.phase;
  for (const part of fresh.querySelectorAll('[data-part]')) {
    const old = document.querySelector(`[data-part="${part.dataset.part}"]`);
    if (!old || old.innerHTML === part.innerHTML)
      continue;
    const focus = old.contains(document.activeElement) ? document.activeElement : null;
    const chosen = [...old.querySelectorAll('select')].map(list => [list.id, list.value]);
    old.replaceWith(document.adoptNode(part));
    for (const [id, value] of chosen) {
      const list = document.getElementById(id);
      if (list && [...list.options].some(option => option.value === value))
        list.value = value;
    }
    if (focus)
      (document.getElementById(focus.id) ?? part.querySelector(focus.tagName) ?? page()).focus();
  }
  const news = [...stateOf(document)].filter(([sku, state]) => shown.get(sku) !== state);
  if (news.length > 0)
    say(news.map(([, state]) => state).join(' '));
  tick();
  return news.length > 0;
}

const stateOf = where => new Map([...where.querySelectorAll('[data-sku]')].map(state => [
  state.dataset.sku, `${state.dataset.name}: ${state.textContent.trim()}`]));

// ---------------------------------------------------------------------------------------------------------------------
// From page to page without loading anew. A form goes to the same address with the same fields; the answer is a page.

const pages = new Map();
let here = history.state?.page ?? newPage();
let busy = false;

function newPage() {
  return `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`;
}

/** @returns whether the page is shown; else nothing has changed and it has been said why. */
async function go(address, { form = null, record = true } = {}) {
  busy = true;
  html.toggleAttribute('data-busy', true);
  try {
    const answer = await fetch(address, form
      ? { method: 'POST', body: new URLSearchParams(form), headers: { Accept: 'text/html' } }
      : { headers: { Accept: 'text/html' } });
    const fresh = answer.headers.get('Content-Type')?.startsWith('text/html')
      && new DOMParser().parseFromString(await answer.text(), 'text/html');
    if (!fresh || isOtherEdition(fresh)) {
      if (form && !answer.redirected)
        throw new Error('not a page');
      location.assign(answer.url);
      return;
    }

    leaveHere();
    const target = new URL(answer.url);
    target.hash = answer.redirected || form ? '' : new URL(address, location).hash;
    const state = { page: newPage(), form: form && !answer.redirected ? form : null };
    if (record && target.href !== location.href)
      history.pushState(state, '', target);
    else
      history.replaceState(state, '', target);
    here = state.page;
    show([...fresh.body.childNodes].filter(node => node.id !== 'said'), fresh.title, fresh.documentElement.lang);
    const anchor = target.hash && document.getElementById(target.hash.slice(1));
    anchor ? anchor.scrollIntoView() : scrollTo(0, 0);
    (anchor || document.querySelector('main [role=alert]') || page()).focus?.();
    say(document.querySelector('main :is([role=alert], .done[role=status])')?.textContent ?? document.title);
  } catch {
    lost();
  } finally {
    busy = false;
    html.toggleAttribute('data-busy', false);
  }
}

/** A page of a newer edition of the store wants its own script and style. */
const isOtherEdition = fresh => editionOf(fresh) !== editionOf(document);

const editionOf = where => [...where.querySelectorAll('link[rel=stylesheet], script[src]')].map(file => file.outerHTML).join();

function leaveHere() {
  const nodes = [...document.body.childNodes].filter(node => node !== said);
  pages.set(here, { nodes, title: document.title, lang: html.lang, top: scrollY });
}

function show(nodes, title, lang) {
  for (const node of [...document.body.childNodes])
    if (node !== said)
      node.remove();
  said.before(...nodes.map(node => document.adoptNode(node)));
  document.title = title;
  html.lang = lang;
  settle();
}

/** Nothing was typed in vain: the page stays, and says that the line broke. */
function lost() {
  const words = page().dataset.lost;
  if (!words)
    return;
  document.getElementById('lost')?.remove();
  const notice = Object.assign(document.createElement('p'), { id: 'lost', className: 'notice', textContent: words, tabIndex: -1 });
  notice.setAttribute('role', 'alert');
  page().prepend(notice);
  notice.focus();
}

const isOurs = url => url.origin === location.origin && !/^\/(api|docs|images|openapi|assets)(\/|$)/.test(url.pathname);

addEventListener('click', event => {
  const link = event.target.closest?.('a[href]');
  const isElsewhere = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || link?.target;
  if (!link || event.defaultPrevented || event.button !== 0 || isElsewhere)
    return;
  const url = new URL(link.href);
  if (!isOurs(url) || (url.hash && url.pathname === location.pathname && url.search === location.search))
    return;
  event.preventDefault();
  if (!busy)
    go(url.href);
});

addEventListener('submit', event => {
  const form = event.target;
  const url = new URL(form.action);
  if (event.defaultPrevented || !isOurs(url))
    return;
  event.preventDefault();
  if (busy)
    return;
  const fields = new URLSearchParams(new FormData(form, event.submitter)).toString();
  if (form.method === 'post')
    go(url.href, { form: fields });
  else
    go(`${url.pathname}?${fields}`);
});

addEventListener('popstate', event => {
  const kept = pages.get(event.state?.page);
  if (!event.state && location.hash)
    return; // along the same page
  if (kept) {
    leaveHere();
    here = event.state.page;
    show(kept.nodes, kept.title, kept.lang);
    scrollTo(0, kept.top);
    say(kept.title);
  } else {
    go(location.href, { form: event.state?.form ?? null, record: false });
  }
});

// ---------------------------------------------------------------------------------------------------------------------
// A page has come, or come back.

let later = 0;

function settle() {
  clearTimeout(later);
  live.follow();
  if (!page().dataset.live)
    live.leave();
  if (document.querySelector('[data-until]'))
    clock.sample ? tick() : clock.ask();
  // A page that waits for something looks again by itself, without moving.
  if (page().dataset.again)
    later = setTimeout(again, page().dataset.again * 1000);
}

async function again() {
  const address = location.href;
  try {
    const fresh = new DOMParser().parseFromString(await (await fetch(address)).text(), 'text/html');
    if (location.href !== address || busy)
      return;
    const before = document.querySelector('h1')?.textContent;
    show([...fresh.body.childNodes].filter(node => node.id !== 'said'), fresh.title, fresh.documentElement.lang);
    const after = document.querySelector('h1')?.textContent;
    if (before !== after)
      say(after);
  } catch {
    later = setTimeout(again, 3000);
  }
}

addEventListener('visibilitychange', () => {
  if (document.hidden) {
    live.leave();
  } else {
    if (clock.sample)
      clock.ask();
    settle();
  }
});

addEventListener('pagehide', () => live.leave());
addEventListener('pageshow', event => event.persisted && settle());

history.replaceState({ ...history.state, page: here }, '');
// A page that came from a form is asked for by the same form when it is loaded anew, but not when somebody types its address.
if (history.state.form && performance.getEntriesByType('navigation')[0].type !== 'navigate')
  go(location.href, { form: history.state.form, record: false });
else
  history.replaceState({ page: here }, '');
settle();
setInterval(tick, 250);
