// Saves while somebody writes, and lets items be dragged. Without it the buttons do the same.
"use strict";
const form = document.getElementById("schrijven"), line = document.getElementById("bewaard");
const token = form.elements.csrfmiddlewaretoken.value;
let busy;
async function save() {
  try {
    const answer = await fetch(form.dataset.save, { method: "POST", body: new FormData(form) });
    const state = await answer.json();
    if (answer.ok) form.elements.edit_version.value = state.edit_version;
    line.textContent = state.message || state.errors[0] || form.dataset.saved.replace("%s", state.saved_at);
  } catch { line.textContent = form.dataset.offline; }
}
form.addEventListener("change", () => { busy = (busy || Promise.resolve()).then(save); });
form.addEventListener("submit", async (event) => {
  if (!busy) return;
  event.preventDefault();
  await busy;
  form.submit();
});
const list = document.getElementById("volgorde");
let dragged;
for (const item of list?.children ?? []) item.draggable = true;
list?.addEventListener("dragstart", (event) => { dragged = event.target.closest("li"); dragged.classList.add("cwn-is-dragged"); });
list?.addEventListener("dragover", (event) => {
  const over = event.target.closest("li");
  event.preventDefault();
  if (over && over !== dragged) over[event.offsetY > over.offsetHeight / 2 ? "after" : "before"](dragged);
});
list?.addEventListener("dragend", () => {
  const order = new URLSearchParams([...list.children].map((item) => ["onderdeel", item.dataset.item]));
  dragged.classList.remove("cwn-is-dragged");
  fetch(list.dataset.arrange, { method: "POST", body: order, headers: { "X-CSRFToken": token } });
});
