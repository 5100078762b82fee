// A task made from words that are selected in the text. Without this they are copied into the form by hand.
const take = document.querySelector("[data-take]");
const sheet = () => document.getElementById("sheet");

// Where a place of the page lies in the document: characters as the server counts them, not halves of pairs.
function placeOf(node, offset) {
  const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  const part = element.closest("[data-start]") ?? next(node, offset);
  if (!part) return null;
  const within = node.nodeType === Node.TEXT_NODE ? [...node.data.slice(0, offset)].length : 0;
  return Number(part.dataset.start) + within;
}

// A selection may begin or end between two parts: at the edge of a line.
function next(node, offset) {
  const range = document.createRange();
  range.setStart(node, offset);
  return [...sheet().querySelectorAll("[data-start]")].find((part) => range.comparePoint(part, 0) >= 0);
}

function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!sheet()?.contains(range.startContainer) || !sheet().contains(range.endContainer)) return null;
  const [start, end] = [placeOf(range.startContainer, range.startOffset), placeOf(range.endContainer, range.endOffset)];
  return start !== null && end !== null && end > start ? { start, end } : null;
}

let words = null;

if (take) {
  document.addEventListener("selectionchange", () => {
    words = selected() ?? (document.activeElement?.matches("[data-take-words]") ? words : null);
    take.hidden = !words;
  });
  take.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-take-words]");
    if (!button || !words) return;
    const { start, end } = words;
    getSelection().removeAllRanges();
    take.hidden = true;
    await htmx.ajax("GET", `${button.dataset.takeWords}?start=${start}&end=${end}`, { target: "[data-add]", swap: "innerHTML" });
    const add = document.getElementById("add");
    add.open = true;
    document.querySelector('[data-pane="read"]').click();
    add.scrollIntoView({ block: "start" });
    add.querySelector("textarea").focus({ preventScroll: true });
  });
}
