// What the admin's own widgets lack: names for the boxes of select2, and no headings without words.
"use strict";
for (const empty of document.querySelectorAll(".tabular th:empty")) {
  empty.replaceWith(Object.assign(document.createElement("td"), { className: empty.className }));
}
for (const table of document.querySelectorAll(".tabular, .results")) {
  if (table.scrollWidth > table.clientWidth) table.tabIndex = 0;
}
// select2 stands right after the select that it hides; the list that it opens hangs at the end of the page.
const nameBoxes = () => {
  for (const box of document.querySelectorAll(".select2-selection, .select2-search__field")) {
    const before = box.closest(".select2-container")?.previousElementSibling;
    const select = before?.matches("select") ? before : document.querySelector(".select2-container--open")?.previousElementSibling;
    const name = select?.ariaLabel || select?.labels?.[0]?.textContent.replace(/:\s*$/, "").trim() || "Zoeken";
    const value = box.querySelector(".select2-selection__rendered");
    const label = value?.textContent.trim() ? `${name}: ${value.textContent.trim()}` : name;
    for (const part of [box, value]) if (part && part.ariaLabel !== label) part.ariaLabel = label;
    box.removeAttribute("aria-labelledby");
  }
};
addEventListener("load", () => {
  nameBoxes();
  new MutationObserver(nameBoxes).observe(document.body, { childList: true, subtree: true });
});
