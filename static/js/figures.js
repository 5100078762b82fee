// The principal's month: beside each figure the difference from last month, at once; "keep" takes last month's figure.
// The server computes the same when it shows the page, so nothing here is needed to report.
const shownNumber = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 6, useGrouping: "always" });
const typedNumber = new Intl.NumberFormat("vi", { maximumFractionDigits: 6, useGrouping: "always" });

// Numbers typed the Vietnamese way. What is no clear number ("98.5") gives null: the server asks about it.
export function parseNumber(text) {
  const typed = text.trim().replace(/(?<=\d)[ \u00a0\u202f](?=\d{3}(?:\D|$))/g, ".");
  if (!/^(\d+|[1-9]\d{0,2}(\.\d{3})+)(,\d+)?$/.test(typed)) return null;
  return Number(typed.replaceAll(".", "").replace(",", "."));
}

export function formatDifference(difference) {
  const rounded = Number(difference.toFixed(6));
  if (rounded === 0) return "0";
  return (rounded > 0 ? "+" : "\u2212") + shownNumber.format(Math.abs(rounded));
}

function follow(row) {
  const input = row.querySelector("[data-previous]");
  if (!input) return;
  const previous = Number(input.dataset.previous);
  const keep = row.querySelector("[data-keep]");
  const difference = row.querySelector("[data-difference]");

  const compare = () => {
    const value = parseNumber(input.value);
    difference.value = value === null ? "" : formatDifference(value - previous);
    if (keep) keep.hidden = value !== null;
  };
  input.addEventListener("input", compare);
  input.addEventListener("change", () => {
    const value = parseNumber(input.value);
    if (value !== null) input.value = typedNumber.format(value);
  });
  keep?.addEventListener("click", () => {
    input.value = typedNumber.format(previous);
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.focus();
  });
  compare();
}

// All at once: last month's figure in each empty field that may keep it, as the server does it, but not saved yet.
function fillIn(button) {
  const form = button.form;
  const said = form.querySelector("[data-filled]");
  button.addEventListener("click", (event) => {
    event.preventDefault();
    const empty = [...form.querySelectorAll("[data-stays] [data-previous]")].filter(
      (input) => !input.value.trim() && !form.elements[`${input.name}-na`]?.checked,
    );
    for (const input of empty) {
      input.value = typedNumber.format(Number(input.dataset.previous));
      input.dispatchEvent(new Event("input", { bubbles: true }));
    }
    said.textContent = said.dataset.words.replace("{count}", empty.length);
  });
}

function begin(part) {
  part.querySelectorAll("[data-figure]").forEach(follow);
  part.querySelectorAll("[data-fill]").forEach(fillIn);
}

begin(document);
// The page comes anew with its messages when something in it is to be put right.
document.addEventListener("htmx:afterSwap", ({ target }) => begin(target));
