import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What this plugin needs of PostCSS, which comes with Vite. */
interface Rule {
  selectors: string[];
  remove: () => unknown;
}
interface AtRule {
  nodes?: unknown[] | undefined;
  remove: () => unknown;
}
interface Declaration {
  value: string;
  remove: () => unknown;
}

const readAll = (folder: string): string =>
  globSync('**/*.{html,ts,js}', { cwd: folder })
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n');

/** The app's sources, and those of the base components that it uses, directly or through others. */
function readSources(appFolder: string, baseComponents: string): string[] {
  const sources = new Map([[appFolder, readAll(appFolder)]]);
  for (const source of sources.values()) {
    const names = [
      ...[...source.matchAll(/<lightning-([\w-]+)/g)].map(([, tag = '']) =>
        tag.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()),
      ),
      ...[...source.matchAll(/from 'lightning\/(\w+)'/g)].map(([, name = '']) => name),
    ];
    for (const folder of names.map((name) => join(baseComponents, 'src/lightning', name)))
      if (!sources.has(folder) && existsSync(folder)) sources.set(folder, readAll(folder));
  }
  return [...sources.values()];
}

const ICON_COLOUR = /^slds-icon-(action|custom|doctype|standard|utility)-(.+)$/;

/** Whether a class of the design system is named in the sources; names that are put together count by their beginning. */
function listUsed(sources: readonly string[]): (name: string) => boolean {
  const found = new Set(sources.flatMap((source) => source.match(/\bslds-[\w-]+/g) ?? []));
  const beginnings = [...new Set(sources.flatMap((source) => source.match(/\bslds-[\w-]+(?=\$\{)/g) ?? []))];
  return (name) => {
    const [, category, icon = ''] = ICON_COLOUR.exec(name) ?? [];
    if (category)
      return sources.some((source) => source.includes(`${category}:${icon.replaceAll('-', '_')}`));
    return found.has(name) || beginnings.some((beginning) => name.startsWith(beginning));
  };
}

/**
 * A PostCSS plugin that leaves out the design system's styles for what the console does not show: it has a megabyte
 * of them, which every browser would have to read.
 */
export function keepUsedStyles(appFolder: string, baseComponents: string) {
  const isUsed = listUsed(readSources(appFolder, baseComponents));
  const applies = (selector: string) => {
    const names = selector.replace(/:not\([^)]*\)/g, '').match(/(?<=\.)slds-[\w-]+/g) ?? [];
    return names.every(isUsed);
  };
  return {
    postcssPlugin: 'keep-used-styles',
    Rule(rule: Rule) {
      const kept = rule.selectors.filter(applies);
      if (kept.length === 0) rule.remove();
      else if (kept.length < rule.selectors.length) rule.selectors = kept;
    },
    AtRuleExit(rule: AtRule) {
      if (rule.nodes?.length === 0) rule.remove();
    },
    // Avatars and banners, of which the console shows none.
    Declaration(declaration: Declaration) {
      if (declaration.value.includes('url(../images')) declaration.remove();
    },
  };
}
