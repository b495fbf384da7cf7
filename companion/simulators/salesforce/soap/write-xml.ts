const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** Writes an object as elements: its lists repeat the element, and keys that begin with `@` are attributes. */
export function writeXml(elements: object): string {
  return Object.entries(elements)
    .filter(([name]) => !name.startsWith('@'))
    .flatMap(([name, value]) => [value].flat().map((item: XmlValue) => writeElement(name, item)))
    .join('');
}

type XmlValue = string | number | boolean | object | null;

function writeElement(name: string, value: XmlValue): string {
  if (value === null) return `<${name} xsi:nil="true"/>`;
  if (typeof value !== 'object') return `<${name}>${escape(String(value))}</${name}>`;
  const attributes = Object.entries(value).filter(([key]) => key.startsWith('@'));
  const opening = [name, ...attributes.map(([key, text]) => `${key.slice(1)}="${escape(String(text))}"`)];
  return `<${opening.join(' ')}>${writeXml(value)}</${name}>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => escapes[character] ?? character);
}
