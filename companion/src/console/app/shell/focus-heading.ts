let isWanted = false;

/** Asks the next page's heading to take the focus: whoever navigates by keyboard or ear goes on from there. */
export function askForHeadingFocus(): void {
  isWanted = true;
}

/** Whether the focus was asked for; only the first heading that asks is told so. */
export function takeHeadingFocus(): boolean {
  const wasWanted = isWanted;
  isWanted = false;
  return wasWanted;
}
