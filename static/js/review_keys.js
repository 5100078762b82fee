// Reviewing by keyboard: a accepts the item in focus, e edits it, x takes it out. An item that was saved in place keeps
// the focus, so that the next key goes on from there. Without this the buttons still work.
let swapped = null;

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !["a", "e", "x"].includes(event.key)) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const button = document.activeElement.closest?.(".item")?.querySelector(`[data-key="${event.key}"]`);
  if (!button) return;
  event.preventDefault();
  button.click();
});

document.addEventListener("htmx:beforeSwap", (event) => {
  swapped = event.detail.target.closest?.(".item")?.id ?? null;
});

document.addEventListener("htmx:afterSettle", () => {
  const item = swapped && document.getElementById(swapped);
  swapped = null;
  if (!item) return;
  const first = item.querySelector(".error-summary, .conflict, textarea");
  if (!first) item.tabIndex = -1;
  (first ?? item).focus({ preventScroll: true });
});
