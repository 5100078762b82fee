// What was typed and is not at the portal yet, kept on this device for the person whose it is: sealed with a key that
// the portal gives only to them (ADR 0035). Names of fields and values are inside the seal.
const DATABASE = "eduportal";
const STORE = "drafts";

function asked(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function database() {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: "id" }).createIndex("owner", "owner");
  return asked(opening);
}

const within = (db, mode) => db.transaction(STORE, mode).objectStore(STORE);

// How many reports of this person have something here, with how much: [[report, count], …]. Needs no key.
export async function waitingOf(owner) {
  const db = await database();
  const rows = await asked(within(db, "readonly").index("owner").getAll(owner));
  db.close();
  return rows.filter((row) => row.count).map((row) => [row.report, row.count]);
}

// The drafts of one report; null where this browser can keep none (no storage, or no safe context).
export async function openDrafts(owner, report, seal) {
  if (!globalThis.crypto?.subtle || !globalThis.indexedDB) return null;
  try {
    const bytes = Uint8Array.from(atob(seal), (sign) => sign.charCodeAt(0));
    const key = await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
    const db = await database();
    const id = `${owner}/${report}`;
    // Numbered, so that of two writings that wait for each other's sealing the later one stays.
    let number = 0;
    let written = 0;
    return {
      // Everything at once: {edits, send, stored}. Files are among the edits, as bytes.
      async put(content, count) {
        const mine = ++number;
        const iv = crypto.getRandomValues(new Uint8Array(12));
        const plain = new Blob(await packed(content));
        const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, await plain.arrayBuffer());
        if (mine < written) return;
        written = mine;
        await asked(within(db, "readwrite").put({ id, owner, report, count, iv, sealed }));
      },
      // What was put last; null when there is nothing that this key opens.
      async get() {
        const row = await asked(within(db, "readonly").get(id));
        if (!row) return null;
        const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: row.iv }, key, row.sealed).catch(() => null);
        return plain && unpacked(plain);
      },
      // While it is being read elsewhere, nothing of it is lost: another tab of the same report writes the same row.
      async drop() {
        written = ++number;
        await asked(within(db, "readwrite").delete(id));
      },
    };
  } catch {
    return null;
  }
}

// JSON with the files' bytes behind it: [length of the JSON as 4 bytes][JSON][file][file]…
async function packed(content) {
  const files = [];
  const edits = [];
  for (const edit of content.edits) {
    const kept = [];
    for (const file of edit.files ?? []) {
      kept.push({ name: file.name, type: file.type, size: file.size });
      files.push(file);
    }
    edits.push({ ...edit, files: edit.files ? kept : undefined });
  }
  const json = new TextEncoder().encode(JSON.stringify({ ...content, edits }));
  return [new Uint32Array([json.length]), json, ...files];
}

function unpacked(buffer) {
  const [length] = new Uint32Array(buffer.slice(0, 4));
  const content = JSON.parse(new TextDecoder().decode(buffer.slice(4, 4 + length)));
  let place = 4 + length;
  for (const edit of content.edits) {
    if (!edit.files) continue;
    edit.files = edit.files.map(({ name, type, size }) => {
      const bytes = buffer.slice(place, place + size);
      place += size;
      return new File([bytes], name, { type });
    });
  }
  return content;
}
