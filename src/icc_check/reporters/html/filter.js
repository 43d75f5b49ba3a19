// Without this the page shows everything, and the numbers are only numbers.
const boxes = [...document.querySelectorAll("fieldset input")];
const findings = [...document.querySelectorAll("[data-verdict]")];
const status = document.querySelector("[role=status]");
const show = () => {
  const wanted = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
  for (const finding of findings) {
    const { verdict, baseline } = finding.dataset;
    finding.hidden = !wanted.has(verdict) || (baseline !== undefined && !wanted.has("baseline"));
  }
  const shown = findings.filter((finding) => !finding.hidden).length;
  status.textContent = `${shown} of ${findings.length} shown`;
};
for (const box of boxes) {
  box.hidden = false;
  box.addEventListener("change", show);
}
status.hidden = boxes.length === 0;
show(); // a browser may remember the boxes of the last visit
addEventListener("beforeprint", () => {
  for (const more of document.querySelectorAll("details")) more.open = true;
});
