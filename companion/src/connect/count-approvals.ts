import type { Reason } from '../outcome.ts';
import type { Approval } from '../store/approvals.ts';

/** Salesforce keeps so many approvals of one user and app; one more silently ends the oldest. */
export const APPROVALS_PER_USER = 5;

/** The approvals of one user of an org for one app. */
export interface ApprovalsOfUser {
  organizationId: string | null;
  clientId: string;
  userId: string;
  username: string | null;
  /** The oldest first. */
  approvals: Approval[];
}

/** Groups approvals by org, app and user. */
export function countApprovals(approvals: readonly Approval[]): ApprovalsOfUser[] {
  const groups = new Map<string, ApprovalsOfUser>();
  for (const approval of approvals) {
    const { organizationId, origin, clientId, userId, username } = approval;
    const key = JSON.stringify([organizationId ?? origin, clientId, userId]);
    const group = groups.get(key) ?? { organizationId, clientId, userId, username, approvals: [] };
    group.approvals.push(approval);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** What is known of a connection before it is approved. */
export interface Approving {
  connectionId: string;
  origin: string;
  clientId: string;
  organizationId: string | null;
  /** Who approved it the last time; null where nobody did. */
  userId: string | null;
}

/**
 * Users who would approve the app a sixth time: the one who did it before for this connection, or, where nobody did,
 * whoever may come. A connection's own approval is given back first, so it does not count.
 */
export function findFullUsers(approvals: readonly Approval[], approving: Approving): ApprovalsOfUser[] {
  const others = approvals.filter(
    ({ connectionId, clientId, origin, organizationId }) =>
      connectionId !== approving.connectionId &&
      clientId === approving.clientId &&
      (approving.organizationId === null
        ? origin === approving.origin
        : organizationId === approving.organizationId),
  );
  return countApprovals(others).filter(
    ({ userId, approvals: theirs }) =>
      theirs.length >= APPROVALS_PER_USER && (approving.userId === null || approving.userId === userId),
  );
}

/** The approvals that Salesforce has ended because this user approved the app once more for another connection. */
export function findPushedOut(
  approvals: readonly Approval[],
  approved: { connectionId: string; organizationId: string; clientId: string; userId: string },
): Approval[] {
  const others = approvals.filter(
    ({ connectionId, organizationId, clientId, userId }) =>
      connectionId !== approved.connectionId &&
      organizationId === approved.organizationId &&
      clientId === approved.clientId &&
      userId === approved.userId,
  );
  return others.slice(0, Math.max(0, others.length + 1 - APPROVALS_PER_USER));
}

export function pushedOut(username: string | null, by: string): Reason {
  return {
    code: 'approval-pushed-out',
    message: `${username ?? 'The user'} approved the app once more, for the connection ${by}.`,
    explanation:
      `Salesforce keeps ${APPROVALS_PER_USER} approvals of one user for one app. One more ended the oldest, ` +
      'which was that of this connection.',
    action:
      'Connect this connection as another user, or use JWT bearer or client credentials: those need no approval.',
  };
}
