// A form being filled in: questions that do not apply are put away, and what is typed is kept as a draft.
// Everything works without this: the server asks again for what it needs, and a button saves the draft.
const form = document.getElementById("kith-form");
const said = document.getElementById("kith-saved");
const WAIT = 4000;

// An answer on this page, or one given on another page of the form, which the server sends along as `known`.
const value = (prefix, key, known) => {
  const boxes = form.querySelectorAll(`[name="${prefix}-${key}"]`);
  if (!boxes.length) return known?.[key] ?? null;
  const chosen = [...boxes].find((box) => (box.type === "radio" || box.type === "checkbox" ? box.checked : true));
  if (!chosen) return null;
  return chosen.value === "yes" ? true : chosen.value === "no" ? false : chosen.value || null;
};

const holds = (condition, prefix, known) => {
  if (condition.all) return condition.all.every((one) => holds(one, prefix, known));
  if (condition.any) return condition.any.some((one) => holds(one, prefix, known));
  if (condition.not) return !holds(condition.not, prefix, known);
  const given = value(prefix, condition.field, known);
  if (given === null) return false;
  if ("is" in condition) return given === condition.is;
  if ("is_not" in condition) return given !== condition.is_not;
  return (condition.in || []).includes(given);
};

const show = () => {
  for (const block of form.querySelectorAll("[data-kith-when]")) {
    const asked = JSON.parse(block.dataset.kithWhen);
    // What was typed stays typed: a question put away is only out of sight, and the server leaves it out.
    block.hidden = !holds(asked.if, asked.prefix, asked.known);
  }
};

let changed = false;
let waiting = null;
let saving = false;
let stale = false;
let lost = false;

const tell = (words) => { said.textContent = words; };

const save = async () => {
  if (!changed || saving || stale || !form.dataset.kithAutosave) return;
  saving = true;
  changed = false;
  const body = new FormData(form);
  body.set("act", "save");
  try {
    const answer = await fetch(form.dataset.kithAutosave, { method: "POST", body, headers: { "X-Kith-Autosave": "1" } });
    if (answer.status === 401) {
      changed = true;
      document.body.dispatchEvent(new Event("kith-locked"));
    } else if (answer.status === 409) {
      stale = true;
      tell(said.dataset.stale);
    } else if (answer.ok) {
      lost = false;
      const kept = await answer.json();
      form.elements.draft.value = kept.draft;
      form.elements.version.value = kept.version;
      tell(`${said.dataset.saved} ${new Date().toLocaleTimeString("en-GB", { hour: "numeric", minute: "2-digit" })}`);
    } else throw new Error(String(answer.status));
  } catch (error) {
    changed = true;
    lost = error instanceof TypeError; // fetch could not reach the server at all
    tell(said.dataset.lost);
    waiting = setTimeout(save, 3 * WAIT);
  }
  saving = false;
};

if (form) {
  show();
  form.addEventListener("input", () => {
    show();
    changed = true;
    clearTimeout(waiting);
    waiting = setTimeout(save, WAIT);
  });
  document.body.addEventListener("kith-unlocked", save);
  window.addEventListener("online", save);
  form.addEventListener("submit", (event) => {
    if (!navigator.onLine || lost) {
      // The page that says there is no connection would take the place of what was typed.
      event.preventDefault();
      changed = true;
      tell(said.dataset.lost);
      said.scrollIntoView({ block: "nearest" });
      save();
      return;
    }
    clearTimeout(waiting);
    stale = true;
  });
}
