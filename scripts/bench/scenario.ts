import { grouped } from '../terminal/figures.ts';
import type { ItemSize } from './item.ts';

/** One kind of batch that is measured. */
export interface Scenario {
  /** Part of index names. */
  readonly name: string;
  /** The DynamoDB table that its records say they come from. */
  readonly table: string;
  readonly records: number;
  readonly size: ItemSize;
}

const scenario = (records: number, size: ItemSize): Scenario => ({
  name: `${records}-${size}`,
  table: `Orders-${records}-${size}`,
  records,
  size,
});

/** Batches of 100 and of 1,000 records, of small and of large items. */
export const scenarios: readonly [Scenario, ...Scenario[]] = [
  scenario(100, 'small'),
  scenario(1000, 'small'),
  scenario(100, 'large'),
  scenario(1000, 'large'),
];

/** How a scenario is called for people. */
export const titleOf = ({ records, size }: Scenario): string =>
  `batches of ${grouped(records)} records of ${size === 'small' ? '0.4' : '2.5'} KB`;
