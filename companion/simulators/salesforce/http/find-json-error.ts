/**
 * Where a text stops being JSON: the offset of the first character that cannot stand there, or the text's length where
 * only its end is missing. Node's parser tells the offset for some errors only, so that beginnings of the text are tried.
 */
export function findJsonError(text: string): number {
  if (canGoOn(text)) return text.length;
  let good = 0;
  let bad = text.length;
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (canGoOn(text.slice(0, middle))) good = middle;
    else bad = middle;
  }
  return good;
}

/** Whether a text is JSON, or the beginning of some. */
function canGoOn(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    const position = /position (\d+)/.exec(message)?.[1];
    return position === undefined ? message.includes('end of JSON input') : Number(position) >= text.length;
  }
}
