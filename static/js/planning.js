// The calendar: dragging fills in the form of a card, which says the same by keyboard; a lost line loses no text.
"use strict";

let card;
const place = ({ target }) => card && target.closest("[data-day], [data-status]");
document.addEventListener("dragstart", ({ target }) => { card = target.closest?.("[draggable=true]"); });
document.addEventListener("dragend", () => { card = undefined; });
document.addEventListener("dragover", (event) => { if (place(event)) event.preventDefault(); });
document.addEventListener("drop", (event) => {
  const to = place(event);
  if (!to) return;
  event.preventDefault();
  const form = card.querySelector("form");
  for (const name of ["day", "status"]) if (to.dataset[name] && form.elements[name]) form.elements[name].value = to.dataset[name];
  form.requestSubmit();
});

// Saving by itself may fail without leading the writer away from the page.
for (const line of document.querySelectorAll("[data-offline]")) {
  for (const name of ["htmx:responseError", "htmx:sendError"]) {
    line.addEventListener(name, (event) => {
      event.stopPropagation();
      line.textContent = line.dataset.offline;
    });
  }
}
