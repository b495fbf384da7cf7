import { Router, type Request } from 'express';
import { userNames } from '../org/sample-users.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import { describeRun } from '../reports/describe-run.ts';
import { openView } from '../reports/open-view.ts';
import { listReports, loadReport } from '../reports/report-library.ts';
import { runReport } from '../reports/run-report.ts';
import { ControlError } from './control-error.ts';

/** GET /reports lists the package's reports; GET /reports/:name?user=… runs one as that user. */
export function runReports(org: SimulatedOrg): Router {
  const router = Router();
  const { directory } = org.installed;
  router.get('/reports', (_req, res) => {
    res.json({ reports: listReports(directory).map(({ name, folder }) => ({ name, folder })) });
  });
  router.get('/reports/:name', (req, res) => {
    const user = userNames.find((name) => name === (req.query.user ?? 'admin'));
    if (user === undefined) throw new ControlError(`user: one of ${userNames.join(', ')} is needed.`);
    const report = loadReport(directory, readName(req));
    if (report === null) res.status(404).json({ error: `The package has no report ${readName(req)}.` });
    else res.json(describeRun(runReport(openView(org, user), report.definition, report.type)));
  });
  return router;
}

function readName({ params }: Request): string {
  return String(params.name);
}
