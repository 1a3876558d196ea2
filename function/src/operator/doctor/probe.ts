import { randomUUID } from 'node:crypto';
import { readBulkAnswer, refusalIn } from '../../core/answer.ts';
import { HASHED } from '../../core/document-id.ts';
import type { Table } from '../../core/table.ts';
import type { Send } from '../../opensearch/connection.ts';
import { type Check, ok, skipped, wrong } from './check.ts';

const NAME = 'version rules';
const LONGEST_MILLISECONDS = 10_000;

type Step = {
  readonly action: 'index' | 'delete';
  readonly version: number;
  readonly expected: number;
};

// What contract §10 rests on: an equal version is taken, a lower one is not, a deletion is remembered.
const STEPS: readonly Step[] = [
  { action: 'index', version: 2, expected: 201 },
  { action: 'index', version: 2, expected: 200 },
  { action: 'index', version: 1, expected: 409 },
  { action: 'delete', version: 3, expected: 200 },
  { action: 'index', version: 2, expected: 409 },
];

/**
 * Proves on one throw-away document that this OpenSearch keeps the version rules: in an index of its
 * own where we may make one, otherwise in the table's, under an id that no key can have.
 */
export const probe = async (table: Table, send: Send): Promise<Check> => {
  const own = `dynamodb-to-opensearch-probe-${randomUUID()}`;
  const hasOwn = await isSuccess(send, 'PUT', `/${own}`);
  const path = `/${encodeURIComponent(table.index)}`;
  // A write would make the table's index, otherwise than the function does.
  if (!hasOwn && !(await isSuccess(send, 'HEAD', path))) return skipped(NAME, NOWHERE);
  const id = `${HASHED}probe-${randomUUID()}`;
  const index = hasOwn ? own : table.index;
  try {
    return judge(await takeSteps({ index, id }, send), { index, hasOwn });
  } finally {
    await isSuccess(send, 'DELETE', hasOwn ? `/${own}` : `${path}/_doc/${encodeURIComponent(id)}`);
  }
};

const NOWHERE = 'no index may be made for it, and that of the first table does not exist yet';

const isSuccess = async (
  send: Send,
  method: 'HEAD' | 'PUT' | 'DELETE',
  path: string,
): Promise<boolean> => {
  const answer = await send({ method, path }, LONGEST_MILLISECONDS);
  return answer.kind === 'answered' && answer.status < 300;
};

type Place = { readonly index: string; readonly id: string };

/** What each step was answered: a status, or the words of a refusal. */
const takeSteps = async (place: Place, send: Send): Promise<readonly (number | string)[]> => {
  const answered: (number | string)[] = [];
  for (const step of STEPS) answered.push(await takeStep(step, place, send));
  return answered;
};

const takeStep = async (
  { action, version }: Step,
  { index, id }: Place,
  send: Send,
): Promise<number | string> => {
  const line = { [action]: { _id: id, version, version_type: 'external_gte' } };
  const lines = action === 'index' ? [line, {}] : [line];
  const answer = await send(
    {
      method: 'POST',
      path: `/${encodeURIComponent(index)}/_bulk`,
      headers: { 'content-type': 'application/x-ndjson' },
      body: Buffer.from(lines.map((each) => `${JSON.stringify(each)}\n`).join('')),
    },
    LONGEST_MILLISECONDS,
  );
  const read = readBulkAnswer(answer, 1);
  if (read.kind === 'items') return read.items[0]?.status ?? 0;
  const { status, type } = refusalIn(answer);
  return `${status} ${type}`;
};

const judge = (
  answered: readonly (number | string)[],
  { index, hasOwn }: { readonly index: string; readonly hasOwn: boolean },
): Check => {
  const where = hasOwn
    ? 'in an index of its own, which is gone again'
    : `in ${index}, under an id that no key can have, and deleted again`;
  const finding = STEPS.map(
    ({ action, version }, at) => `${action} ${version}: ${answered[at]}`,
  ).join(', ');
  return STEPS.every(({ expected }, at) => answered[at] === expected)
    ? ok(NAME, `kept: ${finding} (${where})`)
    : wrong(
        NAME,
        `not kept: ${finding}; ${STEPS.map(({ expected }) => expected).join(', ')} is right`,
        'If a step was refused for another reason, such as a permission, mend that and probe again. Otherwise this OpenSearch cannot be kept equal to a table: do not use it.',
        'OpenSearch does not keep the version rules',
      );
};
