// Sharing a target out: what the values come to together, and how far from the whole, while somebody types.
// The server says the same when it is saved, so nothing here is needed to share out.
import { parseNumber } from "./figures.js";

const shown = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1, useGrouping: "always" });

// Of counts the sum; of rates weighted by what each divides by. Nothing where no value or no weight is known.
function together(cells, isRate) {
  let above = 0, below = 0, known = false;
  for (const cell of cells) {
    const value = parseNumber(cell.querySelector("input").value);
    if (value === null) continue;
    const weight = Number(cell.dataset.weight);
    if (isRate && !weight) continue;
    known = true;
    above += isRate ? (value * weight) / 100 : value;
    below += weight;
  }
  if (!known) return null;
  return isRate ? Math.round((above / below) * 1000) / 10 : above;
}

function inWords(difference, isRate, words) {
  const text = shown.format(Math.abs(difference));
  const amount = isRate ? words.dataset.points.replace("{count}", text) : text;
  if (!difference) return words.dataset.equal;
  return (difference < 0 ? words.dataset.short : words.dataset.over).replace("{difference}", amount);
}

function begin(form) {
  const cells = [...form.querySelectorAll("[data-weight]")];
  const isRate = "rate" in form.dataset;
  const goal = Number(form.dataset.goal);
  const words = document.querySelector("template[data-words]");
  const sum = form.querySelector("[data-together]");
  const said = form.querySelector("[data-difference]");
  const tell = () => {
    const value = together(cells, isRate);
    sum.value = value === null ? "–" : shown.format(value) + (isRate ? "%" : "");
    said.textContent = value === null ? "" : inWords(Math.round((value - goal) * 10) / 10, isRate, words);
  };
  form.addEventListener("input", tell);
  tell();
}

document.querySelectorAll("form[data-share]").forEach(begin);
