import { CONTESTANTS, type ContestantName } from './contest.ts';
import type { Sample } from './round.ts';
import type { Scenario } from './scenario.ts';
import { medianOf, pairedRatios, type Spread, spreadOf } from './statistics.ts';

/** What a scenario came to. */
export interface Result {
  readonly scenario: Scenario;
  /** Batches of a round; their number was chosen for the machine. */
  readonly batches: number;
  readonly functionRequestsPerBatch: number;
  /** Of the two floors the faster one, to which all are compared. */
  readonly floor: ContestantName;
  readonly rows: readonly Row[];
  /** SHA-256 of a round's bodies, for the signature; milliseconds of CPU for 1,000 records. */
  readonly hash: Spread;
}

/** What a contestant came to. Ratios are taken within a round; CPU is in milliseconds for 1,000 records. */
export interface Row {
  readonly contestant: ContestantName;
  readonly recordsPerSecond: Spread;
  readonly speedToFloor: Spread;
  readonly speedToSimple: Spread;
  readonly cpu: Spread;
  readonly cpuToFloor: Spread;
  readonly cpuToSimple: Spread;
  /** Undefined for those who are given bodies; likewise below. */
  readonly parse: Spread | undefined;
  /** CPU without the parse of the event, each contestant's own taken off. */
  readonly ownToSimple: Spread | undefined;
}

/** Sums up the samples of one scenario. */
export const resultOf = (scenario: Scenario, all: readonly Sample[]): Result => {
  const samples = all.filter((sample) => sample.scenario === scenario);
  const of = (name: ContestantName): readonly Sample[] =>
    samples.filter(({ contestant }) => contestant === name);
  const speed = (name: ContestantName): number => medianOf(of(name).map(recordsPerSecond));
  // Where the function sends one request a batch there is one form of the floor only.
  const floor = speed('floor-whole') > speed('floor') ? 'floor-whole' : 'floor';
  const batches = medianOf(samples.map((sample) => sample.batches));
  const requests = medianOf(samples.map(({ functionRequests }) => functionRequests));
  return {
    scenario,
    batches,
    functionRequestsPerBatch: requests / batches,
    floor,
    rows: CONTESTANTS.filter((name) => of(name).length > 0).map((name) =>
      rowOf(name, of(name), { floor: of(floor), simple: of('simple') }),
    ),
    hash: spreadOf(of('floor').map((sample) => cpuOf(sample, 'hash'))),
  };
};

/** Who a contestant is compared to, round by round. */
type References = { readonly floor: readonly Sample[]; readonly simple: readonly Sample[] };

const rowOf = (
  contestant: ContestantName,
  samples: readonly Sample[],
  { floor, simple }: References,
): Row => {
  const ratios = (figure: (sample: Sample) => number, to: readonly Sample[]): Spread =>
    spreadOf(pairedRatios(samples.map(figure), to.map(figure)));
  const parsesItself = samples.every(({ measurement }) => measurement.parse !== undefined);
  return {
    contestant,
    recordsPerSecond: spreadOf(samples.map(recordsPerSecond)),
    speedToFloor: ratios(recordsPerSecond, floor),
    speedToSimple: ratios(recordsPerSecond, simple),
    cpu: spreadOf(samples.map((sample) => cpuOf(sample, 'work'))),
    cpuToFloor: ratios((sample) => cpuOf(sample, 'work'), floor),
    cpuToSimple: ratios((sample) => cpuOf(sample, 'work'), simple),
    parse: parsesItself ? spreadOf(samples.map((sample) => cpuOf(sample, 'parse'))) : undefined,
    ownToSimple: parsesItself ? ratios(ownCpu, simple) : undefined,
  };
};

const recordsPerSecond = ({ records, measurement }: Sample): number =>
  records / (measurement.work.milliseconds / 1000);

/** For 1,000 records. */
const cpuOf = ({ records, measurement }: Sample, part: keyof Sample['measurement']): number =>
  (measurement[part]?.cpuMilliseconds ?? 0) / (records / 1000);

const ownCpu = (sample: Sample): number => cpuOf(sample, 'work') - cpuOf(sample, 'parse');
