import { describe, expect, test } from 'vitest';
import { parseConfiguration } from '../../../function/src/configuration/parse.ts';
import { deliveriesByTable, recordsOf } from '../../../function/src/core/event.ts';
import type { Operation } from '../../../function/src/core/operation.ts';
import { stepsOf } from '../../../function/src/core/steps.ts';
import { configurationText } from '../../../scripts/bench/configuration.ts';
import { eventsOf, POPULATION } from '../../../scripts/bench/events.ts';
import { largestEvent } from '../../../scripts/bench/peak-memory.ts';
import { type Scenario, scenarios } from '../../../scripts/bench/scenario.ts';

const firstSecond = 1_700_000_000;
const configuration = parseConfiguration(configurationText('http://localhost'), 'test', undefined);

/** What the function makes of an event. */
const operationsOf = (event: string): readonly Operation[] => {
  const deliveries = deliveriesByTable(recordsOf(JSON.parse(event)), configuration.tables);
  return [...stepsOf(deliveries)].filter((step) => step.kind === 'operation');
};

describe.each(scenarios)('an event of $name', (scenario) => {
  const operations = operationsOf(eventsOf(scenario, firstSecond).next());

  test('asks for one operation a record, so that nothing is folded and all contestants do the same', () => {
    expect(operations).toHaveLength(scenario.records);
  });

  test('has about a fifth of deletes', () => {
    const deletes = operations.filter(({ action }) => action === 'delete');
    expect(deletes.length / operations.length).toBeGreaterThan(0.1);
    expect(deletes.length / operations.length).toBeLessThan(0.3);
  });

  test('has documents of the size that its title gives', () => {
    const bytes = operations.filter(({ action }) => action === 'index').map(documentBytes);
    const mean = bytes.reduce((sum, one) => sum + one, 0) / bytes.length;
    const kilobytes = mean / 1000;
    expect(kilobytes).toBeGreaterThan(scenario.size === 'small' ? 0.36 : 2.3);
    expect(kilobytes).toBeLessThan(scenario.size === 'small' ? 0.44 : 2.7);
  });
});

const documentBytes = ({ lines }: Operation): number => lines.length - lines.indexOf(10) - 2;

describe('the events of a scenario', () => {
  const scenario: Scenario = { ...scenarios[0], records: POPULATION / 2 };

  test('are the same in every run', () => {
    expect(eventsOf(scenario, firstSecond).next()).toBe(eventsOf(scenario, firstSecond).next());
  });

  test('come back to the same keys with higher versions', () => {
    const events = eventsOf(scenario, firstSecond);
    const [first, , third] = [events.next(), events.next(), events.next()].map(operationsOf);
    expect(third?.map(({ id }) => id)).toEqual(first?.map(({ id }) => id));
    expect(third?.[0]?.version).toBeGreaterThan(first?.[0]?.version ?? 0n);
  });

  test('tell how many documents they leave', () => {
    const events = eventsOf(scenario, firstSecond);
    const index = new Set<string>();
    for (const event of [events.next(), events.next(), events.next()]) {
      for (const { action, id } of operationsOf(event)) {
        if (action === 'index') index.add(id);
        else index.delete(id);
      }
    }
    expect(events.documents()).toBe(index.size);
  });
});

test('the largest event has as many bytes as Lambda delivers, less than a record', () => {
  const bytes = Buffer.byteLength(largestEvent({ ...scenarios[0], size: 'large' }));
  expect(bytes).toBeLessThanOrEqual(6 * 1024 * 1024);
  expect(bytes).toBeGreaterThan(6 * 1024 * 1024 - 60_000);
});
