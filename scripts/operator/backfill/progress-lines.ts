import type { BackfillCounts } from '../../../function/src/operator/backfill/counts.ts';
import type { Canvas } from '../../terminal/canvas.ts';
import { grouped, spoken } from '../../terminal/figures.ts';

/** A backfill at one moment. */
export type Moment = {
  readonly table: string;
  /** As DynamoDB counted it last, up to six hours ago. */
  readonly aboutItems: number;
  readonly counts: BackfillCounts;
  /** In the last while. */
  readonly itemsPerSecond: number;
  /** How many segments may be worked on at once, now and at most; absent where nobody here says. */
  readonly width?: number;
  readonly workers?: number;
  /** What keeps it from going on. */
  readonly hindrance?: string | undefined;
};

/** How far a backfill is, for people: the first line alone says the most. */
export const progressLines = (moment: Moment, { style, columns }: Canvas): readonly string[] => {
  const { table, counts, hindrance } = moment;
  const share = shareOf(moment, columns >= BAR_FROM_COLUMNS);
  const done = [share, `${grouped(counts.read)} items`, ...speedOf(moment)];
  const waiting =
    hindrance === undefined ? [] : [`${table}  ${style.doubtful(`waiting: ${hindrance}`)}`];
  return [
    ...waiting,
    `${style.strong(table)}  ${done.join('  ')}`,
    `  ${outcomesOf(counts).join('  ')}`,
    ...slownessOf(moment).map((text) => `  ${style.doubtful(text)}`),
  ];
};

const BAR_COLUMNS = 20;
const BAR_FROM_COLUMNS = 80; // a narrower terminal has room for figures only

const shareOf = ({ aboutItems, counts }: Moment, hasBar: boolean): string => {
  if (aboutItems === 0) return 'under way';
  const share = Math.min(0.99, counts.read / aboutItems);
  const full = Math.floor(share * BAR_COLUMNS);
  const percent = `${Math.floor(share * 100)} %`.padStart(4);
  return hasBar ? `${percent} ${'█'.repeat(full)}${'░'.repeat(BAR_COLUMNS - full)}` : percent;
};

const speedOf = ({ aboutItems, counts, itemsPerSecond }: Moment): readonly string[] => {
  if (itemsPerSecond === 0) return [];
  const left = aboutItems - counts.read;
  const speed = `${grouped(itemsPerSecond)}/s`;
  return left > 0 ? [speed, `about ${spoken((left / itemsPerSecond) * 1000)} left`] : [speed];
};

const outcomesOf = (counts: BackfillCounts): readonly string[] => [
  `written ${grouped(counts.written)}`,
  `superseded ${grouped(counts.superseded)}`,
  ...(counts.skipped > 0 ? [`skipped ${grouped(counts.skipped)}`] : []),
  `rejected ${grouped(counts.rejected)}`,
];

const slownessOf = ({ counts, width, workers }: Moment): readonly string[] =>
  counts.throttled === 0
    ? []
    : [
        `throttled ${grouped(counts.throttled)} times${width === undefined ? '' : `, ${width} of ${workers} segments at once now`}`,
      ];
