import { indexOf } from './configuration.ts';
import type { Contest, ContestantName } from './contest.ts';
import type { Events } from './events.ts';
import { countDocuments } from './indexes.ts';
import type { Batch, Measurement, Target, Work } from './messages.ts';
import { times } from './random.ts';
import type { RecordedRequest } from './recorder.ts';
import type { Scenario } from './scenario.ts';
import type { Stand } from './stand.ts';
import { rotated } from './statistics.ts';

/** What one contestant measured in one round of one scenario. */
export interface Sample {
  readonly scenario: Scenario;
  readonly contestant: ContestantName;
  readonly round: number;
  readonly records: number;
  readonly batches: number;
  /** How many bulk requests the function made of the batches. */
  readonly functionRequests: number;
  readonly measurement: Measurement;
}

/** How a round is run. */
export interface RoundSettings {
  readonly round: number;
  readonly scenario: Scenario;
  readonly batches: number;
}

/** Gives every contestant the same batches, one contestant after the other, and checks its index after each. */
export const runRound = async (
  stand: Stand,
  contest: Contest,
  settings: RoundSettings,
): Promise<readonly Sample[]> => {
  const { round, scenario, batches } = settings;
  const events = contest.events.get(scenario);
  if (events === undefined) throw new Error(`there are no events of ${scenario.name}`);
  const texts = times(batches, () => events.next());
  const requests = await requestsFor(texts, stand, contest);
  const samples: Sample[] = [];
  // One request a batch is what the function sends anyway, or a second form of the floor.
  const isWhole = requests.length === batches;
  const competing = [...contest.contestants].filter(([name]) => name !== 'floor-whole' || !isWhole);
  for (const [contestant, { run }] of rotated(competing, round)) {
    const target = targetOf(contestant, scenario, stand.openSearchUrl, requests);
    const work = workOf(contestant, texts, batchesOf(requests, scenario.records), target);
    const measurement = await run(work);
    await checkIndex(target, events);
    const counts = { records: batches * scenario.records, functionRequests: requests.length };
    samples.push({ scenario, contestant, round, batches, ...counts, measurement });
  }
  return samples;
};

/** What the function sends for these events: the floor sends the same bytes. */
const requestsFor = async (
  events: readonly string[],
  { recorder }: Stand,
  { recorded }: Contest,
): Promise<readonly RecordedRequest[]> => {
  await recorded.run({ target: { url: '', index: '', query: '' }, events, bodies: [] });
  return recorder.take();
};

const targetOf = (
  contestant: ContestantName,
  { name }: Scenario,
  url: string,
  [first]: readonly RecordedRequest[],
): Target => ({ url, index: indexOf(contestant, name), query: first?.query ?? '' });

const workOf = (
  contestant: ContestantName,
  events: readonly string[],
  batches: readonly Batch[],
  target: Target,
): Work => {
  switch (contestant) {
    case 'floor':
      return { target, events: [], bodies: batches };
    case 'floor-whole':
      return { target, events: [], bodies: batches.map((batch) => [Buffer.concat(batch)]) };
    case 'least':
      return { target, events, bodies: batches };
    default:
      return { target, events, bodies: [] };
  }
};

/** The bodies of each batch, told from the next batch's by how many operations a batch has. */
export const batchesOf = (
  requests: readonly RecordedRequest[],
  recordsPerBatch: number,
): readonly Batch[] => {
  const batches: Uint8Array[][] = [];
  let missing = 0; // operations that the last batch still lacks
  for (const { body, operations } of requests) {
    if (missing === 0) batches.push([]);
    batches.at(-1)?.push(body);
    missing = (missing === 0 ? recordsPerBatch : missing) - operations;
  }
  return batches;
};

const checkIndex = async ({ url, index }: Target, events: Events): Promise<void> => {
  const documents = await countDocuments(url, index);
  if (documents === events.documents()) return;
  throw new Error(`${index} holds ${documents} documents instead of ${events.documents()}`);
};
