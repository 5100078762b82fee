// "/" leads to the search field from anywhere on the page, except while something is being typed.
// Whoever has switched off the keys of the check of a document has switched this one off, too.
const TYPING = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";
const field = document.getElementById("frame-search");

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || !field) return;
  if (event.target.closest?.(TYPING) || localStorage.getItem("review-keys-off")) return;
  event.preventDefault();
  field.focus();
  field.select();
});
