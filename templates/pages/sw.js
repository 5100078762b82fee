{% load static %}// The month without network. Of pages it keeps the month's alone, as the portal marks it; of files what those pages need.
// Everything else goes to the portal as if this were not here.
const PAGES = "months";
const FILES = "files-{{ release }}";
const OFFLINE = "{% url 'offline' %}";
const NEEDED = [OFFLINE{% for name in files %}, "{% static name %}"{% endfor %}];
const PATIENCE = 8000;

const asNobody = (address) => new Request(address, { credentials: "omit" });

addEventListener("install", (event) => {
  // What does not arrive over a weak network does not keep the rest away: it is kept when a page asks for it.
  const keep = async (files) => Promise.all(NEEDED.map((address) => files.add(asNobody(address)).catch(() => {})));
  event.waitUntil(caches.open(FILES).then(keep));
  skipWaiting();
});

addEventListener("activate", (event) => {
  const others = async () => {
    for (const name of await caches.keys()) if (name.startsWith("files-") && name !== FILES) await caches.delete(name);
    await clients.claim();
  };
  event.waitUntil(others());
});

const isMonth = (response) => response.ok && response.headers.get("X-Keep-Page") === "month";

// A page that is no month any more (it was sent) is not opened from here either.
async function keepPage(path, response) {
  const pages = await caches.open(PAGES);
  if (isMonth(response)) await pages.put(path, response);
  else if (response.ok) await pages.delete(path);
}

async function page(event) {
  const path = new URL(event.request.url).pathname;
  const kept = await caches.match(path, { cacheName: PAGES });
  const asked = fetch(event.request);
  const late = kept && new Promise((resolve) => setTimeout(() => resolve(null), PATIENCE));
  try {
    const response = await (kept ? Promise.race([asked, late]) : asked);
    if (!response) {
      asked.catch(() => {});
      return kept;
    }
    if (kept || isMonth(response)) event.waitUntil(keepPage(path, response.clone()));
    return response;
  } catch {
    return kept ?? (await caches.match(OFFLINE)) ?? Response.error();
  }
}

// Files with the digest of their content in the name never change; others are asked for first.
async function file(request) {
  const kept = await caches.match(request, { cacheName: FILES });
  if (kept && /\.[0-9a-f]{12}\.\w+$/.test(new URL(request.url).pathname)) return kept;
  try {
    const response = await fetch(request);
    if (response.ok && (kept || NEEDED.includes(new URL(request.url).pathname))) (await caches.open(FILES)).put(request, response.clone());
    return response;
  } catch {
    return kept ?? Response.error();
  }
}

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  // Signing in, signing out, another's password: what was kept of pages leaves the device.
  if (url.pathname.startsWith("/account/") && request.mode === "navigate") event.waitUntil(caches.delete(PAGES));
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (url.pathname.startsWith("/static/")) event.respondWith(file(request));
});

// A month that was opened before this was there: kept now, with what it is made of.
// The page sends its own text along: over a weak network it is not asked for twice, only its head is.
async function keepMonth({ keep, html, files }) {
  if (!(await caches.match(keep, { cacheName: PAGES }))) {
    const head = await fetch(keep, { method: "HEAD" });
    const headers = new Headers(head.headers);
    for (const name of ["Content-Encoding", "Content-Length"]) headers.delete(name);
    if (isMonth(head)) await keepPage(keep, new Response(html, { headers }));
  }
  const kept = await caches.open(FILES);
  for (const address of files) {
    const { origin, pathname } = new URL(address);
    if (origin !== location.origin || !pathname.startsWith("/static/") || (await kept.match(address))) continue;
    await kept.add(address).catch(() => {}); // it is asked for again when the month is opened next
  }
}

addEventListener("message", (event) => {
  if (event.data.keep) event.waitUntil(keepMonth(event.data));
});
