// What every page does beyond its markup: the components wake up, and a locked session is told of without losing a word.
import { initAll } from "./vendor/govuk-frontend-6.3.0/govuk-frontend.min.js";

initAll();

// htmx says which token guards the page; nothing else about a request is changed.
document.body.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector("meta[name=csrf-token]");
  if (token) event.detail.headers["X-CSRFToken"] = token.content;
});

// The banner stands in the page from the start, hidden, so that its words are translated with the rest.
const away = document.getElementById("kith-away");
document.body.addEventListener("kith-locked", () => {
  if (away && away.hidden) {
    away.hidden = false;
    away.focus();
  }
});
document.body.addEventListener("kith-unlocked", () => {
  if (away) away.hidden = true;
});
// Back from confirming in another tab: whatever is listening may save again.
if (away) {
  window.addEventListener("storage", (event) => {
    if (event.key === "kith-confirmed") document.body.dispatchEvent(new Event("kith-unlocked"));
  });
}
if (document.querySelector("[data-kith-confirmed]")) {
  localStorage.setItem("kith-confirmed", String(Date.now()));
}

// “Print this page” buttons.
for (const button of document.querySelectorAll("[data-kith-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// A slider that sends its form once it is let go of.
for (const slider of document.querySelectorAll("[data-kith-submits]")) {
  slider.addEventListener("change", () => slider.form.requestSubmit());
}
