// The last pages read stay readable without a network: the network first, then what was kept.
const KEPT = "desk-pages-1", MOST = 60;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event, address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin || address.pathname.startsWith("/api/")) return;
  if (address.searchParams.has("token") || address.pathname === "/login") return;
  if (request.mode === "navigate" || address.pathname.startsWith("/static/")) event.respondWith(answer(request));
});

self.addEventListener("message", (event) => { if (event.data === "forget") caches.delete(KEPT); });

async function answer(request) {
  const kept = await caches.open(KEPT);
  try {
    const fresh = await fetch(request);
    if (fresh.ok && fresh.type === "basic" && !fresh.redirected) {
      await kept.put(request, fresh.clone());
      await tidy(kept);
    }
    return fresh;
  } catch {
    return (await kept.match(request)) || (await kept.match("/offline")) || Response.error();
  }
}

async function tidy(kept) {
  const pages = (await kept.keys()).filter((r) => !new URL(r.url).pathname.startsWith("/static/"));
  for (const old of pages.slice(0, Math.max(0, pages.length - MOST))) await kept.delete(old);
}
