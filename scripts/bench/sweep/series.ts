import { type ItemSize, KILOBYTES } from '../item.ts';
import { type Scenario, scenarioOf } from '../scenario.ts';

/** Scenarios that differ in one thing only. */
export interface Series {
  /** What they differ in, with its unit. */
  readonly varied: string;
  /** What they have in common. */
  readonly fixed: string;
  readonly points: readonly Point[];
}

/** One scenario, and where on the scale of its series it stands. */
export interface Point {
  readonly value: number;
  readonly label: string;
  readonly scenario: Scenario;
}

const BATCH_SIZES = [10, 30, 100, 300, 1000] as const;
const ITEM_SIZES = ['small', 'medium', 'large', 'huge'] as const;
const SHARES_OF_DELETES = [0, 0.2, 0.5] as const;
const USUAL_BATCH = 100;

const byBatchSize = (size: ItemSize, batchSizes: readonly number[]): Series => ({
  varied: 'records a batch',
  fixed: `${KILOBYTES[size]} KB, a fifth deletes`,
  points: batchSizes.map((records) => ({
    value: records,
    label: String(records),
    scenario: scenarioOf(records, size),
  })),
});

const byItemSize = (sizes: readonly ItemSize[]): Series => ({
  varied: 'KB an item',
  fixed: `${USUAL_BATCH} records, a fifth deletes`,
  points: sizes.map((size) => ({
    value: KILOBYTES[size],
    label: String(KILOBYTES[size]),
    scenario: scenarioOf(USUAL_BATCH, size),
  })),
});

const byDeletes = (shares: readonly number[]): Series => ({
  varied: 'share of deletes',
  fixed: `${USUAL_BATCH} records, ${KILOBYTES.small} KB`,
  points: shares.map((share) => ({
    value: share,
    label: String(share),
    scenario: scenarioOf(USUAL_BATCH, 'small', share),
  })),
});

/** All series; for a smoke test the ends of two of them. */
export const seriesOf = (isQuick: boolean): readonly Series[] =>
  isQuick
    ? [byBatchSize('small', [100, 1000]), byDeletes([0, 0.5])]
    : [
        byBatchSize('small', BATCH_SIZES),
        byBatchSize('large', BATCH_SIZES),
        byItemSize(ITEM_SIZES),
        byDeletes(SHARES_OF_DELETES),
      ];

/** The scenarios of some series, each once although several series may have it. */
export const scenariosIn = (series: readonly Series[]): readonly Scenario[] => {
  const scenarios = series.flatMap(({ points }) => points.map(({ scenario }) => scenario));
  return [...new Map(scenarios.map((scenario) => [scenario.name, scenario])).values()];
};
