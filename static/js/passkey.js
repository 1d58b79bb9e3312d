// Says in the page what allauth's passkey script would only say in the console; closes what cannot work here.
document.addEventListener("DOMContentLoaded", () => {
  const status = document.querySelector("[data-passkey-status]");
  const button = document.querySelector("[data-passkey-button]");
  if (!button || !status) return;
  if (!window.PublicKeyCredential) {
    status.textContent = status.dataset.unsupported;
    button.disabled = true;
    return;
  }
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    status.textContent = status.dataset.failed;
    button.focus();
  });
});
