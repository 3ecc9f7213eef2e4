// Keeps ticks and answers quick checks without loading the page again. Without it, forms do the same.
const one = (css, within = document) => within.querySelector(css);

const ticks = one("form[data-ticks]");
if (ticks) {
  const save = one("[data-save]", ticks);
  const kept = one("[data-kept]", ticks);
  save.hidden = true;
  ticks.addEventListener("change", async () => {
    const form = new URLSearchParams(new FormData(ticks));
    form.set("quietly", "yes");
    try {
      const answer = await fetch(ticks.action, { method: "POST", body: form });
      if (answer.status !== 204) throw new Error("not kept");
      kept.textContent = kept.dataset.yes;
      save.hidden = true;
    } catch {
      kept.textContent = kept.dataset.no;
      save.hidden = false;
    }
  });
}

const check = one("form[data-check]");
if (check) {
  check.addEventListener("submit", (event) => {
    const chosen = one("input:checked", check);
    if (!chosen) return;
    event.preventDefault();
    const right = "right" in chosen.dataset;
    one("[data-when=right]", check).hidden = !right;
    one("[data-when=wrong]", check).hidden = right;
    one("[data-when=any]", check).hidden = false;
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
  one("[data-print-hint]").hidden = true;
}
