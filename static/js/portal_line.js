// The line to the portal behind a page that saves by itself, and what is said above the page when it does not go on.
const PATIENCE = 30_000; // with an answer

const token = (form) =>
  document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? form.elements.csrfmiddlewaretoken.value;

// Asks at the address of the form's fields; gives what is answered in JSON, null where nothing is new.
export async function speakTo(form, method, body, query) {
  const headers = { "HX-Request": "true", "X-CSRFToken": token(form) };
  const asked = { method, body, headers, signal: AbortSignal.timeout(PATIENCE), cache: "no-store" };
  const answer = await fetch(form.dataset.fields + query, asked);
  if (answer.status === 401) {
    document.getElementById("session-ended").innerHTML = await answer.text();
    throw new Error("the session has ended");
  }
  if (answer.status === 204) return null;
  const type = answer.headers.get("Content-Type") ?? "";
  if (!answer.ok || !type.includes("json")) throw new Error(`status ${answer.status}`);
  return answer.json();
}

export function notice(text) {
  const around = document.getElementById("session-ended");
  const box = Object.assign(document.createElement("div"), { className: "notice warn" });
  box.append(Object.assign(document.createElement("p"), { textContent: text }));
  around.replaceChildren(box);
  return box;
}
