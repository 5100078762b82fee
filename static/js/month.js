// The principal's month: which figures are still missing, in words, while they are being typed.
// The server says the same when it shows the page, so nothing here is needed to report.
const NAMED = 2;
const status = document.querySelector("[data-missing]");
const form = document.getElementById("month");

function missingFigures() {
  return [...form.querySelectorAll("[data-figure]")].flatMap((row) => {
    const input = row.querySelector(".figure-control input");
    const notApplicable = form.elements[`${input.name}-na`];
    const refused = input.getAttribute("aria-invalid") === "true" && input.value === input.defaultValue;
    const answered = (input.value.trim() && !refused) || notApplicable?.checked;
    return answered ? [] : [row.querySelector("label").textContent.trim()];
  });
}

function say() {
  const missing = missingFigures();
  if (!missing.length) {
    status.textContent = status.dataset.none;
    return;
  }
  const names = missing.slice(0, NAMED);
  if (missing.length > NAMED) names.push(status.dataset.more);
  status.textContent = status.dataset.some.replace("{count}", missing.length).replace("{names}", names.join(", "));
}

if (form && status) {
  form.addEventListener("input", say);
  say();
}
