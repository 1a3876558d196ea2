import { grouped } from '../../terminal/figures.ts';
import { percentile } from '../percentile.ts';
import type { Passage } from '../stack/passages.ts';
import { medianOf } from '../statistics.ts';
import { atMost, targetLine } from '../target.ts';
import type { Cell, FreshnessResult } from './contest.ts';
import { POLICIES, type Policy } from './pace.ts';

const QUIET_P99_MILLISECONDS = 500;
const LABEL_WIDTH = 26;
const CELL_WIDTH = 15;

/** What freshness came to, as text of at most 135 columns. */
export const freshnessReport = (result: FreshnessResult): string => {
  const paces = [...new Set(result.cells.map(({ pace }) => pace))];
  const at = (policy: Policy) => result.cells.filter((cell) => cell.policy === policy);
  return [
    'freshness: from the call of PutItem to the first search that finds it, ms, median / 99th percentile',
    line('', [...paces.map(({ title }) => title), 'floor']),
    ...POLICIES.map((policy) =>
      line(`refresh ${policy}`, [
        ...at(policy).map(freshnessText),
        spread((result.floor.get(policy) ?? []).map(({ found }) => found)),
      ]),
    ),
    'where the time goes under auto, medians:',
    ...PHASES.map(([name, from, to]) =>
      line(
        `  ${name}`,
        at('auto').map(({ passages }) => phaseText(passages, from, to)),
      ),
    ),
    line(
      '  changes followed',
      at('auto').map(({ passages }) => grouped(passages.length)),
    ),
    line(
      '  records an invocation',
      at('auto').map(({ records, invocations }) => (records / invocations).toFixed(1)),
    ),
    ...quietTarget(at('auto')),
    '* a stream in memory instead of DynamoDB Local; quiet: a change every 2 s, 1.5 s apart at least;',
    '  floor: one ready-made document after the other in a _bulk request; auto is true there',
    '',
  ].join('\n');
};

const PHASES = [
  ['PutItem is answered', 'put', 'acknowledged'],
  ['the stream is polled', 'acknowledged', 'delivered'],
  ['function and OpenSearch', 'delivered', 'settled'],
  ['a search finds it', 'settled', 'found'],
] as const satisfies readonly (readonly [string, keyof Passage, keyof Passage])[];

const quietTarget = ([quiet]: readonly Cell[]): readonly string[] =>
  quiet === undefined
    ? []
    : [
        targetLine(
          atMost(
            'quiet table, auto, p99, ms',
            percentile(freshnessOf(quiet), 99),
            QUIET_P99_MILLISECONDS,
          ),
        ),
      ];

/** How long each change took, in milliseconds; those that were never found took forever. */
export const freshnessOf = ({ passages }: Cell): readonly number[] =>
  passages.map(({ put, found = Number.POSITIVE_INFINITY }) => found - put);

const freshnessText = (cell: Cell): string => spread(freshnessOf(cell));

const spread = (values: readonly number[]): string =>
  `${whole(percentile(values, 50))} / ${whole(percentile(values, 99))}`;

const whole = (milliseconds: number): string =>
  Number.isFinite(milliseconds) ? grouped(Math.round(milliseconds)) : 'never';

const phaseText = (passages: readonly Passage[], from: keyof Passage, to: keyof Passage): string =>
  whole(
    medianOf(
      passages
        .map((passage) => (passage[to] ?? Number.NaN) - (passage[from] ?? Number.NaN))
        .filter(Number.isFinite),
    ),
  );

const line = (label: string, cells: readonly string[]): string =>
  label.padEnd(LABEL_WIDTH) + cells.map((cell) => cell.padStart(CELL_WIDTH)).join('');
