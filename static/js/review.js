// Reviewing a read document: n and p go to the next and the previous doubtful item, and an item and its words in the
// sheet light up together. Without this the links between the two still work.
const review = document.querySelector("[data-review]");

const partner = (element) => {
  const id = element.dataset.span ?? element.hash?.slice(1);
  return id ? document.getElementById(id) : null;
};

function light(element, on) {
  element.classList.toggle("lit", on);
  partner(element)?.classList.toggle("lit", on);
}

function goTo(item) {
  partner(item)?.scrollIntoView({ block: "center" });
  item.scrollIntoView({ block: "center" });
  item.tabIndex = -1;
  item.focus({ preventScroll: true });
}

// From where the reader is, the nearest doubtful item in that direction, and round again at the end.
function nextDoubtful(step) {
  const items = [...review.querySelectorAll(".item.doubtful")];
  if (step < 0) items.reverse();
  const here = document.activeElement.closest?.(".item");
  if (!here) return items[0];
  const side = step > 0 ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING;
  const beyond = (item) => item !== here && here.compareDocumentPosition(item) & side;
  return items.find(beyond) ?? items[0];
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || !["n", "p"].includes(event.key)) return;
  if (event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]")) return;
  const item = nextDoubtful(event.key === "n" ? 1 : -1);
  if (item) goTo(item);
}

if (review) {
  document.addEventListener("keydown", onKey);
  for (const [enter, leave] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
    for (const [name, on] of [[enter, true], [leave, false]]) {
      review.addEventListener(name, (event) => {
        const element = event.target.closest(".mark, .item");
        if (element) light(element, on);
      });
    }
  }
}
