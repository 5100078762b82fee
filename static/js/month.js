// The principal's month: which figures are still missing, in words, while they are being typed.
// The server says the same when it shows the page, so nothing here is needed to report.
const NAMED = 2;

function missingFigures(form) {
  return [...form.querySelectorAll("[data-figure]")].flatMap((row) => {
    const input = row.querySelector(".figure-control input");
    const notApplicable = form.elements[`${input.name}-na`];
    const refused = input.getAttribute("aria-invalid") === "true" && input.value === input.defaultValue;
    const answered = (input.value.trim() && !refused) || notApplicable?.checked;
    return answered ? [] : [row.querySelector("label").textContent.trim()];
  });
}

function say(form, status) {
  const missing = missingFigures(form);
  if (!missing.length) {
    status.textContent = status.dataset.none;
    return;
  }
  const names = missing.slice(0, NAMED);
  if (missing.length > NAMED) names.push(status.dataset.more);
  status.textContent = status.dataset.some.replace("{count}", missing.length).replace("{names}", names.join(", "));
}

function begin() {
  const form = document.getElementById("month");
  const status = document.querySelector("[data-missing]");
  if (!form || !status) return;
  form.addEventListener("input", () => say(form, status));
  say(form, status);
}

begin();
// The page comes anew with its messages when something in it is to be put right.
document.addEventListener("htmx:afterSwap", begin);
