"use strict";
const words = document.getElementById("words");
if (words && document.querySelectorAll("article .rows tbody tr").length > 9) {
  const hits = document.getElementById("hits");
  const rows = [...document.querySelectorAll("article .rows tbody tr")];
  const texts = rows.map((row) => row.textContent.toLowerCase());
  document.getElementById("filter").hidden = false;
  words.addEventListener("input", () => {
    const wanted = words.value.trim().toLowerCase();
    const opened = new Set();
    let found = 0;
    rows.forEach((row, index) => {
      const has = texts[index].includes(wanted);
      row.hidden = !has;
      if (has) {
        found += 1;
        opened.add(row.closest("details"));
      }
    });
    if (wanted) {
      document.querySelectorAll("article .rows").forEach((each) => {
        each.open = opened.has(each);
      });
    }
    hits.textContent = wanted ? `${found} of ${rows.length} rows` : "";
  });
}
