// What the admin's own widgets lack: names for the search boxes of select2, and no headings without words.
"use strict";
for (const empty of document.querySelectorAll(".tabular th:empty")) {
  empty.replaceWith(Object.assign(document.createElement("td"), { className: empty.className }));
}
for (const table of document.querySelectorAll(".tabular, .results")) {
  if (table.scrollWidth > table.clientWidth) table.tabIndex = 0;
}
const nameSearchBoxes = () => {
  for (const box of document.querySelectorAll(".select2-search__field:not([aria-label])")) {
    const select = box.closest(".select2-container")?.previousElementSibling ?? document.querySelector(".select2-container--open")?.previousElementSibling;
    box.ariaLabel = select?.labels?.[0]?.textContent.trim() || select?.closest("td")?.className || "Zoeken";
  }
};
addEventListener("load", () => {
  nameSearchBoxes();
  new MutationObserver(nameSearchBoxes).observe(document.body, { childList: true, subtree: true });
});
