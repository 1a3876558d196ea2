import type { Setting } from './setting.ts';
import type { RecordedChange, TableStream } from './table-stream.ts';

/** Appends the record of a change to its table's stream, dated by the world's clock. */
export const recordChange = (
  change: Omit<RecordedChange, 'createdEpochSeconds'>,
  stream: TableStream,
  { clock, timeline, tally }: Setting,
): void => {
  const createdEpochSeconds = clock.nowEpochSeconds();
  const before = stream.records.findLast(({ id }) => id === change.id)?.record.createdEpochSeconds;
  const { sequenceNumber } = stream.append({ ...change, createdEpochSeconds });
  if (before === createdEpochSeconds) tally.count('step', 'change in the second of the one before');
  if (before !== undefined && before > createdEpochSeconds)
    tally.count('step', 'change dated before the one before');
  tally.count('work', 'records');
  const version = change.after?.['version']?.N ?? 'nothing';
  timeline.note(
    'table',
    `${sequenceNumber} at ${createdEpochSeconds}: ${change.id.slice(0, 20)} is ${version}`,
  );
};
