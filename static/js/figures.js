// The principal's month: beside each figure the difference from last month, at once, and what is reckoned from figures;
// last month's figure is confirmed or taken over. The server computes the same when it shows the page, so nothing here
// is needed to report.
const shownNumber = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 6, useGrouping: "always" });
const typedNumber = new Intl.NumberFormat("vi", { maximumFractionDigits: 6, useGrouping: "always" });
const reckoned = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1, useGrouping: "always", roundingMode: "halfExpand" });

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

// A word for the other scripts of the page: this was answered by the person, not only shown.
function answered(input) {
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

function follow(row) {
  const input = row.querySelector("[data-previous]");
  if (!input) return;
  const previous = Number(input.dataset.previous);
  const keep = row.querySelector("[data-keep]");
  const difference = row.querySelector("[data-difference]");
  const proposed = row.querySelector("[data-proposed]");

  const compare = () => {
    const value = parseNumber(input.value);
    difference.value = value === null ? "" : formatDifference(value - previous);
    if (keep) keep.hidden = value !== null;
  };
  // Whoever types in the field has answered, and so has who says that it is still right.
  const settle = () => {
    if (!row.matches(".is-proposed")) return;
    row.classList.remove("is-proposed");
    proposed.remove();
  };
  input.addEventListener("input", () => {
    settle();
    compare();
  });
  input.addEventListener("change", () => {
    const value = parseNumber(input.value);
    if (value !== null) input.value = typedNumber.format(value);
  });
  proposed?.querySelector("[type=checkbox]").addEventListener("change", () => {
    answered(input);
    input.focus({ preventScroll: true });
  });
  keep?.addEventListener("click", () => {
    input.value = typedNumber.format(previous);
    answered(input);
    input.focus();
  });
  compare();
}

// All that stands as last month, confirmed at once.
function confirmAll(button) {
  const form = button.form;
  const said = form.querySelector("[data-filled]");
  button.addEventListener("click", (event) => {
    event.preventDefault();
    const inputs = [...form.querySelectorAll(".is-proposed [data-previous]")];
    for (const input of inputs) answered(input);
    said.textContent = said.dataset.words.replace("{count}", inputs.length);
    button.hidden = true;
  });
}

function total(form, names) {
  let sum = 0;
  for (const name of names) {
    const value = parseNumber(form.elements[name]?.value ?? "");
    if (value === null || form.elements[`${name}-na`]?.checked) return null;
    sum += value;
  }
  return sum;
}

function reckon(form) {
  for (const output of form.querySelectorAll("output[data-of]")) {
    const names = (text) => text.split(" ").filter(Boolean);
    const over = names(output.dataset.over);
    const above = total(form, names(output.dataset.of));
    const below = over.length ? total(form, over) : 1;
    const isShare = "share" in output.dataset;
    const number = above === null || !below ? null : (above / below) * (isShare ? 100 : 1);
    output.value = number === null ? "\u2013" : reckoned.format(number) + (isShare ? "%" : "");
  }
}

function begin(part) {
  part.querySelectorAll("[data-figure]").forEach(follow);
  part.querySelectorAll("[data-fill]").forEach(confirmAll);
  for (const form of part.querySelectorAll("form.month")) {
    form.addEventListener("input", () => reckon(form));
    reckon(form);
  }
}

begin(document);
// The page comes anew with its messages when something in it is to be put right.
document.addEventListener("htmx:afterSwap", ({ target }) => begin(target));
