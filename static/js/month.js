// The principal's month: how far it is, and what is next, in words, while it is being typed.
// The server says the same when it shows the page, so nothing here is needed to report.
function missingFigures(form) {
  return [...form.querySelectorAll("[data-figure]")].filter((row) => {
    const input = row.querySelector(".figure-control input");
    const notApplicable = form.elements[`${input.name}-na`];
    const refused = input.getAttribute("aria-invalid") === "true" && input.value === input.defaultValue;
    const isAnswered = input.value.trim() && !refused && !row.matches(".is-proposed");
    return !isAnswered && !notApplicable?.checked;
  });
}

function nextStep(form, missing, words) {
  if (missing.length) {
    const [row] = missing;
    return [row.querySelector("label").textContent.trim(), `#${row.querySelector(".figure-control input").id}`];
  }
  const work = form.querySelector("[data-waits]");
  if (work) return [work.querySelector("p").textContent.trim().slice(0, 60), `#${work.id}`];
  return [words.send, "#send"];
}

function say(form) {
  const status = form.querySelector("[data-missing]");
  const next = form.querySelector("[data-next]");
  const missing = missingFigures(form);
  status.textContent = missing.length ? status.dataset.some.replace("{count}", missing.length) : status.dataset.none;
  const progress = form.querySelector("[data-progress]");
  progress.value = progress.max - missing.length;
  const badge = form.querySelector("[data-figures-done]");
  badge.textContent = `${progress.value}/${progress.max}`;
  badge.classList.toggle("good", !missing.length);
  const [label, place] = nextStep(form, missing, next.dataset);
  next.textContent = status.dataset.nextWords.replace("{step}", label);
  next.setAttribute("href", place);
}

function begin() {
  const form = document.getElementById("month");
  if (!form?.querySelector("[data-missing]")) return;
  const told = ({ target }) => {
    target.closest("[data-waits]")?.removeAttribute("data-waits");
    say(form);
  };
  form.addEventListener("input", told);
  form.addEventListener("change", told);
  say(form);
}

begin();
// The page comes anew with its messages when something in it is to be put right.
document.addEventListener("htmx:afterSwap", begin);
