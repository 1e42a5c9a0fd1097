// Keeps the screens and their last answers on this device, so that a page opens without a network. Changes that a
// person makes wait elsewhere (IndexedDB) and are sent by the page.
const SHELL = 'throughline-shell';
const ANSWERS = 'throughline-answers';
/** Oldest kept answers go first. */
const MAX_ANSWERS = 300;
/** Slower than this the kept page opens; the network's goes into the store for the next time. */
const SHELL_WITHIN_MS = 4_000;
const BASICS = ['/', '/first-paint.js', '/mark.svg'];
/** Of who comes in, only what every screen needs: neither devices, links nor secrets are ever kept. */
const KEPT_OF_ACCESS = new Set(['/api/v1/access/me', '/api/v1/access/people']);
/** After these somebody else may look, or nobody. */
const ENDS_SESSION =
  /^\/api\/v1\/access\/(sign-in|sign-out|sign-out-everywhere|switch|link|demo\/remove|second-factor.*)$/;

/** An answer that was asked for before the session ended must not be kept after it. */
let session = 0;

self.addEventListener('install', (event) => {
  event.waitUntil(
    (async () => {
      await renew(await caches.open(SHELL), await fetch('/', { cache: 'no-store' }));
      await self.skipWaiting();
    })(),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(self.clients.claim());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (url.pathname.startsWith('/api/')) {
    if (request.method === 'POST' && ENDS_SESSION.test(url.pathname)) event.respondWith(endSession(request));
    else if (request.method === 'GET' && isKept(url.pathname)) event.respondWith(answer(request));
    return;
  }
  if (request.method !== 'GET') return;
  if (request.mode === 'navigate') event.respondWith(page(request));
  else if (url.pathname.startsWith('/assets/') || BASICS.includes(url.pathname))
    event.respondWith(asset(request));
});

function isKept(path) {
  if (!path.startsWith('/api/v1/') || path === '/api/v1/events') return false;
  if (path.startsWith('/api/v1/access/')) return KEPT_OF_ACCESS.has(path);
  return !path.startsWith('/api/v1/audit');
}

/** The network first, so that no old version of the screens stays when a newer one can be had. */
async function page(request) {
  const shell = await caches.open(SHELL);
  const network = fetch(request).then(async (found) => {
    const type = found.headers.get('content-type') ?? '';
    if (found.ok && type.includes('text/html')) await renew(shell, found.clone());
    return found;
  });
  const kept = () => shell.match('/');
  const late = new Promise((resolve) => {
    setTimeout(() => void kept().then((found) => found && resolve(found)), SHELL_WITHIN_MS);
  });
  try {
    return await Promise.race([network, late]);
  } catch (failure) {
    const found = await kept();
    if (found) return found;
    throw failure;
  }
}

/** Keeps a newer page with all it names; what only the older one named goes. */
async function renew(shell, found) {
  const text = await found.clone().text();
  const before = await shell.match('/');
  if (before && (await before.text()) === text) return;
  const named = [...text.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map((one) => one[1]);
  await shell.addAll(named);
  await shell.put('/', found);
  const wanted = new Set([...named, ...BASICS]);
  for (const request of await shell.keys()) {
    if (!wanted.has(new URL(request.url).pathname)) await shell.delete(request);
  }
}

/** Names of assets carry their hash: what is kept under a name never changes. The rest is asked for anew. */
async function asset(request) {
  const shell = await caches.open(SHELL);
  const hashed = new URL(request.url).pathname.startsWith('/assets/');
  const kept = await shell.match(request);
  if (kept && hashed) return kept;
  try {
    const found = await fetch(request);
    if (found.ok) await shell.put(request, found.clone());
    return found;
  } catch (failure) {
    if (kept) return kept;
    throw failure;
  }
}

/** What the plant says; only when nobody answers, what it said last, with the time of that. */
async function answer(request) {
  const asked = session;
  let found;
  try {
    found = await fetch(request);
  } catch (failure) {
    const kept = await (await caches.open(ANSWERS)).match(request.url);
    if (kept && asked === session) return kept;
    throw failure;
  }
  if (found.status === 401) await forget();
  else if (found.ok && asked === session) await keep(request.url, found.clone());
  return found;
}

async function keep(url, found) {
  const asked = session;
  const body = await found.blob();
  const headers = new Headers(found.headers);
  headers.delete('set-cookie');
  headers.set('x-kept-at-ms', String(Date.now()));
  const answers = await caches.open(ANSWERS);
  if (asked !== session) return;
  await answers.put(url, new Response(body, { status: found.status, headers }));
  if (asked !== session) await caches.delete(ANSWERS);
  const all = await answers.keys();
  for (const old of all.slice(0, Math.max(0, all.length - MAX_ANSWERS))) await answers.delete(old);
}

async function endSession(request) {
  await forget();
  try {
    return await fetch(request);
  } finally {
    await forget();
  }
}

async function forget() {
  session++;
  await caches.delete(ANSWERS);
}
