import { grouped } from '../terminal/figures.ts';
import { type ItemSize, KILOBYTES } from './item.ts';

/** One kind of batch that is measured. */
export interface Scenario {
  /** Part of index names. */
  readonly name: string;
  /** The DynamoDB table that its records say they come from. */
  readonly table: string;
  readonly records: number;
  readonly size: ItemSize;
  readonly shareOfDeletes: number;
}

const SHARE_OF_DELETES = 0.2;

/** A scenario, in which a fifth of the records are deletes unless told otherwise. */
export const scenarioOf = (
  records: number,
  size: ItemSize,
  shareOfDeletes = SHARE_OF_DELETES,
): Scenario => {
  const deletes = shareOfDeletes === SHARE_OF_DELETES ? '' : `-${shareOfDeletes * 100}-deletes`;
  const name = `${records}-${size}${deletes}`;
  return { name, table: `Orders-${name}`, records, size, shareOfDeletes };
};

/** Batches of 100 and of 1,000 records, of small and of large items. */
export const scenarios: readonly [Scenario, ...Scenario[]] = [
  scenarioOf(100, 'small'),
  scenarioOf(1000, 'small'),
  scenarioOf(100, 'large'),
  scenarioOf(1000, 'large'),
];

/** How a scenario is called for people. */
export const titleOf = ({ records, size }: Pick<Scenario, 'records' | 'size'>): string =>
  `batches of ${grouped(records)} records of ${KILOBYTES[size]} KB`;
