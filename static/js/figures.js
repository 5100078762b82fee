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
    keep.hidden = value !== null;
  };
  input.addEventListener("input", compare);
  input.addEventListener("change", () => {
    const value = parseNumber(input.value);
    if (value !== null) input.value = typedNumber.format(value);
  });
  keep.addEventListener("click", () => {
    input.value = typedNumber.format(previous);
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.focus();
  });
  compare();
}

document.querySelectorAll("[data-figure]").forEach(follow);
