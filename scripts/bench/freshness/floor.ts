import { Agent } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { requestBulk } from '../contestants/bulk-request.ts';
import { createIndex } from '../indexes.ts';
import { scenarioOf } from '../scenario.ts';
import type { Passages } from '../stack/passages.ts';
import type { Stack } from '../stack/stack.ts';
import { watchIndex } from '../stack/watch.ts';
import { POLICIES, type Policy } from './pace.ts';

/** How long a document took that was simply sent, in milliseconds. */
export interface FloorPassage {
  readonly acknowledged: number;
  readonly found: number;
}

const INDEX = 'floor';
const PAUSE_MILLISECONDS = 300;

/** Sends some documents, each alone and ready-made, under each policy; `auto` refreshes these as `true` does. */
export const measureFloor = async (
  stack: Stack,
  documents: number,
): Promise<ReadonlyMap<Policy, readonly FloorPassage[]>> => {
  const floor = new Map<Policy, readonly FloorPassage[]>();
  for (const policy of POLICIES) floor.set(policy, await ofPolicy(stack, policy, documents));
  return floor;
};

const ofPolicy = async (
  { openSearchUrl }: Stack,
  policy: Policy,
  documents: number,
): Promise<readonly FloorPassage[]> => {
  const index = `${INDEX}-${policy}`;
  await createIndex(openSearchUrl, index, scenarioOf(1, 'small'));
  const url = `${openSearchUrl}/${index}/_bulk?refresh=${policy === 'auto' ? 'true' : policy}`;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const passages: Passages = new Map();
  const watch = watchIndex(openSearchUrl, index, passages);
  for (let number = 0; number < documents; number++) {
    const marker = `floor-${policy}-${number}`;
    const passage = { put: performance.now() };
    passages.set(marker, passage);
    await text(await requestBulk(url, bodyOf(marker), agent));
    Object.assign(passage, { acknowledged: performance.now() });
    await watch.untilAllFound(10_000);
    await pause(PAUSE_MILLISECONDS * (1 + Math.random())); // so that no pause is in step with the refreshes
  }
  await watch.stop();
  agent.destroy();
  return [...passages.values()].map(({ put, acknowledged = Number.NaN, found = Number.NaN }) => ({
    acknowledged: acknowledged - put,
    found: found - put,
  }));
};

const FILLER = 'x'.repeat(350); // with which it has 0.4 KB

const bodyOf = (marker: string): string =>
  `${JSON.stringify({ index: { _id: marker, version: 1, version_type: 'external_gte' } })}\n` +
  `${JSON.stringify({ marker, filler: FILLER })}\n`;
