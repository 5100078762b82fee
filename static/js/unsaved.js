// Asks before a page is left on which something typed has not been saved: <form data-unsaved>, also one that came into
// the page later. A form shown again after an error or a conflict holds unsaved text from the start: data-unsaved="yes".
document.addEventListener("input", ({ target: { form } }) => {
  if (form?.matches("[data-unsaved]")) form.dataset.unsaved = "yes";
});

// What is sent without leaving the page is gone from it when it was saved, and still there when it was not.
document.addEventListener("submit", ({ target: form }) => {
  if (form.matches("[data-unsaved]:not([hx-post])")) form.dataset.unsaved = "";
});

// Saved without leaving the page, and then led on to another.
document.addEventListener("htmx:beforeOnLoad", ({ detail: { xhr, elt } }) => {
  if (xhr.getResponseHeader("HX-Redirect") && elt.matches("[data-unsaved]")) elt.dataset.unsaved = "";
});

window.addEventListener("beforeunload", (event) => {
  if (document.querySelector('form[data-unsaved="yes"]')) event.preventDefault();
});
