// Asks before a page is left on which something typed has not been saved: <form data-unsaved>.
// A form shown again after an error or a conflict holds unsaved text from the start: data-unsaved="yes".
const unsaved = new Set();

for (const form of document.querySelectorAll("form[data-unsaved]")) {
  if (form.dataset.unsaved === "yes") unsaved.add(form);
  form.addEventListener("input", () => unsaved.add(form));
  form.addEventListener("submit", () => unsaved.clear());
}

window.addEventListener("beforeunload", (event) => {
  if (unsaved.size) event.preventDefault();
});
