import {
  at,
  elementsOf,
  type Fields,
  membersOf,
  numberOf,
  textOf,
} from '../../../function/src/core/json-value.ts';
import type { Order } from '../../../function/src/operator/remote/order.ts';
import type { TalliedCause } from '../../../function/src/operator/replay/cause-tally.ts';
import { newReplayCounts } from '../../../function/src/operator/replay/replay.ts';
import type { ExitCode } from '../operator-command.ts';
import {
  endingLines,
  exitCodeOf,
  progressLines,
  type Replayed,
  summaryOf,
} from '../replay/report.ts';
import { causeIn } from './cause-in.ts';
import { foundLines } from './found-lines.ts';
import { remoteSpeedMeter } from './progress-lines.ts';
import type { Given, RemoteCommand, Telling } from './remote-command.ts';
import type { Report } from './report.ts';
import { countsLike, sumOf } from './totals.ts';

/** `replay`, inside AWS. */
export const remoteReplay: RemoteCommand = {
  name: 'replay',
  tablesIn: ({ options: { table } }) => elementsOf(table).map(String),
  typed: (tables) => (tables.length > 0 ? `--table ${tables.join(',')}` : ''),
  isForAll: true,
  orderIn: (given) => orderIn(given),
  progress: () => {
    const speed = remoteSpeedMeter();
    return (course) => {
      const counts = countsLike(newReplayCounts(), course.counts);
      const perSecond = speed(counts.settled + counts.refused);
      return progressLines(counts, { perSecond, standstillMilliseconds: 0 });
    };
  },
  tell: (report, telling) => tell(report, telling),
  unfinished: { is_finished: false },
};

const orderIn = ({ options: { since, dryRun } }: Given): Order => ({
  command: 'replay',
  ...(since instanceof Date && { since: since.toISOString() }),
  ...(dryRun === true && { dry_run: true }),
});

const tell = async (report: Report, { output, location }: Telling): Promise<ExitCode> => {
  const replayed = replayedIn(report, location.bucket);
  if (output.isJson)
    for await (const line of foundLines(location, { phases: ['letters'], table: '*' }))
      output.json(line);
  for (const line of endingLines(replayed, output)) output.line(line);
  output.json(summaryOf(replayed));
  return exitCodeOf(replayed);
};

const replayedIn = ({ order, tables, fields }: Report, bucket: string): Replayed => {
  const causes = elementsOf(fields['causes']).map(talliedIn);
  const others = numberOf(fields['other_causes']) ?? 0;
  return {
    isDryRun: at(order, 'dry_run') === true,
    isFinished: true,
    bucket,
    counts: countsLike(newReplayCounts(), sumOf(tables.map(({ counts }) => counts))),
    tally: { causes: () => causes, others: () => others },
    foreign: new Map(membersOf(fields['foreign']).map(([of, count]) => [of, Number(count)])),
    stuck: stuckIn(fields),
  };
};

const talliedIn = (value: unknown): TalliedCause => ({
  ...(causeIn(value) ?? { place: '', what: '', cure: '' }),
  count: numberOf(at(value, 'count')) ?? 0,
  objects: elementsOf(at(value, 'objects')).map(String),
});

const stuckIn = (fields: Fields): Replayed['stuck'] =>
  new Map(
    elementsOf(fields['stuck']).map((stuck) => {
      const [name = '', type = ''] = ['table', 'error'].map((each) => textOf(at(stuck, each)));
      const status = numberOf(at(stuck, 'status'));
      return [{ name }, status === undefined ? undefined : { status, type, reason: '' }];
    }),
  );
