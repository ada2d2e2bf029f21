// A meeting being written as it goes. What is typed is sent within two seconds, field by field, and kept on the page while there is no
// connection. Nothing is ever put on this device's disk. Without this the Save button does the same.
const form = document.getElementById("kith-room");
const said = document.getElementById("kith-saved");
const SEND_AFTER = 1500;
const ASK_EVERY = 5000;
const AGAIN_AFTER = 3000;

const changed = new Set();
let sending = false;
let waiting = null;
let lost = false;
let over = false;
let pressed = null; // a button pressed while something was on its way: it waits, so that nobody's own words are taken for another's
let sent = 0; // how often something was sent: an answer to a question asked before that is out of date

const tell = (words) => { if (said.textContent !== words) said.textContent = words; };
const time = () => new Date().toLocaleTimeString("en-GB", { hour: "numeric", minute: "2-digit" });
const field = (name) => form.elements[name];
const value = (box) => (box.type === "checkbox" ? (box.checked ? box.value : "") : box.value);

// The first change starts the wait, and later ones do not put it off: somebody who never stops typing is saved all the same.
const soon = (after = SEND_AFTER) => { if (!waiting) waiting = setTimeout(send, after); };

const put = (news) => {
  let any = false;
  for (const [name, text] of Object.entries(news)) {
    const box = field(name);
    if (!box || changed.has(name) || box === document.activeElement) continue;
    any = true;
    if (box.type === "checkbox") box.checked = text === box.value;
    else box.value = text;
  }
  return any;
};

const refused = async (answer) => {
  const why = await answer.json().catch(() => ({}));
  if (why.over) { over = true; tell(said.dataset.over); return; }
  tell(said.dataset.alone);
  soon(AGAIN_AFTER);
};

const send = async () => {
  waiting = null;
  if (sending || over || !changed.size) return;
  sending = true;
  let arrived = false;
  sent += 1;
  const names = [...changed];
  changed.clear();
  const body = new FormData();
  body.set("csrfmiddlewaretoken", field("csrfmiddlewaretoken").value);
  body.set("version", field("version").value);
  body.set("act", "save");
  for (const name of names) body.set(name, value(field(name)));
  try {
    const answer = await fetch(location.pathname, { method: "POST", body, headers: { "X-Kith-Autosave": "1" } });
    if (answer.status === 409) {
      for (const name of names) changed.add(name);
      await refused(answer);
    } else if (answer.status === 401) {
      for (const name of names) changed.add(name);
      document.body.dispatchEvent(new Event("kith-locked"));
    } else if (answer.ok) {
      lost = false;
      arrived = true;
      const kept = await answer.json();
      field("version").value = kept.version;
      const news = put(kept.changed);
      tell(kept.both.length ? said.dataset.both : news ? said.dataset.news : `${said.dataset.saved} ${time()}`);
    } else throw new Error(String(answer.status));
  } catch (error) {
    for (const name of names) changed.add(name);
    lost = true;
    tell(said.dataset.lost);
    soon(AGAIN_AFTER);
  }
  sending = false;
  const button = pressed;
  pressed = null;
  if (button && arrived) form.requestSubmit(button);
  else if (changed.size) soon();
};

const ask = async () => {
  if (sending || over || lost || changed.size || document.hidden) return;
  const before = sent;
  try {
    const answer = await fetch(`${form.dataset.kithSince}?version=${field("version").value}`);
    if (!answer.ok) return;
    const news = await answer.json();
    if (before !== sent || changed.size || sending) return;
    if (news.over) { over = true; tell(said.dataset.over); return; }
    if (news.alone) { location.reload(); return; }
    field("version").value = news.version;
    if (put(news.changed)) tell(said.dataset.news);
  } catch { /* no connection: what is typed is kept, and sent when it is back */ }
};

// A list never runs out of lines: writing in the last one adds another.
const grow = (box) => {
  const row = box.closest("[data-kith-row]");
  if (!row || row.nextElementSibling || !box.value) return;
  const [start, number] = row.dataset.kithRow.split(".");
  const next = row.cloneNode(true);
  const name = `${start}.${Number(number) + 1}`;
  next.dataset.kithRow = name;
  for (const one of next.querySelectorAll("[name], [for], [id]")) {
    for (const key of ["name", "for", "id"]) {
      if (one.hasAttribute(key)) one.setAttribute(key, one.getAttribute(key).replace(`${start}.${number}`, name));
    }
    if ("value" in one && one.type !== "checkbox" && one.tagName !== "OPTION") one.value = "";
    if (one.type === "checkbox") one.checked = false;
  }
  for (const one of next.querySelectorAll(".govuk-visually-hidden")) one.textContent = one.textContent.replace(/\d+$/, String(Number(number) + 1));
  row.after(next);
};

if (form) {
  form.addEventListener("input", (event) => {
    if (!event.target.name) return;
    changed.add(event.target.name);
    grow(event.target);
    soon();
  });
  form.addEventListener("submit", (event) => {
    if (!navigator.onLine || lost) {
      event.preventDefault();
      tell(said.dataset.lost);
      soon(0);
    } else if (sending) {
      event.preventDefault();
      pressed = event.submitter;
    } else over = true; // the page is on its way; nothing more is sent from it
  });
  document.body.addEventListener("kith-unlocked", () => soon(0));
  window.addEventListener("online", () => { lost = false; soon(0); });
  setInterval(ask, ASK_EVERY);
}
