// The portal on a device: installs what opens the month without network, and lets nobody read what another left.
// What is kept open is the month's page alone, for one person, until they sign out (ADR 0035).
import { waitingOf } from "./drafts.js";

const PAGES = "months";
const PERSON = "person";
const known = document.querySelector("meta[name=person]"); // not on the page that is shown without network
const person = known?.content ?? "";

function forget() {
  return globalThis.caches?.delete(PAGES);
}

// Another person's pages, or anybody's once nobody is signed in, leave the device before anything else is kept.
function changeHands() {
  if (localStorage.getItem(PERSON) === person) return;
  forget();
  localStorage.setItem(PERSON, person);
}

// What was loaded first is not held up by what is kept for later.
const PAUSE = 2000;
const arrived = new Promise((done) => {
  if (document.readyState === "complete") done();
  else window.addEventListener("load", done);
});

async function install() {
  if (!person || !navigator.serviceWorker) return;
  // As it came, before other scripts have changed anything in it.
  const html = document.getElementById("month") && `<!DOCTYPE html>${document.documentElement.outerHTML}`;
  await arrived;
  await new Promise((done) => setTimeout(done, PAUSE));
  await navigator.serviceWorker.register("/sw.js");
  const { active } = await navigator.serviceWorker.ready;
  if (!html) return;
  const files = [...document.querySelectorAll("link[rel=stylesheet], script[src]")].map((one) => one.href || one.src);
  active?.postMessage({ keep: location.pathname, html, files });
}

// Typed on this device and not sent, on whatever page its owner is.
async function remind() {
  const here = document.querySelector("[data-unsent]");
  if (!here || !person || !globalThis.indexedDB) return;
  for (const [report, count] of await waitingOf(person)) {
    if (document.getElementById("month")?.dataset.report === report) continue;
    const line = document.createElement("p");
    line.append(`${here.dataset.unsent.replace("{count}", count)} `);
    line.append(Object.assign(document.createElement("a"), { href: `/reports/${report}/`, textContent: here.dataset.open }));
    here.append(line);
    here.hidden = false;
  }
}

// Whoever signs out with something unsent is told: it stays sealed, and is sent when they are back.
function leave() {
  document.addEventListener("submit", (event) => {
    if (!event.target.action?.endsWith("/account/logout/")) return;
    forget();
    const here = document.querySelector("[data-unsent]");
    const count = Number(here?.dataset.count ?? 0);
    if (count && !confirm(here.dataset.leaving.replace("{count}", count))) event.preventDefault();
  });
}

async function count() {
  const here = document.querySelector("[data-unsent]");
  if (!here || !person || !globalThis.indexedDB) return;
  const waiting = await waitingOf(person);
  here.dataset.count = waiting.reduce((sum, [, one]) => sum + one, 0);
}

if (known) changeHands();
leave();
install().catch(() => {}); // without it the page works as long as there is a network
remind().catch(() => {});
document.addEventListener("visibilitychange", () => count().catch(() => {}));
document.addEventListener("click", ({ target }) => target.closest("details.menu") && count().catch(() => {}));
