"use strict";
// Sorting and filtering of the lists. Without this script the lists stand sorted by the longest overdue, and nothing is hidden.
document.documentElement.classList.add("js");

const lists = [...document.querySelectorAll("table.list")];
const said = document.querySelector("[data-said]");

function say(words) {
  if (said) said.textContent = words;
}

function valueOf(row, column) {
  const cell = row.cells[column];
  return cell.dataset.value === undefined ? cell.textContent.trim().toLowerCase() : Number(cell.dataset.value);
}

function sort(table, column, heading) {
  const numbers = heading.dataset.sort === "number";
  const before = heading.getAttribute("aria-sort");
  const falling = before === null ? numbers : before === "ascending";
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", falling ? "descending" : "ascending");
  const body = table.tBodies[0];
  const rows = [...body.rows].map((row, place) => ({ row, place, value: valueOf(row, column) }));
  rows.sort((one, other) => {
    const order = numbers ? one.value - other.value : String(one.value).localeCompare(String(other.value), "en");
    return (falling ? -order : order) || one.place - other.place;
  });
  body.append(...rows.map((one) => one.row));
  say(`${table.dataset.name}: sorted by ${heading.textContent.trim().toLowerCase()}, ${falling ? "highest or last" : "lowest or first"} at the top.`);
}

for (const table of lists) {
  [...table.tHead.rows[0].cells].forEach((heading, column) => {
    if (!heading.dataset.sort) return;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = heading.textContent.trim();
    heading.replaceChildren(button);
    button.addEventListener("click", () => sort(table, column, heading));
  });
}

const filters = document.querySelector(".filters");

function filter() {
  const duty = filters.elements.duty.value;
  const words = filters.elements.words.value.trim().toLowerCase();
  const parts = [];
  for (const table of lists) {
    const rows = [...table.tBodies[0].rows];
    let shown = 0;
    for (const row of rows) {
      const fits = (!duty || !row.dataset.duty || row.dataset.duty === duty) && (!words || row.textContent.toLowerCase().includes(words));
      row.hidden = !fits;
      if (fits) shown += 1;
    }
    if (table.dataset.name) parts.push(`${table.dataset.name}: ${shown} of ${rows.length} shown`);
  }
  say(parts.join(". ") + ".");
}

if (filters) {
  let waiting;
  filters.addEventListener("submit", (event) => event.preventDefault());
  filters.elements.duty.addEventListener("change", filter);
  filters.elements.words.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(filter, 150); });
  filters.addEventListener("reset", () => setTimeout(filter));
}

// Browsers that cannot open details by style alone print what is inside them all the same.
addEventListener("beforeprint", () => {
  for (const one of document.querySelectorAll("details:not([open])")) {
    one.open = true;
    one.dataset.opened = "";
  }
});
addEventListener("afterprint", () => {
  for (const one of document.querySelectorAll("[data-opened]")) {
    one.open = false;
    delete one.dataset.opened;
  }
});
