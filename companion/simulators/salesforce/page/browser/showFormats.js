import { formatDay, formatMoney, formatNumber, formatShare } from 'c/upflowFormat';

const formats = { formatDay, formatMoney, formatNumber, formatShare };

/** Writes the gallery's sample values with the package's own formats. */
export function showFormats() {
  for (const cell of document.querySelectorAll('[data-format]')) {
    const { format, values } = cell.dataset;
    cell.textContent = formats[format](...JSON.parse(values));
  }
}
