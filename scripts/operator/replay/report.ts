import type { Refusal } from '../../../function/src/core/judge.ts';
import type { Table } from '../../../function/src/core/table.ts';
import type {
  CauseTally,
  TalliedCause,
} from '../../../function/src/operator/replay/cause-tally.ts';
import type { ReplayCounts } from '../../../function/src/operator/replay/replay.ts';
import { type Canvas, WIDEST_COLUMNS } from '../../terminal/canvas.ts';
import { counted, grouped } from '../../terminal/figures.ts';
import { wrapped } from '../../terminal/text.ts';
import type { ExitCode } from '../operator-command.ts';

/** What a replay has come to, so far. */
export type Replayed = {
  readonly isDryRun: boolean;
  /** Whether it came to its end: it was not interrupted, and S3 did not fail. */
  readonly isFinished: boolean;
  readonly bucket: string;
  readonly counts: ReplayCounts;
  readonly tally: Pick<CauseTally, 'causes' | 'others'>;
  /** How many of Lambda's objects are of what, where that is not ours. */
  readonly foreign: ReadonlyMap<string, number>;
  /** Tables that nothing could be done for. */
  readonly stuck: ReadonlyMap<Pick<Table, 'name'>, Refusal | undefined>;
};

/** 0: no letter is left. 1: some are, explained. 2: for some nothing could be done. */
export const exitCodeOf = ({ isDryRun, counts, stuck }: Replayed): ExitCode => {
  if (stuck.size > 0 || counts.unsettled > 0) return 2;
  const left = isDryRun ? counts.records : counts.refused + counts.strays;
  return left > 0 ? 1 : 0;
};

/** The last line for machines. */
export const summaryOf = ({ isDryRun, isFinished, counts, tally, stuck }: Replayed): object => {
  const { unreadObjects, foreignObjects, removedObjects, ...oneWordCounts } = counts;
  return {
    type: 'summary',
    is_dry_run: isDryRun,
    is_finished: isFinished,
    ...oneWordCounts,
    unread_objects: unreadObjects,
    foreign_objects: foreignObjects,
    removed_objects: removedObjects,
    causes: tally.causes(),
    other_causes: tally.others(),
    stuck: [...stuck].map(([{ name: table }, refusal]) => ({
      table,
      status: refusal?.status,
      error: refusal?.type,
    })),
  };
};

/** What is said in the end: what was done, what is left and why, what to do. */
export const endingLines = (replayed: Replayed, canvas: Canvas): readonly string[] => {
  if (!replayed.isFinished && replayed.counts.records === 0) return [];
  const columns = Math.min(canvas.columns, WIDEST_COLUMNS);
  return [
    ...wrapped(resultText(replayed), columns),
    ...causeLines(replayed, { ...canvas, columns }),
    ...stuckTexts(replayed).flatMap((text) => ['', ...wrapped(text, columns)]),
    ...foreignTexts(replayed).flatMap((text) => ['', ...wrapped(text, columns)]),
  ];
};

const resultText = ({ isDryRun, isFinished, bucket, counts }: Replayed): string => {
  const { records, objects, settled, refused, strays, unsettled, removedObjects } = counts;
  if (records === 0) return `No letter waits in s3://${bucket}.`;
  const waiting = `${counted(records, 'record')} in ${counted(objects, 'object')} of s3://${bucket}`;
  if (isDryRun) return `${waiting} ${records === 1 ? 'waits' : 'wait'}; nothing was settled.`;
  const outcomes = [
    `${grouped(settled)} settled`,
    ...(refused > 0 ? [`${grouped(refused)} still refused`] : []),
    ...(strays > 0 ? [`${grouped(strays)} that cannot be replayed`] : []),
    ...(unsettled > 0 ? [`${grouped(unsettled)} not settled`] : []),
  ];
  const removed = `${counted(removedObjects, 'object')} removed, ${grouped(objects - removedObjects)} left`;
  const end = isFinished ? '' : ' It did not come to its end: a further replay goes on.';
  return `${waiting}: ${outcomes.join(', ')}; ${removed}.${end}`;
};

const mostCauses = 20;

const causeLines = ({ tally }: Replayed, canvas: Canvas): readonly string[] => {
  const causes = tally.causes();
  const others = causes.slice(mostCauses).reduce((sum, { count }) => sum + count, tally.others());
  if (causes.length === 0) return [];
  return [
    '',
    canvas.style.strong('What is left, and why'),
    ...causes.slice(0, mostCauses).flatMap((cause) => linesOf(cause, canvas)),
    ...(others > 0 ? [`  and ${counted(others, 'record')} for other causes: see --json`] : []),
  ];
};

const linesOf = (cause: TalliedCause, { columns, style }: Canvas): readonly string[] => {
  const { place, count, what, cure, objects } = cause;
  return [
    ...wrapped(`${place}: ${grouped(count)} × ${what}`, columns, '  '),
    ...wrapped(cure, columns, '      '),
    ...objects.map((object) => `      ${style.quiet(object)}`),
  ];
};

const stuckTexts = ({ stuck, counts }: Replayed): readonly string[] => [
  ...[...stuck].map(
    ([{ name }, refusal]) =>
      `Nothing could be done for ${name} for too long: ${refusalText(refusal)}. Its letters stay; doctor says what is wrong, and a further replay goes on.`,
  ),
  ...(counts.unreadObjects > 0
    ? [`${counted(counts.unreadObjects, 'object')} with such letters stayed unread.`]
    : []),
];

// Of OpenSearch's reason nobody knows what it quotes.
const refusalText = (refusal: Refusal | undefined): string => {
  if (refusal === undefined) return 'DynamoDB did not return its items, and said why above';
  const { status, type } = refusal;
  return status === 0
    ? `OpenSearch did not answer (${type})`
    : `OpenSearch answered ${status}, ${type}`;
};

const foreignTexts = ({ foreign }: Replayed): readonly string[] =>
  [...foreign].map(
    ([of, count]) => `${counted(count, 'object')} under aws/lambda/ left alone: of ${of}.`,
  );

/** How many records have been done a second in the last while, and for how long none. */
export type Pace = { readonly perSecond: number; readonly standstillMilliseconds: number };

/** How far it is, on one line; on another that it stands still, once that is worth a word. */
export const progressLines = (
  counts: ReplayCounts,
  { perSecond, standstillMilliseconds }: Pace,
): readonly string[] => {
  const { records, objects, settled, refused, strays } = counts;
  const line = `${counted(records, 'record')} in ${counted(objects, 'object')}: ${grouped(settled)} settled, ${grouped(refused + strays)} left, ${grouped(perSecond)}/s`;
  const seconds = Math.floor(standstillMilliseconds / 1000);
  if (seconds < longestSilenceSeconds) return [line];
  return [line, `Nothing was settled for ${seconds} s: OpenSearch or DynamoDB keep it waiting`];
};

const longestSilenceSeconds = 5;
