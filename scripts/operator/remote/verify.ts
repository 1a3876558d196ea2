import { at, numberOf } from '../../../function/src/core/json-value.ts';
import type { Order } from '../../../function/src/operator/remote/order.ts';
import { isMended } from '../../../function/src/operator/verify/verdict.ts';
import {
  newCounts,
  type VerificationCounts,
} from '../../../function/src/operator/verify/verification.ts';
import type { ExitCode } from '../operator-command.ts';
import { progressLines } from '../verify/progress-lines.ts';
import { summaryRecord, tableRecord } from '../verify/records.ts';
import { type Outcome, verdictLines } from '../verify/verdict-lines.ts';
import type { Course } from './course.ts';
import { tellDifferences } from './found-differences.ts';
import { itemsIn, titleOf } from './plan.ts';
import { remoteSpeedMeter } from './progress-lines.ts';
import type { Given, RemoteCommand, Telling } from './remote-command.ts';
import type { Report, TableReport } from './report.ts';
import { countsLike } from './totals.ts';

/** `verify`, inside AWS. */
export const remoteVerify: RemoteCommand = {
  name: 'verify',
  tablesIn: (given) => given.arguments,
  typed: (tables) => tables.join(' '),
  isForAll: false,
  orderIn: (given) => orderIn(given),
  progress: () => {
    const speed = remoteSpeedMeter();
    return (course) => {
      const counts = { ...countsLike(newCounts(), course.counts), phase: phaseOf(course) };
      const itemsPerSecond = speed(counts.items);
      const expectedItems = itemsIn(course.plan);
      return progressLines({ table: titleOf(course.plan), counts, expectedItems, itemsPerSecond });
    };
  },
  tell: (report, telling) => tell(report, telling),
  unfinished: { verdict: 'unknown' },
};

const orderIn = ({ options }: Given): Order => {
  const [segments, sample, delay] = ['segments', 'sample', 'delay'].map((name) =>
    numberOf(options[name]),
  );
  return {
    command: 'verify',
    ...(segments !== undefined && { segments }),
    ...(options['repair'] === true && { repair: true }),
    ...(sample !== undefined && { sample }),
    ...(delay !== undefined && { delay_seconds: delay }),
  };
};

const phaseOf = ({ phase }: Course): VerificationCounts['phase'] => {
  if (phase === 'items') return 'items';
  return phase === 'documents' ? 'documents' : 'suspects';
};

const tell = async (report: Report, telling: Telling): Promise<ExitCode> => {
  const { output, options, parameter, location } = telling;
  const isVerbose = options['verbose'] === true;
  const wishes = orderedWishes(report);
  const verified: VerificationCounts[] = [];
  for (const each of report.tables) {
    const { table, index } = each;
    const counts = countsOf(each);
    verified.push(counts);
    const unshown = await tellDifferences(
      { table, index, counts },
      { output, location, isVerbose },
    );
    const outcome = { table, counts, wishes, parameter, isRemote: true, unshown };
    for (const line of verdictLines(outcome, output)) output.line(line);
    output.json(tableRecord({ name: table, index }, counts));
  }
  const areMended = verified.every(isMended);
  output.json(summaryRecord(verified, areMended ? 'equal' : 'different'));
  return areMended ? 0 : 1;
};

/** A run that is looked at again was ordered by other options than those typed now. */
const orderedWishes = ({ order }: Report): Outcome['wishes'] => ({
  isRepairing: at(order, 'repair') === true,
  samplePercent: numberOf(at(order, 'sample')),
});

const countsOf = ({ counts, ignored }: TableReport): VerificationCounts => ({
  ...countsLike(newCounts(), counts),
  ignored: new Map(Object.entries(ignored)),
});
