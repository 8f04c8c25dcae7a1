document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const close = document.querySelector("#panel:not([hidden]) .close");
  if (close) location.hash = close.getAttribute("href");
});
window.addEventListener("hashchange", render);
window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolour);
render();
