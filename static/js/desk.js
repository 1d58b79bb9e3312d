// Writing: saves by itself, says so, and adds a row without a round trip. Without it the buttons do the same.
"use strict";

const PAUSE = 20_000; // milliseconds between two saves while somebody types
const PATIENCE = 15_000; // and how long one may take
const form = document.getElementById("schrijven");
const words = form.dataset;
const line = document.getElementById("bewaard");
const stand = document.getElementById("stand");

const content = () => {
  const data = new FormData(form);
  data.delete("edit_version");
  return JSON.stringify([...data]);
};
let saved = content();
let busy; // the save that is under way
let again = false; // something changed meanwhile
let clashed = false; // then only the writer can decide, with the button
const isChanged = () => content() !== saved;

const say = (text, isWrong = false) => {
  if (line.textContent !== text) line.textContent = text;
  line.classList.toggle("cwn-is-wrong", isWrong);
};

function save() {
  if (busy) again = true;
  else if (!clashed && isChanged()) busy = send();
}
async function send() {
  const sent = content();
  say(words.saving);
  try {
    const answer = await fetch(words.save, { method: "POST", body: new FormData(form), signal: AbortSignal.timeout(PATIENCE) });
    if (answer.redirected || !answer.headers.get("Content-Type")?.includes("json")) {
      say(words.loggedOut, true);
      return;
    }
    const state = await answer.json();
    if (answer.ok) {
      saved = sent;
      show(state);
    } else {
      clashed = true;
      say(state.message, true);
    }
  } catch {
    say(words.offline, true);
  } finally {
    busy = undefined;
  }
  if (again) {
    again = false;
    save();
  }
}

// --- what was saved: the time, how far the cover sheet is, and everything below the form anew ---
function show({ saved_at: time, edit_version: version, missing, ready, errors }) {
  form.elements.edit_version.value = version;
  const refused = Object.values(errors).flat();
  if (refused.length) say(`${words.refused} ${refused[0]}`, true);
  else say(words.saved.replace("%s", time));
  for (const element of form.querySelectorAll("[data-element]")) {
    const isReady = !(element.dataset.element in missing);
    const badge = element.querySelector("[data-element-state] > *");
    badge.className = `utrecht-badge-status utrecht-badge-status--${isReady ? "success" : "warning"}`;
    badge.textContent = isReady ? words.elementReady : words.elementMissing;
  }
  form.querySelector("#voortgang progress").value = ready;
  form.querySelector("[data-ready-count]").textContent = words.ready.replace("%s", ready);
  stand.dispatchEvent(new Event("bewaard"));
}
// A checker that cannot be reached must not lead the writer away from the text.
for (const name of ["htmx:responseError", "htmx:sendError"]) {
  stand.addEventListener(name, (event) => event.stopPropagation());
}

form.addEventListener("input", () => {
  if (isChanged() && !line.classList.contains("cwn-is-wrong")) say(words.changed);
});
form.addEventListener("change", save); // fires when somebody leaves a box that he or she changed
setInterval(save, PAUSE);
addEventListener("online", save);
addEventListener("beforeunload", (event) => {
  if (isChanged()) event.preventDefault();
});
form.addEventListener("submit", (event) => {
  if (busy) { // two saves at once would look like two writers
    event.preventDefault();
    busy.then(() => form.requestSubmit(event.submitter));
  } else saved = content();
});

// --- one more action: an empty copy of the last row ---
form.addEventListener("click", (event) => {
  const button = event.target.closest("[data-add-row]");
  if (!button) return;
  event.preventDefault();
  const rows = document.getElementById(button.dataset.addRow);
  const row = rows.lastElementChild.cloneNode(true);
  const number = rows.children.length + 1;
  row.ariaLabel = row.ariaLabel.replace(/\d+/, number);
  for (const box of row.querySelectorAll("textarea, select, input")) box.value = "";
  rows.append(row);
  row.querySelector("textarea").focus();
});
