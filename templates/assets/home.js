// "Not now" and its undo swap the card in place. Without it, the page loads again.
document.addEventListener("submit", (event) => {
  const form = event.target.closest("#next form");
  if (!form) return;
  event.preventDefault();
  const again = () => form.submit();
  const asked = new XMLHttpRequest();
  asked.open("POST", form.action);
  asked.responseType = "document";
  asked.onerror = again;
  asked.onload = () => {
    const next = asked.status === 200 && asked.response?.getElementById("next");
    if (!next) return again();
    document.getElementById("next").replaceWith(document.adoptNode(next));
    next.focus();
  };
  asked.send(new URLSearchParams(new FormData(form)));
});
