// What is sent without leaving the page may not arrive: say so, and leave the form as it is.
const place = () => document.getElementById("session-ended");

function say(words) {
  const notice = place();
  const box = document.createElement("div");
  box.className = "notice bad";
  box.append(Object.assign(document.createElement("p"), { textContent: words }));
  notice.replaceChildren(box);
  notice.scrollIntoView({ block: "center" });
}

const typedIn = ({ detail: { elt } }) => elt.matches("form");
for (const name of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, (event) => typedIn(event) && say(place().dataset.unreachable));
}
document.addEventListener("htmx:responseError", (event) => typedIn(event) && say(place().dataset.failed));

// Whoever signed in again in another tab has a new token there, while the forms of this page carry the old one.
document.addEventListener("htmx:configRequest", (event) => {
  const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];
  if (!token) return;
  event.detail.headers["X-CSRFToken"] = token;
  if (event.detail.parameters.csrfmiddlewaretoken) event.detail.parameters.csrfmiddlewaretoken = token;
});
