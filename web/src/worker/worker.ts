/**
 * worker -- the service worker: the dashboard opens without the server, with what was seen last.
 *
 * Nothing that the server says is answered from here while the server is there; only files whose name holds their content are. What it
 * keeps of patients is what somebody opened on this device, for three days at most; signing out, another person signing in, or a device
 * that is said to be shared forgets it (lib/offline.ts). An answer from here carries X-Seen-At, when it was seen, so that the page says so.
 */
/// <reference lib="webworker" />
import { clientsClaim } from 'workbox-core';
import { ExpirationPlugin } from 'workbox-expiration';
import { cleanupOutdatedCaches, precacheAndRoute } from 'workbox-precaching';
import { registerRoute, setCatchHandler } from 'workbox-routing';
import { CacheFirst, NetworkFirst } from 'workbox-strategies';

import { keyOf, OFFLINE_PAGE, readsOf, SEEN_AT } from './places.ts';

declare const self: ServiceWorkerGlobalScope;
/** Written in by scripts/worker.mjs: the pages that open without a line, the files that they need, and the folders that one page stands for (`/dashboard/patients/_/`). */
declare const PAGES: string[];
declare const FILES: string[];
declare const ANY_ID: string[];

const DAY_S = 24 * 3600;
/** On a slow line the page that is here is better than waiting; its data comes from the server all the same. */
const PAGE_WAIT_S = 4;

void self.skipWaiting();
clientsClaim();
cleanupOutdatedCaches();

/** A proxy that stands before a server that is away answers in its place: for us that is no answer. */
const noAnswer = {
  fetchDidSucceed: async ({ response }: { response: Response }) => {
    if (response.status >= 502 && response.status <= 504) throw new Error(`no answer: ${response.status}`);
    return response;
  },
};
const onePageForAllIds = { cacheKeyWillBeUsed: async ({ request }: { request: Request }) => keyOf(request.url, ANY_ID) };

const saysWhen = {
  /** The date is the server's own; without one nothing says how old the answer is, and it is not kept. */
  cacheWillUpdate: async ({ response }: { response: Response }) => (response.status === 200 && response.headers.has('date') ? response : null),
  cachedResponseWillBeUsed: async ({ cachedResponse }: { cachedResponse?: Response }) => {
    if (!cachedResponse) return cachedResponse;
    const headers = new Headers(cachedResponse.headers);
    headers.set(SEEN_AT, headers.get('date') ?? '');
    return new Response(cachedResponse.body, { status: cachedResponse.status, headers });
  },
};

const kept = {
  data: new ExpirationPlugin({ maxEntries: 400, maxAgeSeconds: 3 * DAY_S, purgeOnQuotaError: true }),
  pictures: new ExpirationPlugin({ maxEntries: 60, maxAgeSeconds: 3 * DAY_S, purgeOnQuotaError: true }),
};

// Their names hold their content, so that they need no revision.
precacheAndRoute(FILES.map((url) => ({ url, revision: null })));

registerRoute(
  ({ url }) => url.origin === self.location.origin && url.pathname.startsWith('/_next/static/'),
  new CacheFirst({ cacheName: 'files', plugins: [new ExpirationPlugin({ maxEntries: 500, maxAgeSeconds: 60 * DAY_S, purgeOnQuotaError: true })] }),
);
registerRoute(
  ({ request, url }) => request.mode === 'navigate' && /^\/(dashboard|login|offline)\//.test(url.pathname),
  new NetworkFirst({ cacheName: 'pages', networkTimeoutSeconds: PAGE_WAIT_S, plugins: [noAnswer, onePageForAllIds] }),
);
registerRoute(
  ({ url }) => url.origin === self.location.origin && /^\/dashboard\/.*\.txt$/.test(url.pathname),
  new NetworkFirst({ cacheName: 'pages', networkTimeoutSeconds: PAGE_WAIT_S, plugins: [noAnswer, onePageForAllIds] }),
);
registerRoute(
  ({ url }) => url.origin === self.location.origin && readsOf(url.pathname) === 'data',
  new NetworkFirst({ cacheName: 'data', plugins: [noAnswer, saysWhen, kept.data] }),
);
registerRoute(
  ({ url }) => url.origin === self.location.origin && readsOf(url.pathname) === 'pictures',
  new NetworkFirst({ cacheName: 'pictures', plugins: [noAnswer, saysWhen, kept.pictures] }),
);

setCatchHandler(async ({ request }) => {
  if (request.mode !== 'navigate') return Response.error();
  return (await caches.match(OFFLINE_PAGE)) ?? Response.error();
});

/** 'forget': nothing of any patient stays here. Answered when it is done. */
self.addEventListener('message', (event) => {
  if (event.data !== 'forget') return;
  event.waitUntil(
    Promise.all([kept.data.deleteCacheAndMetadata(), kept.pictures.deleteCacheAndMetadata(), caches.delete('data'), caches.delete('pictures')])
      .then(() => event.ports[0]?.postMessage('forgotten')),
  );
});

// Where visited pages are kept too: the first visit may be the last one with a line.
self.addEventListener('install', (event) => {
  event.waitUntil(caches.open('pages').then((cache) => cache.addAll(PAGES.map((url) => new Request(url, { cache: 'no-cache' })))));
});
