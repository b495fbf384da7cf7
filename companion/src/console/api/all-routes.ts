import type { Services } from '../../services.ts';
import { budgetRoutes } from './budget.ts';
import { exportRoutes } from './exports.ts';
import { mappingRoutes } from './mapping.ts';
import { preflightRoutes } from './preflight.ts';
import type { ApiRoute } from './route.ts';

/** The areas of the admin API, one line each. */
const AREAS: readonly ((services: Services) => ApiRoute[])[] = [
  mappingRoutes,
  preflightRoutes,
  exportRoutes,
  budgetRoutes,
];

/** All routes of the admin API. */
export function allRoutes(services: Services): ApiRoute[] {
  return AREAS.flatMap((area) => area(services));
}
