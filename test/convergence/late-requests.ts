import { operationsIn } from '../support/bulk-body.ts';
import type { ProxiedRequest, Reply } from '../support/fault-proxy.ts';

/**
 * Requests that OpenSearch applies only after whoever sent them gave up on them. Versions make that
 * harmless but for one window, which docs/guarantees.md describes: operations inside it are withheld,
 * and counted, so that everything which is guaranteed is tried and nothing else.
 */
export type LateRequests = {
  /** Keeps a request back. */
  readonly hold: (request: ProxiedRequest) => void;
  /** Tells of a bulk request that OpenSearch has answered. */
  readonly observe: (request: ProxiedRequest, reply: Reply) => void;
  /** The index remembers nothing any more of what was deleted; or there is a new one. */
  readonly forgetDeletions: () => void;
  /** Has OpenSearch apply what was held back until now: what is guaranteed to do no harm, or all of it. */
  readonly release: (what: 'guaranteed' | 'all') => Promise<void>;
};

/** What late requests need. */
export type LateRequestsParts = {
  /** Has OpenSearch apply a bulk request. */
  readonly apply: (request: ProxiedRequest) => Promise<Reply>;
  /** Told of each operation that comes late. */
  readonly onLate: (kind: LateKind) => void;
};

/** Whether an operation came before any newer one, after a newer one, or would have fallen into the window. */
export type LateKind = 'before a newer one' | 'after a newer one' | 'withheld';

/** An operation that OpenSearch has applied. */
type Applied = {
  readonly number: number;
  readonly version: bigint | undefined;
  readonly text: string;
  /** In monotonic milliseconds. */
  readonly at: number;
};

// OpenSearch forgets a deletion after 60 s, here and there a little later.
const SAFELY_REMEMBERED_MILLISECONDS = 45_000;

type Held = { readonly request: ProxiedRequest; readonly since: number; readonly era: number };

/** Keeps the late requests of one world. */
export const keepLateRequests = ({ apply, onLate }: LateRequestsParts): LateRequests => {
  const applied = new Map<string, Applied[]>(); // by index and id
  let held: Held[] = [];
  let number = 0; // of the operation that was applied last
  let era = 0; // how often deletions were forgotten

  const kindOf = (text: string, place: string, { since, era: heldIn }: Held): LateKind => {
    const newer = (applied.get(place) ?? []).filter((one) => one.number > since);
    if (heldIn !== era) return 'withheld';
    const last = newer.at(-1);
    if (last === undefined || last.text === text) return 'before a newer one';
    if (performance.now() - last.at > SAFELY_REMEMBERED_MILLISECONDS) return 'withheld';
    const version = versionIn(text);
    // A write on condition of the document's state is refused once anybody has touched it.
    if (version === undefined) return 'after a newer one';
    const isOutdone = newer.some((one) => one.version !== undefined && one.version > version);
    if (isOutdone) return 'after a newer one';
    return newer.every((one) => one.version === undefined) ? 'before a newer one' : 'withheld';
  };

  const observe = (request: ProxiedRequest, reply: Reply): void => {
    const operations = operationsIn(request.body.toString());
    for (const [at, status] of statusesIn(reply).entries()) {
      const { action, id, lines: text } = operations[at] ?? NONE;
      if (!isApplied(action, status)) continue;
      const place = `${indexOf(request)} ${id}`;
      const entry = { number: ++number, version: versionIn(text), text, at: performance.now() };
      applied.set(place, [...(applied.get(place) ?? []), entry]);
    }
  };

  const applyLate = async (late: Held, what: 'guaranteed' | 'all'): Promise<void> => {
    const { request } = late;
    const index = indexOf(request);
    const operations = operationsIn(request.body.toString());
    const passing = operations.filter(({ id, lines }) => {
      const kind = kindOf(lines, `${index} ${id}`, late);
      onLate(kind);
      return what === 'all' || kind !== 'withheld';
    });
    if (passing.length === 0) return;
    const body = Buffer.from(passing.map(({ lines }) => lines).join(''));
    const passed = { ...request, body };
    observe(passed, await apply(passed));
  };

  return {
    hold: (request) => void held.push({ request, since: number, era }),
    observe,
    forgetDeletions: () => {
      era += 1;
    },
    release: async (what) => {
      const due = held;
      held = [];
      for (const late of due) await applyLate(late, what);
    },
  };
};

const NONE = { action: '', id: '', lines: '' };

const indexOf = ({ path }: ProxiedRequest): string => path.split('/')[1] ?? '';

const versionIn = (lines: string): bigint | undefined => {
  const version = /"version":(\d+)/.exec(lines.slice(0, lines.indexOf('\n')))?.[1];
  return version === undefined ? undefined : BigInt(version);
};

const statusesIn = ({ status, body }: Reply): readonly number[] => {
  if (status !== 200) return [];
  const { items = [] }: { items?: readonly object[] } = JSON.parse(body.toString());
  return items.map((item) => Object.values(item)[0].status);
};

const isApplied = (action: string, status: number): boolean =>
  status < 300 || (action === 'delete' && status === 404);
