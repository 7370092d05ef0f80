// What the desk does beyond plain pages: live progress, pages kept for offline, values under the pointer.
const job = document.querySelector("#job[data-events]");
if (job) watch(job);

function watch(place) {
  const bar = place.querySelector("#bar"), told = place.querySelector("#told");
  const stream = new EventSource(place.dataset.events);
  const heard = (event) => {
    const now = JSON.parse(event.data);
    if (now.percent !== null) bar.value = now.percent;
    told.textContent = now.message + (now.percent === null ? "" : `, ${now.percent} %`);
    if (["done", "failed", "cancelled"].includes(now.state)) { stream.close(); location.reload(); }
  };
  for (const state of ["queued", "running", "done", "failed", "cancelled"]) stream.addEventListener(state, heard);
}

// A table of many rows gets a filter; without scripts it stays whole.
for (const table of document.querySelectorAll("main table.rows")) {
  const rows = [...table.tBodies[0].rows];
  if (rows.length < 25) continue;
  const box = document.createElement("input");
  box.type = "search";
  box.className = "filter";
  box.placeholder = box.ariaLabel = document.documentElement.dataset.filter || "Filter these rows";
  box.addEventListener("input", () => {
    const wanted = box.value.toLocaleLowerCase();
    for (const row of rows) row.hidden = !row.textContent.toLocaleLowerCase().includes(wanted);
  });
  table.before(box);
}

// The value of a path under the pointer, read from the numbers the chart carries.
const tip = document.createElement("output");
tip.className = "tip";
tip.hidden = true;
document.body.append(tip);
for (const chart of document.querySelectorAll("main svg")) {
  const path = chart.querySelector("path[data-values]");
  if (!path) continue;
  const name = chart.querySelector("title").textContent;
  const values = path.dataset.values.split(",").map((v) => (v === "" ? null : Number(v)));
  chart.addEventListener("pointermove", (event) => {
    const box = path.getBBox();
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(chart.getScreenCTM().inverse());
    const part = (at.x - box.x) / box.width;
    const value = values[Math.round(part * (values.length - 1))];
    tip.hidden = !(part >= 0 && part <= 1 && value !== null && value !== undefined);
    if (tip.hidden) return;
    const number = value.toLocaleString(document.documentElement.lang, { maximumSignificantDigits: 3 });
    tip.textContent = `${name}: ${number}`;
    tip.className = event.clientX > innerWidth / 2 ? "tip left" : "tip";
  });
  chart.addEventListener("pointerleave", () => { tip.hidden = true; });
}

if ("serviceWorker" in navigator) navigator.serviceWorker.register("/sw.js");
