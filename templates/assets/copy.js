// Shows the buttons that copy words or a link, which without a script would do nothing, and says what came of it.
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  const from = document.getElementById(button.dataset.copy), status = button.nextElementSibling;
  button.hidden = false;
  button.addEventListener("click", async () => {
    // Said anew each time.
    status.textContent = "";
    try {
      await navigator.clipboard.writeText((from.value ?? from.innerText).trim());
      status.textContent = button.dataset.done;
    } catch {
      // It may not be copied for them: it is marked, and they copy it themselves.
      from.select?.();
    }
  });
}
