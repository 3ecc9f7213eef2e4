// Keeps one page and its stylesheets for when the line is down. Nothing that anybody reads, types or is signed in for is
// kept: the page is asked for without cookies, and no other answer is ever put away. KEPT stands above, by the server.
const PAGE = "/offline", STAFF = /^\/(console|staff|reports|api)(\/|$)/;

const keep = async () => {
  const answer = await fetch(PAGE, { credentials: "omit", cache: "no-store" });
  if (!answer.ok) throw new Error(`${PAGE} answers ${answer.status}`);
  const links = (await answer.clone().text()).matchAll(/<link rel="stylesheet" href="([^"]+)"/g);
  const kept = await caches.open(KEPT);
  await Promise.all([kept.put(PAGE, answer), kept.addAll([...links].map(([, href]) => href))]);
};
const forget = async () => {
  for (const name of await caches.keys()) if (name !== KEPT) await caches.delete(name);
};

self.addEventListener("install", (event) => event.waitUntil(keep().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(forget().then(() => self.clients.claim())));
self.addEventListener("fetch", (event) => {
  const { request } = event, { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin || STAFF.test(pathname)) return;
  const instead = request.mode === "navigate" ? PAGE : request.destination === "style" ? request : null;
  if (!instead) return;
  event.respondWith(fetch(request).catch(async () => (await caches.match(instead)) ?? Response.error()));
});
