// The principal's month saves each field by itself. What cannot be sent now is kept on the device and sent later, each
// saving once: it carries a key that the portal remembers. Who saves second over a field is asked (ADR 0035).
// Without this script the page is saved and sent by its buttons.
import { openDrafts } from "./drafts.js";
import { notice, speakTo } from "./portal_line.js";

const PAUSE = 900; // after the last key, before a field is sent
const LOOK = 15_000; // how often others' changes are asked for
const WAITS = [3_000, 10_000, 30_000, 60_000]; // before the next try, after failures

let form = null;
let words = null; // how things are said, in the page's language
let drafts = null; // what the device keeps; null where it keeps nothing
let stored = {}; // what each field holds at the portal
let edits = []; // not at the portal yet, in the order they were typed: {key, name, text, seen, frozen, wrong, files}
let conflicts = new Map(); // fields about which the person is asked, with their own text
let sendLater = false;
let failures = 0;
let isOffline = false;
let busy = null; // the sending under way
let timer = 0;

// --- fields ----------------------------------------------------------------------------------------------------------

const controls = (name) => [...form.elements].filter((one) => one.name === name);
const control = (name) => controls(name)[0];

function textOf(input) {
  if (input.type === "checkbox") return input.checked ? "on" : "";
  return input.value.replaceAll("\r\n", "\n");
}

function show(name, text) {
  const input = control(name);
  if (!input || input.type === "file") return;
  if (input.type === "checkbox") input.checked = text === "on";
  else input.value = text;
  isShowing = true; // the figures beside it follow, but nobody has typed
  input.dispatchEvent(new Event("input", { bubbles: true }));
  isShowing = false;
}
let isShowing = false;

const isProposed = (input) => input.closest(".is-proposed") && !input.name.includes("-na");
const lastOf = (name) => edits.findLast((edit) => edit.name === name);
const say = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const shown = (text) => (text === "on" ? words.yes : text || words.empty);

function typed(input) {
  if (!(input.name in stored) || isShowing || isProposed(input)) return;
  if (input.type === "file") {
    if (!input.files.length) return;
    edits.push({ key: crypto.randomUUID(), name: input.name, text: "", seen: "", files: [...input.files] });
    input.value = "";
    changed(0);
    return;
  }
  const text = textOf(input);
  const before = lastOf(input.name);
  if (before ? before.text === text : stored[input.name] === text) return;
  // Leaving the field is no answer to what is asked about it; another value is one.
  if (conflicts.get(input.name)?.text === text) return;
  if (conflicts.delete(input.name)) part(input.name, "field-asked").remove();
  edits = edits.filter((edit) => edit.name !== input.name || edit.frozen);
  // What was sent and not answered yet may be stored by now: then it is what this was typed over.
  const seen = lastOf(input.name)?.text ?? stored[input.name];
  edits.push({ key: crypto.randomUUID(), name: input.name, text, seen });
  changed(PAUSE);
}

function changed(pause) {
  keep();
  tell();
  clearTimeout(timer);
  timer = setTimeout(send, pause);
}

// --- on the device ---------------------------------------------------------------------------------------------------

const version = () => Number(form.elements.version.value);

async function keep() {
  if (!drafts) return;
  const mine = drafts;
  try {
    if (edits.length || conflicts.size) {
      const asked = [...conflicts].map(([name, mine]) => ({ name, ...mine }));
      await mine.put({ edits, asked, sendLater, version: known, stored }, edits.length + conflicts.size);
    } else if (sendLater) await mine.put({ edits, asked: [], sendLater, version: known, stored }, 1);
    // An old copy of the page, opened without network, is brought to what was stored when it was last here.
    else await mine.put({ edits: [], asked: [], sendLater, version: known, stored }, 0);
  } catch {
    drafts = null; // the device is full, or forbids it: said in the words for that
  }
  tell();
}

async function takeUp() {
  const kept = await drafts?.get();
  if (!kept) return;
  if (kept.version > known) apply({ version: kept.version, fields: kept.stored });
  const names = new Set(edits.map((edit) => edit.name)); // typed while this was being opened
  edits = [...kept.edits.filter((edit) => edit.name in stored && !names.has(edit.name)), ...edits];
  sendLater = kept.sendLater;
  for (const edit of kept.edits) if (!edit.files && edit.name in stored && !names.has(edit.name)) show(edit.name, edit.text);
  for (const { name, ...mine } of kept.asked ?? []) if (name in stored) ask(name, mine);
}

// --- to the portal ---------------------------------------------------------------------------------------------------

const speak = (method, body, query = "") => speakTo(form, method, body, query);

function send() {
  clearTimeout(timer);
  busy ??= sendAll().finally(() => {
    busy = null;
    // Typed while the last was under way.
    if (edits.some((edit) => !edit.frozen && !edit.wrong)) timer = setTimeout(send, PAUSE);
  });
  return busy;
}

async function sendAll() {
  if (!edits.length) return;
  const batch = [...edits];
  for (const edit of batch) edit.frozen = true;
  const body = new FormData();
  const given = batch.map(({ key, name, text, seen }) => ({ key, name, text, seen }));
  body.set("edits", JSON.stringify(given));
  for (const { key, files } of batch) for (const file of files ?? []) body.append(`file-${key}`, file);
  keep();
  tell();
  try {
    const answer = await speak("POST", body);
    failures = 0;
    isOffline = false;
    document.getElementById("session-ended").replaceChildren();
    settle(batch, answer);
  } catch (problem) {
    failed(problem);
  }
}

function failed(problem) {
  isOffline = problem instanceof TypeError || problem.name === "TimeoutError" || !navigator.onLine;
  if (!isOffline && problem.message.startsWith("status")) notice(words.failed);
  tell();
  timer = setTimeout(send, WAITS[Math.min(failures, WAITS.length - 1)]);
  failures += 1;
}

function settle(batch, answer) {
  const lost = [];
  for (const edit of batch) {
    const { fate, told } = answer.fates[edit.key] ?? {};
    edit.wrong = fate === "wrong" ? told : "";
    if (fate === "wrong") {
      edit.frozen = false;
      if (edit.files) lost.push([labelOf(edit.name), told]);
      if (!edit.files) continue;
    }
    edits = edits.filter((one) => one !== edit);
    if (fate === "asked" && !edits.some((one) => one.name === edit.name)) {
      const { who, at } = answer.people[edit.name] ?? {};
      conflicts.set(edit.name, { text: edit.text, theirs: answer.fields[edit.name], who, at });
    }
    if (fate === "late" || fate === "gone") lost.push([labelOf(edit.name), edit.text]);
  }
  apply(answer);
  for (const [name, mine] of conflicts) ask(name, mine);
  if (lost.length) tellLost(lost, answer);
  keep();
  tell();
  if (sendLater && !edits.length && !conflicts.size) sendNow();
}

// What is stored now comes to the page, except where the person has something of their own.
function apply(answer) {
  if (answer.version < known) return; // asked for before, and overtaken on its way
  known = answer.version;
  const former = stored;
  stored = answer.fields;
  if (!conflicts.size) form.elements.version.value = answer.version;
  for (const [name, text] of Object.entries(stored)) {
    if (text === former[name] || lastOf(name) || conflicts.has(name)) continue;
    const input = control(name);
    if (!input || textOf(input) === text) continue;
    show(name, text);
    if (answer.by && answer.fates === undefined) markChanged(input, answer.by);
  }
  if (answer.saved) saved = answer.saved;
  if (answer.warnings) warn(answer);
}
let saved = "";
let known = 0; // the newest version that the portal has told

async function look() {
  if (!form?.isConnected || document.hidden || busy) return;
  try {
    const answer = await speak("GET", undefined, `?version=${known}`);
    isOffline = false;
    if (answer && form.isConnected) {
      apply(answer);
      if (!answer.editable) notice(answer.told);
      keep();
    }
    if (edits.some((edit) => !edit.wrong)) send();
    else if (sendLater && !conflicts.size) sendNow();
  } catch (problem) {
    isOffline = problem instanceof TypeError || !navigator.onLine;
  }
  tell();
}

// --- at the fields ---------------------------------------------------------------------------------------------------

const labelOf = (name) => control(name)?.labels?.[0]?.textContent.trim() ?? name;

function place(input) {
  return input.closest(".figure-input")?.querySelector(".figure-below") ?? input.closest(".field") ?? input.parentElement;
}

function part(name, className) {
  const input = control(name);
  const around = input && place(input);
  if (!around) return null;
  const found = around.querySelector(`:scope > .${className}[data-about="${name}"]`);
  if (found) return found;
  const made = document.createElement("div");
  made.className = className;
  made.dataset.about = name;
  around.append(made);
  return made;
}

// Warnings of the portal beside the figures, and what does not go together in what is stored.
function warn({ warnings, problems, files }) {
  for (const row of form.querySelectorAll("[data-figure]")) {
    const { name } = row.querySelector(".figure-control input");
    const warning = warnings[name];
    const box = row.querySelector("[data-warning]");
    const remark = control(`${name}-remark`);
    if (box) {
      box.querySelector("[data-warning-words]").textContent = warning?.words ?? "";
      box.hidden = !warning && !remark?.value && document.activeElement !== remark;
    }
    for (const seen of form.querySelectorAll(`[name=seen][data-about="${name}"]`)) seen.remove();
    if (warning) {
      const seen = Object.assign(document.createElement("input"), { type: "hidden", name: "seen", value: warning.seen });
      seen.dataset.about = name;
      row.append(seen);
    }
  }
  const list = form.querySelector("[data-doubted-list]");
  list.replaceChildren();
  for (const [name, { serious }] of Object.entries(warnings)) {
    if (list.firstChild) list.append(", ");
    list.append(Object.assign(document.createElement("a"), { href: `#${control(name).id}`, textContent: labelOf(name) }));
    if (serious) list.append(` (${words.must})`);
  }
  list.closest("[data-doubted]").hidden = !list.firstChild;
  for (const name of Object.keys(stored)) problem(name, lastOf(name)?.wrong || problems[name] || "");
  for (const [name, kept] of Object.entries(files)) {
    const said = control(name)?.closest("details")?.querySelector("[data-files]");
    if (said) said.textContent = say(words.files, { names: kept.map((file) => file.name).join(", ") });
  }
}

function problem(name, told) {
  const input = control(name);
  if (!input || input.type === "file") return;
  const row = input.closest("[data-figure]");
  const isNumber = row?.querySelector(".figure-control input") === input;
  const around = isNumber ? row.querySelector("[data-problem]") : told || input.getAttribute("aria-invalid") ? part(name, "field-error") : null;
  if (around) {
    around.textContent = told;
    around.hidden = !told;
  }
  if (told) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
  if (isNumber) row.classList.toggle("has-error", Boolean(told));
}

function markChanged(input, who) {
  const mark = part(input.name, "field-changed");
  if (!mark) return;
  mark.setAttribute("role", "status");
  mark.textContent = say(words.changed, { who });
}

function ask(name, mine) {
  conflicts.set(name, mine);
  const box = part(name, "field-asked");
  const input = control(name);
  if (!box || !input) return;
  if (box.dataset.told === `${mine.theirs}/${mine.text}`) return;
  box.dataset.told = `${mine.theirs}/${mine.text}`;
  box.setAttribute("role", "alert");
  const values = { who: mine.who, at: mine.at, theirs: shown(mine.theirs), mine: shown(mine.text) };
  const told = Object.assign(document.createElement("p"), { textContent: say(words.conflict, values) });
  const button = (text, act) => {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "button small quiet", textContent: text });
    made.addEventListener("click", () => {
      conflicts.delete(name);
      box.remove();
      act();
      input.focus();
    });
    return made;
  };
  box.replaceChildren(
    told,
    button(say(words.theirs, values), () => {
      show(name, stored[name]);
      changed(0);
      look();
    }),
    button(say(words.mine, values), () => {
      show(name, mine.text);
      edits.push({ key: crypto.randomUUID(), name, text: mine.text, seen: mine.theirs });
      changed(0);
    }),
  );
}

function tellLost(lost, answer) {
  const box = notice(answer.editable ? words.gone : `${answer.told} ${words.late}`);
  const list = document.createElement("ul");
  for (const [label, text] of lost) list.append(Object.assign(document.createElement("li"), { textContent: `${label}: ${shown(text)}` }));
  box.append(list);
  box.scrollIntoView({ block: "center" });
}

// --- what is told ----------------------------------------------------------------------------------------------------

function told() {
  const wrong = edits.filter((edit) => edit.wrong).length;
  const waiting = edits.length - wrong + (sendLater ? 1 : 0);
  const parts = [];
  if (isOffline && waiting) parts.push(say(drafts ? words.offline : words.here, { count: waiting }));
  else if (busy && waiting) parts.push(words.now);
  else if (waiting) parts.push(say(words.waiting, { count: waiting }));
  if (sendLater) parts.push(words.later);
  if (conflicts.size) parts.push(say(words.asked, { count: conflicts.size }));
  if (wrong) parts.push(say(words.wrong, { count: wrong }));
  if (!parts.length && saved) parts.push(say(words.saved, { time: saved }));
  return parts.join(" · ");
}

function tell() {
  const text = told();
  const around = document.querySelector("[data-saving]");
  if (text && around.textContent !== text) around.textContent = text;
  around.classList.toggle("is-waiting", isOffline && Boolean(edits.length));
  for (const { name, files } of edits) {
    const said = files && control(name)?.closest("details")?.querySelector("[data-files]");
    if (said) said.textContent = say(words.filesWait, { names: files.map((file) => file.name).join(", ") });
  }
  // What the device keeps need not be asked about on leaving.
  form.dataset.unsaved = edits.length && !drafts ? "yes" : "";
}

// --- the buttons -----------------------------------------------------------------------------------------------------

let passing = false; // the form is on its way by itself

function sendNow() {
  sendLater = false;
  keep();
  const button = form.querySelector("button[name=send]");
  if (button) submit(button);
}

function submit(button) {
  passing = true;
  form.requestSubmit(button);
  passing = false;
}

// Before the whole form goes, what was typed last is saved by itself: so only once, and asked about like the rest.
document.addEventListener(
  "submit",
  async (event) => {
    if (event.target !== form || passing) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const button = event.submitter ?? form.querySelector("button[name=save]");
    await busy;
    await send();
    if (conflicts.size) {
      form.querySelector(".field-asked")?.scrollIntoView({ block: "center" });
      return;
    }
    if (edits.some((edit) => !edit.wrong)) {
      if (button.name === "send") sendLater = true;
      await keep();
      tell();
      document.querySelector("[data-saving]").scrollIntoView({ block: "nearest" });
      return;
    }
    if (button.name === "send" && isOffline) {
      sendLater = true;
      await keep();
      return;
    }
    submit(button);
  },
  true,
);

// The report itself did not arrive: it is sent when the network is back. Sent twice, it is sent once.
document.addEventListener("htmx:sendError", ({ detail }) => {
  if (detail.elt !== form || !drafts) return;
  isOffline = true;
  if (detail.requestConfig?.parameters?.has?.("send") || detail.requestConfig?.triggeringEvent?.submitter?.name === "send") sendLater = true;
  keep();
});

// --- the page --------------------------------------------------------------------------------------------------------

async function begin() {
  const found = document.getElementById("month");
  if (!found || found === form) return;
  form = found;
  words = document.querySelector("[data-saving-words]").dataset;
  known = version();
  stored = JSON.parse(document.getElementById("stored").textContent);
  const took = ({ target }) => target.form === form && typed(target);
  form.addEventListener("input", took);
  form.addEventListener("change", took);
  if (!drafts) {
    const { owner, report, seal } = form.dataset;
    drafts = await openDrafts(owner, report, seal);
    await takeUp();
  }
  tell();
  await look();
}

window.addEventListener("online", look);
window.addEventListener("offline", () => {
  isOffline = true;
  if (form) tell();
});
document.addEventListener("visibilitychange", () => (document.hidden ? form && edits.length && send() : look()));
setInterval(look, LOOK);
// The page comes anew with its messages when something in it is to be put right.
document.addEventListener("htmx:afterSwap", begin);
begin();
