import { numberOf } from '../../../function/src/core/json-value.ts';
import { newCounts } from '../../../function/src/operator/backfill/counts.ts';
import type { Order } from '../../../function/src/operator/remote/order.ts';
import { endingLines, endingRecord, summaryRecord } from '../backfill/ending.ts';
import { progressLines } from '../backfill/progress-lines.ts';
import type { ExitCode } from '../operator-command.ts';
import { refuseLocalOptions } from './options.ts';
import { itemsIn, titleOf } from './plan.ts';
import { remoteSpeedMeter } from './progress-lines.ts';
import type { Given, RemoteCommand, Telling } from './remote-command.ts';
import type { Report } from './report.ts';
import { countsLike } from './totals.ts';

/** `backfill`, inside AWS. */
export const remoteBackfill: RemoteCommand = {
  name: 'backfill',
  tablesIn: (given) => given.arguments,
  typed: (tables) => tables.join(' '),
  isForAll: false,
  orderIn: (given) => orderIn(given),
  progress: () => {
    const speed = remoteSpeedMeter();
    return (course, canvas) => {
      const counts = countsLike(newCounts(), course.counts);
      const itemsPerSecond = speed(counts.read);
      const aboutItems = itemsIn(course.plan) ?? 0;
      const table = titleOf(course.plan);
      return progressLines({ table, aboutItems, counts, itemsPerSecond }, canvas);
    };
  },
  tell: (report, telling) => tell(report, telling),
  unfinished: {},
};

const orderIn = (given: Given): Order => {
  refuseLocalOptions(given, {
    state: 'how far a run is lies in its bucket',
    restart: 'without --resume a new run begins',
  });
  const [segments, rate] = [given.options['segments'], given.options['rate']].map(numberOf);
  return {
    command: 'backfill',
    ...(segments !== undefined && { segments }),
    ...(rate !== undefined && { rate }),
  };
};

// The one into which the module has the function write.
const REJECTED_PREFIX = 'rejected/';

const tell = async (
  { tables, milliseconds }: Report,
  { output, parameter, location: { bucket } }: Telling,
): Promise<ExitCode> => {
  const endings = tables.map(({ table: name, index, counts }) => ({
    table: { name, index },
    counts: countsLike(newCounts(), counts),
    milliseconds,
    isDone: true,
    deadLetter: { bucket, prefix: REJECTED_PREFIX },
    parameter,
    isRemote: true,
  }));
  for (const ending of endings) {
    for (const line of endingLines(ending, output)) output.line(line);
    output.json(endingRecord(ending));
  }
  const backfills = endings.map(({ counts }) => counts);
  output.json(summaryRecord(backfills, 0));
  return backfills.some(({ rejected }) => rejected > 0) ? 1 : 0;
};
