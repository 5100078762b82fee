// Checking by keyboard. The keys are listed under "?" and can be switched off there; without this the buttons still work.
import { choose, chosen, items, toText } from "./review.js";

const OFF = "review-keys-off";
const TYPING = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";
const MOVES = { ">": "deeper", "<": "higher", J: "later", K: "earlier", m: "join" };
const box = document.getElementById("use-keys");

const step = (list, by) => {
  const place = list.indexOf(chosen());
  if (place >= 0) return list[place + by];
  const here = chosen();
  const beyond = (item) => here && here.compareDocumentPosition(item) & Node.DOCUMENT_POSITION_FOLLOWING;
  return by > 0 ? list.find(beyond) ?? list[0] : list.findLast((item) => !beyond(item)) ?? list.at(-1);
};
const doubtful = () => [...document.querySelectorAll("#items .item.doubtful")];
const press = (selector) => document.querySelector(selector)?.click();

function move(name) {
  const item = chosen();
  if (!item) return;
  htmx.ajax("POST", `${item.dataset.url}move/`, {
    target: "#items", swap: "outerHTML", values: { move: name, version: item.dataset.version },
  });
}

function split() {
  const item = chosen();
  if (item) htmx.ajax("GET", `${item.dataset.url}split/`, { target: `#${item.id}`, swap: "outerHTML" });
}

const KEYS = {
  j: () => choose(step(items(), 1) ?? chosen()),
  k: () => choose(step(items(), -1) ?? chosen()),
  n: () => choose(step(doubtful(), 1) ?? doubtful()[0] ?? chosen()),
  p: () => choose(step(doubtful(), -1) ?? doubtful().at(-1) ?? chosen()),
  A: () => press('[data-page-key="A"]'),
  u: () => press('[data-page-key="u"]'),
  s: split,
  t: () => (document.activeElement?.matches(".split-sheet") ? choose(chosen()) : chosen() && toText(chosen())),
  "+": () => press("[data-take-words]"),
  "?": () => press("#keys > summary"),
};
for (const key of ["a", "e", "x"]) KEYS[key] = () => chosen()?.querySelector(`[data-key="${key}"]`)?.click();
for (const [key, name] of Object.entries(MOVES)) KEYS[key] = () => move(name);

// In a form: Ctrl+Enter saves, Escape closes it unless something was typed into it.
function inForm(event) {
  const form = event.target.closest(".item form.form");
  if (!form) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  if (event.key === "Escape" && !form.matches('[data-typed], [data-unsaved="yes"]')) form.querySelector("[data-close]")?.click();
}

document.addEventListener("keydown", (event) => {
  if (event.target.closest(".item form.form")) return inForm(event);
  if (event.ctrlKey || event.metaKey || event.altKey || localStorage.getItem(OFF)) return;
  if (event.target.closest(TYPING) || !KEYS[event.key]) return;
  event.preventDefault();
  KEYS[event.key]();
});

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-next-doubt]")) return;
  event.preventDefault();
  KEYS.n();
});

if (box) {
  box.checked = !localStorage.getItem(OFF);
  box.addEventListener("change", () => (box.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "yes")));
}
