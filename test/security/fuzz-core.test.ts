import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accountFor, type Settlement } from '../../function/src/core/account.ts';
import { deadLetters, malformedRejection } from '../../function/src/core/dead-letter.ts';
import { deliveriesByTable, ForeignEvent, recordsOf } from '../../function/src/core/event.ts';
import { pageBody, pageLimitsFor, pagesOf } from '../../function/src/core/page.ts';
import { type Step, stepsOf } from '../../function/src/core/steps.ts';
import { operationsIn } from '../support/bulk-body.ts';
import { aTable } from '../support/records.ts';
import { type Json, mutated } from './mutations.ts';
import { comingAgain, recordsFor } from './oracle.ts';
import { realEvents, TABLE_KINDS } from './real-events.ts';
import { fuzzRuns } from './runs.ts';

const tables = new Map(
  TABLE_KINDS.map(({ suffix, keys: [partitionKey, sortKey] }, at) => {
    const name = `Fuzz.${suffix}`;
    const profile = at % 2 === 0 ? 'exact' : 'bfansports';
    const where = at % 3 === 0 ? new Map([['a', new Set(['x'])]]) : new Map();
    const keys = { ...(partitionKey && { partitionKey }), ...(sortKey && { sortKey }) };
    return [name, aTable({ name, index: `fuzz-${suffix}`, profile, where, ...keys })];
  }),
);
const mutatedEvents = realEvents('Fuzz').chain(mutated);

const RUNS = fuzzRuns(1000);
const anyMutated = (check: (event: Json) => void): void => {
  fc.assert(fc.property(mutatedEvents, check), { numRuns: RUNS });
};

/** What an event asks for; undefined where it is not for this function. */
const stepsIn = (event: Json): readonly Step[] | undefined => {
  try {
    return [...stepsOf(deliveriesByTable(recordsOf(event), tables))];
  } catch (error) {
    if (error instanceof ForeignEvent) return undefined;
    throw error;
  }
};

const positionsOf = (step: Step): readonly number[] =>
  step.kind === 'malformed' ? [step.position] : step.changes.map(({ position }) => position);

test('an event that is not for the function is refused, and of any other each record is in one step', () => {
  anyMutated((event) => {
    const records = recordsFor(event, new Set(tables.keys()));
    const steps = stepsIn(event);
    const positions = steps?.flatMap(positionsOf).sort((one, other) => one - other);
    expect(positions).toEqual(records && [...records.keys()]);
  });
}, 600_000);

test('a bulk body has a line for each operation and one for each document, whatever the names and values are', () => {
  anyMutated((event) => {
    const operations = (stepsIn(event) ?? []).filter((step) => step.kind === 'operation');
    for (const page of pagesOf(operations, pageLimitsFor([]))) {
      const read = operationsIn(pageBody(page).toString());
      expect(read.map(({ action, id }) => [action, id])).toEqual(
        page.map(({ action, id }) => [action, id]),
      );
      for (const { action, lines } of read) {
        const [, document = ''] = lines.split('\n');
        if (action === 'index') expect(typeof JSON.parse(document)).toBe('object');
      }
    }
  });
}, 600_000);

test('a letter has the whole record on a line of its own, under the prefix of its table', () => {
  anyMutated((event) => {
    for (const step of stepsIn(event) ?? []) {
      if (step.kind !== 'malformed') continue;
      const context = { prefix: 'rejected/', records: [], now: new Date() };
      const { key, body } = deadLetters([malformedRejection(step)], context);
      expect(key).toMatch(/^rejected\/Fuzz\.[a-z]+\/\d{4}\/\d\d\/\d\d\/[\w-]{1,100}\.ndjson$/);
      expect(body.indexOf('\n')).toBe(body.length - 1);
      expect(JSON.stringify(JSON.parse(body).record)).toBe(JSON.stringify(step.record));
    }
  });
}, 600_000);

test('whichever steps are settled, exactly those records do not come again that Lambda does not send again', () => {
  const settledOrNot = fc.tuple(mutatedEvents, fc.infiniteStream(fc.boolean()));
  fc.assert(
    fc.property(settledOrNot, ([event, choices]) => {
      const steps = stepsIn(event);
      if (steps === undefined) return;
      const records = recordsOf(event);
      const isSettled = () => choices.next().value === true;
      const settlements = steps
        .filter(isSettled)
        .map((step): Settlement => ({ positions: positionsOf(step), outcome: 'written' }));
      const { outcomes, retryFrom } = accountFor(records, settlements);
      const again = comingAgain(recordsFor(event, new Set(tables.keys())) ?? [], retryFrom);
      expect(outcomes.map((outcome) => outcome === 'retried')).toEqual(again);
      const settled = new Set(settlements.flatMap(({ positions }) => positions));
      for (const at of records.keys()) if (again[at] !== true) expect(settled).toContain(at);
    }),
    { numRuns: RUNS },
  );
}, 600_000);
