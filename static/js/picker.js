// Choosing units by name where there are thousands: words find them without diacritics, and those chosen stand first.
// Without this the whole list is there to be ticked.
const FEW = 12;

const key = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("đ", "d").trim();

function makePicker(field, texts) {
  const list = field.querySelector(".options-many");
  if (!list || field.querySelector("[data-words]")) return;
  const options = [...list.querySelectorAll(".option")];
  if (options.length <= FEW) return;
  const keys = new Map(options.map((option) => [option, key(option.textContent)]));

  const label = document.createElement("label");
  label.textContent = texts.find;
  const input = document.createElement("input");
  input.type = "search";
  input.id = `${field.id}-find`;
  input.dataset.words = "";
  input.autocomplete = "off";
  label.htmlFor = input.id;
  const status = document.createElement("p");
  status.className = "hint";
  status.setAttribute("role", "status");
  list.before(label, input, status);

  const isChosen = (option) => option.querySelector("input").checked;
  const show = () => {
    const words = key(input.value).split(/\s+/).filter(Boolean);
    const fits = (option) => words.every((word) => keys.get(option).includes(word));
    for (const option of options) option.hidden = !isChosen(option) && words.length > 0 && !fits(option);
    const found = options.filter((option) => !option.hidden).length;
    const chosen = options.filter(isChosen).length;
    status.textContent = texts.status.replace("{chosen}", chosen).replace("{found}", found);
  };
  // Those chosen move to the top when the list is opened or searched, not under the finger that ticks them.
  const order = () => list.replaceChildren(...options.filter(isChosen), ...options.filter((one) => !isChosen(one)));

  input.addEventListener("input", () => { order(); show(); });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    options.find((option) => !option.hidden && !isChosen(option))?.querySelector("input").focus();
  });
  list.addEventListener("change", show);
  order();
  show();
}

const makePickers = () => {
  for (const picker of document.querySelectorAll("[data-picker]")) {
    makePicker(picker.querySelector("fieldset"), { find: picker.dataset.find, status: picker.dataset.status });
  }
};

document.addEventListener("htmx:afterSettle", makePickers);
makePickers();
