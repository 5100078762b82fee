// Checking a read document: the chosen item lights up its words in the text and the other way round, and on a narrow
// screen one part is shown at a time. Without this the links between the two still work.
const review = document.querySelector("[data-review]");
const sheet = () => document.getElementById("sheet");
const narrow = window.matchMedia("(max-width: 60rem)");

export const items = () => [...review.querySelectorAll("#items .item")].filter((item) => item.checkVisibility());
export const chosen = () => review.querySelector(".item.chosen");
const wordsOf = (item) => [...sheet().querySelectorAll(`[data-item="${item.dataset.task}"]`)];

// --- one part at a time ------------------------------------------------------------------------------------------

const places = {};

export function show(part) {
  if (!narrow.matches || review.dataset.shown === part) return;
  places[review.dataset.shown] = window.scrollY;
  review.dataset.shown = part;
  for (const button of review.querySelectorAll("[data-pane]")) {
    button.setAttribute("aria-pressed", String(button.dataset.pane === part));
  }
  window.scrollTo({ top: places[part] ?? 0, behavior: "instant" });
}

// --- choosing ----------------------------------------------------------------------------------------------------

function light(item) {
  for (const words of sheet().querySelectorAll(".lit")) words.classList.remove("lit", "doubtful");
  if (!item) return;
  const lit = wordsOf(item);
  for (const words of lit) {
    words.classList.add("lit");
    words.classList.toggle("doubtful", item.classList.contains("doubtful"));
  }
  if (!narrow.matches && lit[0]) intoView(lit[0], sheet().parentElement);
}

// Within its own pane only: the page beside it stays where it is.
function intoView(words, pane) {
  const [at, within] = [words.getBoundingClientRect(), pane.getBoundingClientRect()];
  if (at.top < within.top + 24 || at.bottom > within.bottom - 120) pane.scrollTop += at.top - within.top - within.height / 4;
}

export function choose(item, { focus = true } = {}) {
  chosen()?.classList.remove("chosen");
  chosen()?.removeAttribute("aria-current");
  if (!item) return;
  item.closest("details.folded:not([open])")?.setAttribute("open", "");
  item.classList.add("chosen");
  item.setAttribute("aria-current", "true");
  item.tabIndex = -1;
  light(item);
  if (!focus) return;
  show("read");
  item.focus({ preventScroll: true });
  const at = item.getBoundingClientRect();
  const tall = at.height > window.innerHeight / 2;
  if (at.top < 60 || at.bottom > window.innerHeight - 120) item.scrollIntoView({ block: tall ? "start" : "center" });
}

export function toText(item) {
  show("text");
  const words = wordsOf(item)[0];
  if (!words) return;
  if (narrow.matches) words.scrollIntoView({ block: "center" });
  sheet().parentElement.focus({ preventScroll: true });
}

// The mark beside the text says the same as its item, also after that was saved in its place.
function agree(item) {
  const tag = sheet().querySelector(`[data-tag="${item.dataset.task}"]`);
  for (const name of ["doubtful", "checked", "untracked"]) tag?.classList.toggle(name, item.classList.contains(name));
}

const itemOf = (key) => document.getElementById(`i${key}`);

function onClick(event) {
  const words = event.target.closest("#sheet [data-item], #sheet .tag");
  if (words) {
    if (!getSelection().isCollapsed) return;
    event.preventDefault();
    choose(itemOf(words.dataset.item ?? words.dataset.tag));
    return;
  }
  const link = event.target.closest("a[href^='#']");
  if (link?.matches("[data-next-doubt]")) return;
  if (link) return follow(event, link);
  const item = event.target.closest(".item");
  if (item && item !== chosen()) choose(item, { focus: false });
}

// Links within the page: to an item, to words of the text, to a field of the head.
function follow(event, link) {
  const target = document.querySelector(link.hash || "body");
  if (!target) return;
  const item = target.closest(".item");
  if (item && !link.closest(".item")) { event.preventDefault(); choose(item); return; }
  target.closest("details:not([open])")?.setAttribute("open", "");
  if (!target.closest("#sheet")) return;
  const own = link.closest(".item");
  if (own) choose(own, { focus: false });
  show("text");
}

// --- answers in place --------------------------------------------------------------------------------------------

let was = null;

function rest() {
  for (const tag of sheet().querySelectorAll(".tag")) tag.tabIndex = -1;
}

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  was = detail.target.closest?.(".item")?.id ?? (detail.target.id === "items" ? "items" : null);
});

document.addEventListener("htmx:afterSettle", () => {
  if (!was) return;
  const all = was === "items" && document.getElementById("items");
  const item = all ? itemOf(all.dataset.chosen) ?? items().find((one) => one.matches(".doubtful")) : document.getElementById(was);
  was = null;
  rest();
  if (!item) return;
  agree(item);
  choose(item);
  item.querySelector(".error-summary, .conflict, textarea, .split-first + .field input")?.focus({ preventScroll: true });
});

document.addEventListener("htmx:beforeRequest", () => { document.getElementById("said").textContent = ""; });
document.addEventListener("said", ({ detail }) => { document.getElementById("said").textContent = detail.words; });

// The head is saved on the way to the next step, if something was typed into it.
function saveHeadFirst(event) {
  const then = event.target.closest("[data-then]");
  const form = document.getElementById("header-form");
  if (!then || !form.matches('[data-typed], [data-unsaved="yes"]')) return;
  event.preventDefault();
  form.elements.then.value = "issue";
  form.requestSubmit();
}

if (review) {
  review.dataset.shown = "read";
  review.querySelector("[data-panes]").hidden = false;
  review.addEventListener("click", (event) => {
    const pane = event.target.closest("[data-pane]");
    if (pane) show(pane.dataset.pane);
    else onClick(event);
  });
  // By the Tab key. A pointer chooses when it is lifted: what is chosen grows, and must not move from under it before.
  review.addEventListener("focusin", (event) => {
    const item = event.target.closest(".item");
    if (item && item !== chosen() && event.target.matches(":focus-visible")) choose(item, { focus: false });
  });
  document.addEventListener("click", saveHeadFirst);
  rest();
  const asked = location.hash.startsWith("#i") && document.querySelector(location.hash);
  if (asked) choose(asked);
}
