// Suggestions under a search field: field and list become one widget that keys reach. Without it, the form works.
const WAIT = 150, FROM = 2;

for (const form of document.querySelectorAll("form[data-suggest]")) {
  const field = form.querySelector("input[name=q]");
  const list = form.querySelector("[role=listbox]");
  const status = form.querySelector("[role=status]");
  let waiting, asking, chosen = -1;

  for (const [name, value] of Object.entries({
    role: "combobox", "aria-expanded": "false", "aria-autocomplete": "list", "aria-controls": list.id,
  })) field.setAttribute(name, value);

  const close = () => {
    list.hidden = true;
    chosen = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  const choose = (at) => {
    chosen = at;
    [...list.children].forEach((one, here) => one.setAttribute("aria-selected", here === at));
    if (at < 0) field.removeAttribute("aria-activedescendant");
    else field.setAttribute("aria-activedescendant", list.children[at].id);
  };
  const take = (one) => {
    close();
    if (one.dataset.href) return location.assign(one.dataset.href);
    field.value = one.dataset.text;
    form.requestSubmit();
  };
  const show = (suggestions) => {
    list.replaceChildren(...suggestions.map(({ text, href }, at) => {
      const one = document.createElement("li");
      one.id = `${list.id}-${at}`;
      one.setAttribute("role", "option");
      one.textContent = one.dataset.text = text;
      if (href) one.dataset.href = href;
      // The press must not take the focus out of the field.
      one.addEventListener("mousedown", (event) => event.preventDefault());
      one.addEventListener("click", () => take(one));
      return one;
    }));
    const { none, count, countOne } = form.dataset;
    const many = suggestions.length;
    status.textContent = many ? `${many} ${many === 1 ? countOne : count}` : none;
    if (!many) return close();
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
    choose(-1);
  };
  const ask = async () => {
    asking = new AbortController();
    const address = `${form.dataset.suggest}?q=${encodeURIComponent(field.value)}`;
    try {
      const answer = await fetch(address, { signal: asking.signal });
      if (answer.ok) show(await answer.json());
    } catch {
      // An older question was given up, or the line is down: the form still works.
    }
  };

  field.addEventListener("input", () => {
    clearTimeout(waiting);
    asking?.abort();
    if (field.value.trim().length < FROM) return close();
    waiting = setTimeout(ask, WAIT);
  });
  field.addEventListener("keydown", (event) => {
    const last = list.children.length - 1;
    if (event.key === "Escape" && !list.hidden) close();
    else if (list.hidden || event.isComposing) return;
    else if (event.key === "ArrowDown") choose(chosen === last ? -1 : chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen < 0 ? last : chosen - 1);
    else if (event.key === "Enter" && chosen >= 0) take(list.children[chosen]);
    else return;
    event.preventDefault();
  });
  field.addEventListener("blur", close);
}
