// What the waiting room can do beyond a page that is loaded again and again: it asks the gateway where the place stands, and
// the store for the page when something has happened. It has no words and no rules of its own.

const html = document.documentElement;
const said = document.getElementById('said');
const page = () => document.getElementById('content');
const part = name => page().querySelector(`[data-${name}]`);
const fill = (text, value) => text.replace('{0}', value);
const pause = seconds => new Promise(done => { wake = done; setTimeout(done, seconds * 1000); });

// Who holds an answer back for longer than this is told so by the store.
const LongestHeld = 20;
const BetweenLooks = 0.3;
const SaidAtMostEvery = 30;
const HashesAtOnce = 256;

let arrived = performance.now();
let saidAt = 0;
let wake = () => {};

/** Tells who listens rather than looks, and lets them finish what they are at. */
function say(text) {
  said.textContent = '';
  setTimeout(() => { said.textContent = text; }, 100);
  saidAt = performance.now();
}

const number = count => new Intl.NumberFormat(html.lang).format(count);
const unit = (count, name) => new Intl.NumberFormat(html.lang, { style: 'unit', unit: name, unitDisplay: 'long' }).format(count);

function duration(seconds) {
  const two = count => String(count).padStart(2, '0');
  const days = Math.floor(seconds / 86400);
  const time = `${two(Math.floor(seconds / 3600) % 24)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return days > 0 ? `${unit(days, 'day')}, ${time}` : time;
}

/** Counts down from what the store said when the page came; the computer's clock is not asked. */
function tick() {
  const left = part('seconds');
  if (!left || left.dataset.over)
    return;
  const seconds = Math.max(0, Math.ceil(left.dataset.seconds - (performance.now() - arrived) / 1000));
  left.textContent = fill(left.dataset.words, duration(seconds));
  if (seconds <= left.dataset.warn && !left.dataset.warned) {
    left.dataset.warned = true;
    say([left.textContent, page().querySelector('.more-time button')?.textContent].filter(Boolean).join('. '));
  }
  if (seconds === 0) {
    left.dataset.over = true;
    // A crowd that counts down to the same instant does not ask in it: the store has told each when.
    if (!page().dataset.ticket)
      refresh().catch(() => {});
  }
}

/** The place as the gateway sees it. The page shows numbers; what a change of state means, the store says. */
async function ask() {
  const { sale, ticket, pause: usual } = page().dataset;
  const seconds = Number(usual) || 5;
  const held = Math.min(seconds, LongestHeld);
  const headers = { 'Sale-Ticket': ticket };
  if (seconds <= LongestHeld)
    headers.Prefer = `wait=${held}`;
  const answer = await fetch(`/api/sales/${sale}/ticket`, { headers, cache: 'no-store' });
  if (answer.status === 429 || answer.status === 503)
    return Number(answer.headers.get('Retry-After')) || 2;
  const view = answer.ok ? await answer.json() : null;
  lost(false);
  if (!view || view.state !== page().dataset.state || view.chance !== page().dataset.chance) {
    await pause(BetweenLooks);
    await refresh();
    return 1;
  }

  page().dataset.pause = view.pollAfterSeconds;
  show(view);
  // What was held has waited already.
  return answer.headers.has('Preference-Applied') ? BetweenLooks : view.pollAfterSeconds;
}

function show({ ahead, expectedSeconds }) {
  const place = part('ahead');
  if (!place || ahead === null)
    return;
  const text = ahead === 0 ? place.dataset.next : fill(place.dataset.words, number(ahead));
  const wait = part('wait');
  if (wait && expectedSeconds !== null)
    wait.textContent = expectedSeconds < 60 ? wait.dataset.soon : fill(wait.dataset.words, unit(Math.ceil(expectedSeconds / 60), 'minute'));
  if (place.textContent === text)
    return;
  place.textContent = text;
  if (performance.now() - saidAt > SaidAtMostEvery * 1000)
    say(text);
}

/** The page from its own address; the parts of it that are there already stay where they are. */
async function refresh() {
  const answer = await fetch(location.href, { headers: { Accept: 'text/html' }, cache: 'no-store' });
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const next = fresh.querySelector('#content[data-sale]');
  if (answer.redirected || answer.ok && !next) {
    location.assign(answer.url);
    return;
  }
  if (!next)
    throw new Error('not the page');
  // What is being typed is not taken away.
  if (page().dataset.state === next.dataset.state && page().querySelector('input:focus'))
    return;
  const hadFocus = page().contains(document.activeElement) && document.activeElement !== page();
  page().replaceWith(document.adoptNode(next));
  document.title = fresh.title;
  arrived = performance.now();
  if (hadFocus)
    (page().querySelector('button') ?? page()).focus();
  tick();
  say([...page().querySelectorAll('h1, .lead')].map(line => line.textContent).join('. '));
}

function lost(isLost) {
  document.getElementById('lost')?.remove();
  if (!isLost)
    return;
  const notice = Object.assign(document.createElement('p'), { id: 'lost', className: 'notice', textContent: page().dataset.lost });
  page().querySelector('.lead').after(notice);
}

async function wait() {
  // The page has asked a moment ago. Who is told to come back much later does: of asks that come sooner there are few.
  const { ticket, pause: told } = page().dataset;
  if (ticket && told > LongestHeld)
    await pause(told);
  for (let failures = 0; ;) {
    // A place that waits for nothing more has no ticket on its page; the next one comes with a page of its own.
    if (!page().dataset.ticket)
      return;
    let next = 3;
    try {
      next = await ask();
      failures = 0;
    } catch {
      if (++failures === 2) {
        lost(true);
        say(page().dataset.lost);
      }
    }
    await pause(next);
  }
}

/** A place from a busy network costs work: a nonce with which a hash begins with so many zero bits. Who has no script waits instead. */
async function prove(form) {
  const { puzzle, nonce } = form.elements;
  const told = Object.assign(document.createElement('p'), { className: 'small', textContent: form.dataset.solving });
  form.append(told);
  const text = new TextEncoder();
  for (let from = 0; ; from += HashesAtOnce) {
    const hashes = await Promise.all(Array.from({ length: HashesAtOnce }, (_, i) =>
      crypto.subtle.digest('SHA-256', text.encode(`${puzzle.value}.${from + i}`))));
    const found = hashes.findIndex(hash => Math.clz32(new DataView(hash).getUint32(0)) >= form.dataset.bits);
    // What is typed meanwhile counts; it is another mailbox, and so another puzzle.
    if (found >= 0) {
      nonce.value = from + found;
      form.requestSubmit();
      return;
    }
  }
}

// A device that slept, a line that is back: the gateway is asked at once, and the countdown begins anew from what it says.
async function comeBack() {
  if (document.hidden)
    return;
  wake();
  if (!page().dataset.ticket && part('seconds'))
    await refresh().catch(() => {});
}

addEventListener('visibilitychange', comeBack);
addEventListener('online', comeBack);
addEventListener('pageshow', event => event.persisted && comeBack());
setInterval(tick, 250);
tick();
wait();
const puzzled = document.querySelector('form.join[data-bits]');
if (puzzled && window.crypto?.subtle)
  prove(puzzled).catch(() => {});
const news = page().querySelector('.notice[role=status]');
if (news)
  say(news.textContent);
