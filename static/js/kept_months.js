// Without network: the months that this device keeps open.
const pages = await caches.open("months");
const list = document.querySelector("[data-kept-months]");
for (const request of await pages.keys()) {
  const text = await (await pages.match(request)).text();
  const title = new DOMParser().parseFromString(text, "text/html").title.split(" · ")[0];
  const link = Object.assign(document.createElement("a"), { href: request.url, textContent: title });
  const item = document.createElement("li");
  item.append(link);
  list.append(item);
}
document.querySelector("[data-none]").hidden = Boolean(list.children.length);
