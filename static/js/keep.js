// Keeps what is being typed into <form data-keep="name"> at the portal, so that neither a reload nor a closed lid takes
// it. What is kept need not be asked about on leaving. Without this, unsaved.js asks.
const url = document.querySelector("[data-keep-url]")?.dataset.keepUrl;
const PAUSE = 900;
const waiting = new Map();
const underWay = new Map();

function content(form) {
  const data = new FormData(form);
  data.set("form", form.dataset.keep);
  return data;
}

async function keep(form) {
  clearTimeout(waiting.get(form));
  waiting.delete(form);
  form.dataset.typed = "yes";
  const control = new AbortController();
  underWay.set(form, control);
  const asked = { method: "POST", body: content(form), headers: { "HX-Request": "true" }, signal: control.signal };
  const answer = await fetch(url, asked).catch(() => null);
  underWay.delete(form);
  if (!answer?.ok || !form.isConnected) return;
  const { kept } = await answer.json();
  if (!waiting.has(form)) form.dataset.unsaved = "";
  for (const place of document.querySelectorAll("[data-kept]")) place.textContent = ` · ${place.dataset.words} ${kept}`;
}

if (url) {
  document.addEventListener("input", ({ target: { form } }) => {
    if (!form?.matches("[data-keep]")) return;
    clearTimeout(waiting.get(form));
    waiting.set(form, setTimeout(() => keep(form), PAUSE));
  });
  // What is saved is not kept any more: nothing may arrive behind it.
  document.addEventListener("submit", ({ target }) => {
    clearTimeout(waiting.get(target));
    waiting.delete(target);
    underWay.get(target)?.abort();
  });
  // Whoever goes away in the middle of a word: the browser sends it behind them.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "hidden") return;
    for (const form of waiting.keys()) {
      clearTimeout(waiting.get(form));
      waiting.delete(form);
      navigator.sendBeacon(url, content(form));
    }
  });
}
