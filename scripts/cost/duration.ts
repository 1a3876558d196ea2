import { leastSquares } from './least-squares.ts';
import { MEASURED_BATCHES, type MeasuredBatch } from './measured.ts';

/** A batch, and the function that it comes to. */
export interface TimedBatch {
  readonly records: number;
  readonly itemKilobytes: number;
  readonly memoryMegabytes: number;
}

/** What a batch takes, in milliseconds: of a whole core, and of waiting for OpenSearch. */
export interface BatchTime {
  readonly cpu: number;
  readonly wait: number;
}

// "At 1,769 MB, a function has the equivalent of one vCPU." https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
const MEGABYTES_OF_A_CORE = 1769;
// To a domain in the same region and back; on the loopback interface of the measurement there was none.
const NETWORK_MILLISECONDS = 2;

/** How long Lambda bills an invocation, in milliseconds: a function has less than a core, so what it computes takes longer. */
export const billedMilliseconds = (batch: TimedBatch): number => {
  const { cpu, wait } = timeOf(batch);
  const slowdown = Math.max(1, MEGABYTES_OF_A_CORE / batch.memoryMegabytes);
  return Math.ceil(cpu * slowdown + wait + NETWORK_MILLISECONDS);
};

/** What a batch takes on the machine of the measurement, by a plane through what was measured. */
export const timeOf = ({
  records,
  itemKilobytes,
}: Omit<TimedBatch, 'memoryMegabytes'>): BatchTime => ({
  cpu: CPU(records, itemKilobytes),
  wait: WAIT(records, itemKilobytes),
});

/** What was measured, for a batch. */
export const measuredTime = (batch: MeasuredBatch): BatchTime => {
  const cpu = (batch.cpuMilliseconds * batch.records) / 1000;
  return { cpu, wait: (batch.records / batch.recordsPerSecond) * 1000 - cpu };
};

/** Milliseconds of a batch: some of its own, some for each record, some for each kilobyte. */
type Plane = (records: number, itemKilobytes: number) => number;

/** The plane that comes closest to what was measured, each batch weighed by the inverse of its time. */
const planeThrough = (of: (time: BatchTime) => number): Plane => {
  const rows = MEASURED_BATCHES.map((batch) => {
    const value = of(measuredTime(batch));
    const { records, itemKilobytes } = batch;
    return [1 / value, records / value, (records * itemKilobytes) / value];
  });
  const [own = 0, ofRecord = 0, ofKilobyte = 0] = leastSquares(rows);
  return (records, itemKilobytes) =>
    own + ofRecord * records + ofKilobyte * records * itemKilobytes;
};

const CPU = planeThrough(({ cpu }) => cpu);
const WAIT = planeThrough(({ wait }) => wait);
