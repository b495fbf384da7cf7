import { sendPushes, type OutgoingPush, type SendReport } from './send-pushes.ts';

/** Where pushes go: the push address of a connection at the companion, and the secret that signs them. */
export interface PushTarget {
  url: string;
  /** `whsec_…` */
  secret: string;
}

/** How the last sending to a target went. */
export interface LastSending extends SendReport {
  at: Date;
  /** What the first push that was refused was answered. */
  refusal: string | undefined;
}

/** The push addresses that the organization has, each with its secret. */
export class PushTargets {
  readonly totals: SendReport = { sent: 0, accepted: 0, refused: 0 };
  readonly #targets: Map<string, PushTarget & { isSaved: boolean; last?: LastSending }>;
  readonly #save: () => void;

  constructor(saved: readonly PushTarget[], save: () => void) {
    this.#targets = new Map(saved.map((target) => [target.url, { ...target, isSaved: true }]));
    this.#save = save;
  }

  list(): (PushTarget & { last?: LastSending })[] {
    return [...this.#targets.values()];
  }

  /** Those that are kept between starts. */
  saved(): PushTarget[] {
    return [...this.#targets.values()]
      .filter(({ isSaved }) => isSaved)
      .map(({ url, secret }) => ({ url, secret }));
  }

  /** Adds an address, or changes the secret of one. */
  put({ url, secret }: PushTarget): void {
    this.#targets.set(url, { url, secret, isSaved: true });
    this.#save();
  }

  /** Adds an address until the simulator stops, unless somebody has given it a secret. */
  connect(target: PushTarget): void {
    if (!this.#targets.has(target.url)) this.#targets.set(target.url, { ...target, isSaved: false });
  }

  /** @returns false where there is no such address */
  remove(url: string): boolean {
    if (!this.#targets.delete(url)) return false;
    this.#save();
    return true;
  }

  /** Sends pushes to every address, and counts what became of them over all. */
  async send(
    pushes: readonly OutgoingPush[],
    how: { copies?: number; shuffle?: boolean } = {},
  ): Promise<SendReport> {
    const sum: SendReport = { sent: 0, accepted: 0, refused: 0 };
    for (const target of [...this.#targets.values()]) {
      const { url, secret } = target;
      let refusal: string | undefined;
      const onRefused = (answer: string) => (refusal ??= answer);
      const report = await sendPushes(pushes, { url, secret, ...how, onRefused });
      target.last = { ...report, at: new Date(), refusal };
      add(sum, report);
    }
    add(this.totals, sum);
    return sum;
  }

  resetTotals(): void {
    Object.assign(this.totals, { sent: 0, accepted: 0, refused: 0 });
  }
}

function add(sum: SendReport, { sent, accepted, refused }: SendReport): void {
  sum.sent += sent;
  sum.accepted += accepted;
  sum.refused += refused;
}
