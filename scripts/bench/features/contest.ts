import type { Cleanup } from '../cleanup.ts';
import { configurationText, indexOf } from '../configuration.ts';
import { type Contestant, startContestant } from '../contestant.ts';
import { type Events, eventsOf } from '../events.ts';
import { countDocuments, createIndex } from '../indexes.ts';
import type { Measurement } from '../messages.ts';
import { times } from '../random.ts';
import { batchesOf } from '../round.ts';
import { scenarioOf } from '../scenario.ts';
import { environmentOf, openStand, type Stand } from '../stand.ts';
import { rotated } from '../statistics.ts';
import { SECRET, VARIANTS, type Variant } from './variant.ts';

/** How much is measured. */
export interface FeatureSettings {
  readonly isQuick: boolean;
  readonly rounds: number;
  readonly onProgress: (line: string) => void;
}

/** What the variants measured, round by round, by their names. */
export interface FeatureResult {
  readonly recordsPerRound: number;
  readonly rounds: readonly ReadonlyMap<string, Measurement>[];
}

/** Batches as Lambda makes them of a busy table, with small items: what is not of the records weighs least here. */
export const SCENARIO = scenarioOf(1000, 'small');

const WARM_UP_ROUNDS = 4;
const BATCHES = 10; // all items once; more would take minutes under wait_for

/** Gives every variant the same batches, in rounds, and checks its index after each. */
export const benchFeatures = async (
  { isQuick, rounds, onProgress }: FeatureSettings,
  cleanup: Cleanup,
): Promise<FeatureResult> => {
  onProgress('starting OpenSearch');
  const stand = await openStand(cleanup, { scenarios: [SCENARIO] });
  stand.aws.secrets.set(SECRET.arn, SECRET.text);
  const start = (variant: Variant, url: string): Contestant => {
    const contestant = startVariant(stand, variant, url);
    cleanup.add(contestant.stop);
    return contestant;
  };
  const [usual, ...others] = VARIANTS;
  if (usual === undefined) throw new Error('there is no variant');
  const recorded = start({ ...usual, name: 'recorded' }, stand.recorder.url);
  const contestants = [usual, ...others].map(
    (variant) => [variant, start(variant, stand.openSearchUrl)] as const,
  );
  for (const [{ name }] of contestants)
    await createIndex(stand.openSearchUrl, indexOf(name, SCENARIO.name), SCENARIO);
  const events = eventsOf(SCENARIO, Math.floor(Date.now() / 1000) - 86_400);
  const measured: ReadonlyMap<string, Measurement>[] = [];
  const warmUpRounds = isQuick ? 1 : WARM_UP_ROUNDS;
  for (let round = -warmUpRounds; round < rounds; round++) {
    onProgress(round < 0 ? `warming up ${-round}` : `round ${round + 1} of ${rounds}`);
    const order = rotated(contestants, round + warmUpRounds);
    const ofRound = await runRound(stand, { recorded, contestants: order }, events);
    if (round >= 0) measured.push(ofRound);
  }
  return { recordsPerRound: BATCHES * SCENARIO.records, rounds: measured };
};

const startVariant = (stand: Stand, variant: Variant, url: string): Contestant => {
  const { name, program, overrides, tableOverrides } = variant;
  const text = configurationText(url, {
    contestant: name,
    scenarios: [SCENARIO],
    overrides: { refresh: 'false', ...overrides },
    ...(tableOverrides && { tableOverrides }),
  });
  return startContestant({
    program: stand.programs(program),
    arguments: [stand.functionPath],
    environment: environmentOf(stand.aws, name, text),
  });
};

type Variants = {
  /** The function, writing to the recorder. */
  readonly recorded: Contestant;
  readonly contestants: readonly (readonly [Variant, Contestant])[];
};

const runRound = async (
  { openSearchUrl: url, recorder }: Stand,
  { recorded, contestants }: Variants,
  events: Events,
): Promise<ReadonlyMap<string, Measurement>> => {
  const texts = times(BATCHES, () => events.next());
  await recorded.run({ target: { url: '', index: '', query: '' }, events: texts, bodies: [] });
  const requests = recorder.take();
  const bodies = batchesOf(requests, SCENARIO.records);
  const measured = new Map<string, Measurement>();
  for (const [{ name, prepare = unchanged }, { run }] of contestants) {
    const index = indexOf(name, SCENARIO.name);
    const target = { url, index, query: requests[0]?.query ?? '' };
    const prepared = bodies.map((batch) => batch.map(prepare));
    measured.set(name, await run({ target, events: texts, bodies: prepared }));
    const documents = await countDocuments(url, index);
    if (documents !== events.documents())
      throw new Error(`${index} holds ${documents} documents instead of ${events.documents()}`);
  }
  return measured;
};

const unchanged = (body: Uint8Array): Uint8Array => body;
