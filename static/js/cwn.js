// What the pages gain with JavaScript; without it they do the same in one more step.
"use strict";

// --- lists: htmx swaps the overview; what was open stays open, focus stays, the new count is said ---
let open = [];
let focused = "";
document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.parameters.q === "") delete detail.parameters.q; // an address without loose ends
});
document.addEventListener("htmx:beforeSwap", (event) => {
  open = [...event.detail.target.querySelectorAll("details[id][open]")].map((item) => item.id);
  focused = document.activeElement.id;
});
document.addEventListener("htmx:afterSettle", (event) => {
  open.forEach((id) => document.getElementById(id)?.setAttribute("open", ""));
  const count = document.querySelector("[data-announce]");
  if (!count) return;
  document.getElementById("melding").textContent = count.textContent;
  const before = document.getElementById(focused);
  if (document.activeElement === document.body) (before ?? count).focus({ preventScroll: !!before });
});
// A refusal or a broken line: go to the address itself, so that the reader sees what is the matter.
for (const name of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(name, ({ detail }) => {
    location.assign(detail.pathInfo.finalRequestPath ?? detail.pathInfo.requestPath);
  });
}

// --- suggestions while typing: a combobox as the ARIA practices describe it ---
for (const input of document.querySelectorAll("[data-suggestions]")) {
  const list = document.createElement("ul");
  list.id = `${input.id}-suggesties`;
  list.className = "cwn-suggestions";
  list.role = "listbox";
  list.ariaLabel = input.labels[0].textContent;
  list.hidden = true;
  input.after(list);
  input.role = "combobox";
  input.ariaAutoComplete = "list";
  input.setAttribute("aria-controls", list.id);
  let wait, asking;
  let chosen = -1;

  const show = (items) => {
    list.replaceChildren(...items.map(({ label, kind, url }, index) => {
      const option = document.createElement("li");
      option.role = "option";
      option.id = `${list.id}-${index}`;
      option.append(label);
      option.dataset.label = label;
      if (url) option.dataset.url = url;
      if (kind) option.appendChild(document.createElement("small")).textContent = kind;
      return option;
    }));
    choose(-1);
    list.hidden = !items.length;
    input.ariaExpanded = String(!!items.length);
  };
  const choose = (index) => {
    chosen = index;
    [...list.children].forEach((option, at) => { option.ariaSelected = String(at === index); });
    if (index < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", list.children[index].id);
    list.children[index]?.scrollIntoView({ block: "nearest" });
  };
  const take = (option) => {
    if (option.dataset.url) return location.assign(option.dataset.url);
    input.value = option.dataset.label;
    show([]);
    input.form.requestSubmit();
  };

  const stop = () => {
    clearTimeout(wait);
    asking?.abort();
    show([]);
  };

  stop();
  input.form.addEventListener("submit", stop);
  input.addEventListener("input", () => {
    clearTimeout(wait);
    asking?.abort();
    const words = input.value.trim();
    if (words.length < 2) return show([]);
    wait = setTimeout(async () => {
      asking = new AbortController();
      try {
        const answer = await fetch(`${input.dataset.suggestions}?q=${encodeURIComponent(words)}`, { signal: asking.signal });
        if (answer.ok && document.activeElement === input) show((await answer.json()).suggestions);
      } catch { /* no suggestions on a bad line; the form still works */ }
    }, 200);
  });
  input.addEventListener("keydown", (event) => {
    const last = list.children.length - 1;
    if (event.key === "Escape" && !list.hidden) show([]);
    else if (event.key === "ArrowDown" && last >= 0) choose(chosen < last ? chosen + 1 : 0);
    else if (event.key === "ArrowUp" && last >= 0) choose(chosen > 0 ? chosen - 1 : last);
    else if (event.key === "Enter" && chosen >= 0) take(list.children[chosen]);
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", stop);
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => take(event.target.closest("li")));
}

// --- ready messages: a button that copies; without it the text can be selected ---
for (const text of navigator.clipboard ? document.querySelectorAll("[data-copy]") : []) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "utrecht-button";
  button.textContent = text.dataset.copy;
  text.after(button);
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.innerText);
    } catch { // refused by the browser: select it, so that one key copies it
      return getSelection().selectAllChildren(text);
    }
    button.textContent = document.getElementById("melding").textContent = text.dataset.copied;
    setTimeout(() => { button.textContent = text.dataset.copy; }, 3000);
  });
}

// --- a form that was refused: go to the list of what is wrong ---
document.getElementById("foutmelding")?.focus();
