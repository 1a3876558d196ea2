import { type Answer, refusalIn } from '../core/answer.ts';
import type { Verdict } from '../core/judge.ts';
import type { Table } from '../core/table.ts';
import type { Deadline } from '../deadline.ts';
import type { Request, Send } from './connection.ts';
import { indexDefinition } from './index-definition.ts';

/** Why an index could not be prepared. */
export type PreparationFault = Extract<Verdict, { kind: 'again' | 'hopeless' }>;

/** Sees to it that indexes exist and are as they should be before the first write. */
export type IndexPreparation = {
  /** Undefined once the table's index, or alias, is there. It asks once in an execution environment. */
  readonly prepare: (table: Table, deadline: Deadline) => Promise<PreparationFault | undefined>;
  /** The index turned out to be gone: the next `prepare` asks again. */
  readonly forget: (table: Table) => void;
};

/** The preparation of indexes, by requests through `send`. */
export const indexPreparation = (send: Send): IndexPreparation => {
  const ready = new Set<Table>();
  const underWay = new Map<Table, Promise<PreparationFault | undefined>>();

  const prepareOnce = async (table: Table, deadline: Deadline) => {
    const fault = await findOrCreate(table, (request) => send(request, deadline.forWork()));
    underWay.delete(table);
    if (fault === undefined) ready.add(table);
    return fault;
  };

  const prepare: IndexPreparation['prepare'] = async (table, deadline) => {
    if (ready.has(table)) return undefined;
    const started = underWay.get(table) ?? prepareOnce(table, deadline);
    underWay.set(table, started);
    return started;
  };

  return { prepare, forget: (table) => void ready.delete(table) };
};

type Ask = (request: Request) => Promise<Answer>;

const findOrCreate = async (table: Table, ask: Ask): Promise<PreparationFault | undefined> => {
  const path = `/${encodeURIComponent(table.index)}`;
  const found = await ask({ method: 'HEAD', path });
  if (isStatus(found, 404)) return (await putTemplate(table, ask)) ?? createIndex(path, ask);
  return isStatus(found, 200) ? undefined : { kind: 'again', refusal: refusalIn(found) };
};

// Of two templates that match, OpenSearch takes the one of higher priority and refuses two of the same.
const TEMPLATE_PRIORITY = 1000;

/** The template outlives the index, so that one which is deleted under way comes back the same. */
const putTemplate = async (table: Table, ask: Ask): Promise<PreparationFault | undefined> => {
  const template = indexDefinition(table);
  const body = { index_patterns: [table.index], priority: TEMPLATE_PRIORITY, template };
  const path = `/_index_template/${encodeURIComponent(table.index)}`;
  return faultIn(await ask({ method: 'PUT', path, body: json(body) }));
};

const createIndex = async (path: string, ask: Ask): Promise<PreparationFault | undefined> => {
  const fault = faultIn(await ask({ method: 'PUT', path, body: json({}) }));
  return fault?.refusal.type === 'resource_already_exists_exception' ? undefined : fault;
};

const faultIn = (answer: Answer): PreparationFault | undefined => {
  if (isStatus(answer, 200)) return undefined;
  return { kind: isStatus(answer, 400) ? 'hopeless' : 'again', refusal: refusalIn(answer) };
};

const isStatus = (answer: Answer, status: number): boolean =>
  answer.kind === 'answered' && answer.status === status;

const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
