import { filesOf, type MetadataFile, type PackageSource } from './package-source.ts';
import type { Problem } from './problem.ts';
import { problemAt } from './report-problem.ts';
import { textOf, walk, type XmlNode } from './xml-node.ts';

const COLUMNS = 12;
const MAX_COMPONENTS = 20;

interface Place {
  node: XmlNode;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Components of a dashboard stay within its grid and off each other. */
export function checkDashboardGrid(source: PackageSource): Problem[] {
  return filesOf(source, 'Dashboard').flatMap((file) => {
    const places = [...walk(file.root)].filter(({ tag }) => tag === 'dashboardGridComponents').map(locate);
    const wrong = places.flatMap((place, index) => explain(file, place, places.slice(0, index)));
    const tooMany = places[MAX_COMPONENTS];
    if (tooMany === undefined) return wrong;
    const message = `A dashboard takes ${MAX_COMPONENTS} components.`;
    return [...wrong, problemAt(file, tooMany.node, 'dashboards/grid', message)];
  });
}

function locate(node: XmlNode): Place {
  const [left, top] = [Number(textOf(node, 'columnIndex')), Number(textOf(node, 'rowIndex'))];
  const right = left + Number(textOf(node, 'colSpan'));
  return { node, left, right, top, bottom: top + Number(textOf(node, 'rowSpan')) };
}

function explain(file: MetadataFile, place: Place, before: Place[]): Problem[] {
  const { node, left, right, top, bottom } = place;
  if (right > COLUMNS)
    return [problemAt(file, node, 'dashboards/grid', `It ends in column ${right} of ${COLUMNS}.`)];
  const hides = before.some(
    (other) => left < other.right && other.left < right && top < other.bottom && other.top < bottom,
  );
  return hides ? [problemAt(file, node, 'dashboards/grid', 'It lies upon another component.')] : [];
}
