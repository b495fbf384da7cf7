const SHOWN_FOR_MILLISECONDS = 5000;

/** Shows the toasts that components ask for, as the Lightning page does. */
export function showToasts() {
  const region = document.getElementById('toasts');
  document.addEventListener('lightning__showtoast', ({ detail }) => {
    const toast = document.createElement('div');
    toast.className = `slds-notify slds-notify_toast slds-theme_${detail.variant ?? 'info'}`;
    toast.innerHTML =
      '<div class="slds-notify__content"><h2 class="slds-text-heading_small"></h2><p></p></div>';
    toast.querySelector('h2').textContent = detail.title ?? '';
    toast.querySelector('p').textContent = detail.message ?? '';
    region.replaceChildren(toast);
    setTimeout(() => toast.remove(), SHOWN_FOR_MILLISECONDS);
  });
}
