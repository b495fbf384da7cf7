import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ICON_LIBRARY = /^lightning\/(iconSvgTemplates(Action|Custom|Doctype|Standard|Utility)(?:Rtl)?)$/;
const VIRTUAL_PREFIX = '\0icons:';

/** Icons that base components draw by themselves. */
const DRAWN_BY_BASE_COMPONENTS = ['utility:close'];

function findIconNames(sourceFolders: string[]): Set<string> {
  const files = sourceFolders.flatMap((folder) =>
    globSync('**/*.{js,ts,html}', { cwd: folder }).map((file) => join(folder, file)),
  );
  const found = files.flatMap(
    (file) => readFileSync(file, 'utf8').match(/\b(?:standard|utility):\w+/g) ?? [],
  );
  return new Set([...DRAWN_BY_BASE_COMPONENTS, ...found]);
}

/** A plugin for Rollup and for Vite alike. */
interface IconPlugin {
  name: string;
  resolveId: (source: string) => string | null;
  load: (id: string) => string | null;
}

/** Puts only the icons that the sources name into the bundle: the whole libraries are megabytes of templates. */
export function subsetIcons(baseComponents: string, sourceFolders: string[]): IconPlugin {
  const wanted = [...findIconNames(sourceFolders)].sort();
  return {
    name: 'subset-icons',
    resolveId: (source) => (ICON_LIBRARY.test(source) ? VIRTUAL_PREFIX + source : null),
    load(id) {
      const [, library = '', kind = ''] = ICON_LIBRARY.exec(id.slice(VIRTUAL_PREFIX.length)) ?? [];
      if (!id.startsWith(VIRTUAL_PREFIX) || !library) return null;
      const category = kind.toLowerCase();
      const names = wanted
        .filter((name) => name.startsWith(`${category}:`))
        .map((name) => name.split(':')[1] ?? '');
      const folder = join(baseComponents, 'src/lightning', library, 'buildTemplates', category);
      const imports = names.map(
        (name, n) => `import icon${n} from ${JSON.stringify(join(folder, `${name}.html`))};`,
      );
      const entries = names.map((name, n) => `${category}_${name}: icon${n}`);
      return `${imports.join('\n')}\nexport default { ${entries.join(', ')} };`;
    },
  };
}
