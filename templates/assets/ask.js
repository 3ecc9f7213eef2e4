// While a question is typed, shows what may answer it already. Without it, "Check for answers" does the same.
const PAUSE = 500, LETTERS = 10;

for (const near of document.querySelectorAll("[data-similar]")) {
  const form = near.closest("form"), field = form.elements[near.dataset.field];
  const list = near.querySelector("ul"), status = near.nextElementSibling;
  let waiting, asking;

  // Whoever looked at one of them comes back to the words as they left them.
  for (const [name, value] of history.state?.typed ?? []) {
    const at = form.elements[name];
    if (at?.type === "checkbox") at.checked = true;
    else if (at && at.type !== "hidden") at.value = value;
  }
  near.addEventListener("click", (event) => {
    if (!event.target.closest("a")) return;
    const typed = [...new FormData(form)].filter(([, value]) => typeof value === "string");
    history.replaceState({ typed }, "");
  });

  let last = field.value.trim();
  const line = ({ kind, title, href }) => {
    const [item, badge, link] = ["li", "span", "a"].map((tag) => document.createElement(tag));
    badge.className = "badge";
    badge.textContent = kind;
    link.href = href;
    link.textContent = title;
    item.append(badge, " ", link);
    return item;
  };
  const show = ({ said, links }) => {
    // Nothing is taken away from under somebody's focus.
    if (near.contains(document.activeElement)) return;
    list.replaceChildren(...links.map(line));
    near.hidden = !links.length;
    status.textContent = said;
  };
  const ask = async () => {
    const typed = field.value.trim();
    if (typed === last) return;
    asking = new AbortController();
    try {
      const address = `${near.dataset.similar}?q=${encodeURIComponent(typed)}`;
      const answer = await fetch(address, { signal: asking.signal });
      if (!answer.ok) return;
      show(await answer.json());
      last = typed;
    } catch {
      // An older question was given up, or the line is down: the form still works.
    }
  };

  field.addEventListener("input", () => {
    clearTimeout(waiting);
    asking?.abort();
    if (field.value.trim().length >= LETTERS) waiting = setTimeout(ask, PAUSE);
  });
}
