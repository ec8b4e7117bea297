// What the page does beside the terminal: keys go into it at once, and it can be opened again after it was closed.
window.addEventListener("load", () => document.querySelector(".xterm-helper-textarea")?.focus());
document.getElementById("again").addEventListener("click", () => window.location.reload());
