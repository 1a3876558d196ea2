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

/** Keeps the late requests of one world. */
export const keepLateRequests = ({ apply, onLate }: LateRequestsParts): LateRequests => {
  const memory: Memory = { applied: new Map(), lastNumber: 0, era: 0 };
  let held: Held[] = [];
  const applyLate = async (late: Held, what: 'guaranteed' | 'all'): Promise<void> => {
    const passing = operationsIn(late.request.body.toString()).filter(({ id, lines }) => {
      const kind = kindOf({ text: lines, place: placeOf(late.request, id) }, late, memory);
      onLate(kind);
      return what === 'all' || kind !== 'withheld';
    });
    if (passing.length === 0) return;
    const body = Buffer.from(passing.map(({ lines }) => lines).join(''));
    const passed = { ...late.request, body };
    remember(passed, await apply(passed), memory);
  };
  return {
    hold: (request) => void held.push({ request, since: memory.lastNumber, era: memory.era }),
    observe: (request, reply) => remember(request, reply, memory),
    forgetDeletions: () => {
      memory.era += 1;
    },
    release: async (what) => {
      const due = held;
      held = [];
      for (const late of due) await applyLate(late, what);
    },
  };
};

type Held = { readonly request: ProxiedRequest; readonly since: number; readonly era: number };

/** What OpenSearch has applied. */
type Memory = {
  /** By index and id, in their order. */
  readonly applied: Map<string, Applied[]>;
  /** Of the operation that was applied last, all documents counted. */
  lastNumber: number;
  /** How often deletions were forgotten. */
  era: number;
};

type Applied = {
  readonly number: number;
  /** Undefined for a write on condition of the document's state. */
  readonly version: bigint | undefined;
  readonly text: string;
  /** In monotonic milliseconds. */
  readonly at: number;
};

// OpenSearch forgets a deletion after 60 s, here and there a little later.
const SAFELY_REMEMBERED_MILLISECONDS = 45_000;

const kindOf = (
  { text, place }: { readonly text: string; readonly place: string },
  { since, era }: Held,
  memory: Memory,
): LateKind => {
  if (era !== memory.era) return 'withheld';
  const newer = (memory.applied.get(place) ?? []).filter(({ number }) => number > since);
  const last = newer.at(-1);
  if (last === undefined || last.text === text) return 'before a newer one';
  if (performance.now() - last.at > SAFELY_REMEMBERED_MILLISECONDS) return 'withheld';
  const version = versionIn(text);
  // A write on condition of the document's state is refused once anybody has touched it.
  if (version === undefined) return 'after a newer one';
  const versions = newer.flatMap((one) => one.version ?? []);
  if (versions.some((one) => one > version)) return 'after a newer one';
  return versions.length === 0 ? 'before a newer one' : 'withheld';
};

const remember = (request: ProxiedRequest, reply: Reply, memory: Memory): void => {
  const operations = operationsIn(request.body.toString());
  for (const [at, status] of statusesIn(reply).entries()) {
    const { action, id, lines: text } = operations[at] ?? NONE;
    if (!isApplied(action, status)) continue;
    const place = placeOf(request, id);
    memory.lastNumber += 1;
    const number = memory.lastNumber;
    const entry = { number, version: versionIn(text), text, at: performance.now() };
    memory.applied.set(place, [...(memory.applied.get(place) ?? []), entry]);
  }
};

const NONE = { action: '', id: '', lines: '' };

const placeOf = ({ path }: ProxiedRequest, id: string): string => `${path.split('/')[1]} ${id}`;

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
