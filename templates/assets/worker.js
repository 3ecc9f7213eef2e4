// Registers the worker that keeps a page for when the line is down. Without it, everything else is as it was.
if ("serviceWorker" in navigator) {
  const rule = { createScriptURL: (address) => (address === "/sw.js" ? address : "") };
  const policy = window.trustedTypes?.createPolicy("rapport", rule) ?? rule;
  navigator.serviceWorker.register(policy.createScriptURL("/sw.js")).catch(() => {});
}
