import type { Services } from '../../services.ts';
import { identifierRoutes } from './identifier.ts';
import { linkRoutes } from './links.ts';
import { matchRoutes } from './matches.ts';
import { activityRoutes } from './activity.ts';
import { alertRoutes } from './alerts.ts';
import { auditRoutes } from './audit.ts';
import { customerRoutes } from './customers.ts';
import { healthRoutes } from './health.ts';
import { pushStatusRoutes } from './push-status.ts';
import { budgetRoutes, readBudget } from './budget.ts';
import { driftRoutes } from './drift.ts';
import { erasureRoutes } from './erasure.ts';
import { exportRoutes } from './exports.ts';
import { importRoutes } from './imports.ts';
import { mappingRoutes } from './mapping.ts';
import { preflightRoutes } from './preflight.ts';
import { authorizationRoutes } from './authorize-salesforce.ts';
import { permissionRoutes } from './check-permissions.ts';
import { currencyRoutes } from './confirm-currency.ts';
import { salesforceRoutes } from './connect-salesforce.ts';
import { upflowRoutes } from './connect-upflow.ts';
import { secretRoutes } from './connection-secrets.ts';
import { connectionRoutes } from './connections.ts';
import type { ApiRoute } from './route.ts';
import { sweepRoutes } from './sweep.ts';
import { sessionRoutes } from './session.ts';

/** The areas of the admin API, one line each. */
const AREAS: readonly ((services: Services) => ApiRoute[])[] = [
  sessionRoutes,
  activityRoutes,
  pushStatusRoutes,
  customerRoutes,
  erasureRoutes,
  driftRoutes,
  identifierRoutes,
  matchRoutes,
  linkRoutes,
  mappingRoutes,
  preflightRoutes,
  exportRoutes,
  importRoutes,
  budgetRoutes,
  alertRoutes,
  auditRoutes,
  (services) => healthRoutes(services, (connection) => readBudget(services, connection)),
  connectionRoutes,
  secretRoutes,
  upflowRoutes,
  sweepRoutes,
  salesforceRoutes,
  authorizationRoutes,
  permissionRoutes,
  currencyRoutes,
];

/** All routes of the admin API. */
export function allRoutes(services: Services): ApiRoute[] {
  return AREAS.flatMap((area) => area(services));
}
