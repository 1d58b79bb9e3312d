// What the admin's own widgets lack: a name for the search boxes that select2 makes.
"use strict";
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
