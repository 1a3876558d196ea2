import type { Cause } from '../../../function/src/operator/replay/cause.ts';
import {
  differenceJson,
  TIME_IS_UP,
  type ToldDifference,
  type ToldUnrepaired,
  unrepairedJson,
} from '../../../function/src/operator/verify/difference-json.ts';
import { deletionOf } from '../../../function/src/operator/verify/verification.ts';
import { printable } from '../../terminal/printable.ts';
import { shortened } from '../../terminal/style.ts';
import type { Output } from '../operator-command.ts';

/** Of each kind, for people who have not asked for all. */
export const MOST_SHOWN = 20;

/** Tells of differences as they are found: people of the first of each kind, machines of all. */
export type DifferenceLines = {
  readonly difference: (difference: ToldDifference) => void;
  readonly unrepaired: (unrepaired: ToldUnrepaired) => void;
  /** How many were left out. */
  readonly unshown: () => number;
};

/** The lines about one table. */
export const differenceLines = (output: Output, isVerbose: boolean): DifferenceLines => {
  const shown = new Map<string, number>(); // by kind
  let unshown = 0;
  const show = (kind: string, text: string) => {
    const before = shown.get(kind) ?? 0;
    shown.set(kind, before + 1);
    if (isVerbose || before < MOST_SHOWN) {
      const line = `  ${kind.padEnd(WIDEST_KIND)}  ${printable(text)}`;
      output.line(isVerbose ? line : shortened(line, output.columns));
    } else unshown++;
  };
  return {
    difference: (difference) => {
      output.json(differenceJson(difference));
      const field = isVerbose ? fieldText(difference) : '';
      show(difference.kind, difference.id + routingText(difference) + field);
    },
    unrepaired: (unrepaired) => {
      const { difference, refusal = TIME_IS_UP, cause } = unrepaired;
      output.json(unrepairedJson(unrepaired));
      show('unrepaired', `${difference.id}: ${cause ? causeText(cause) : reasonText(refusal)}`);
    },
    unshown: () => unshown,
  };
};

const WIDEST_KIND = 'unwritable'.length;

const reasonText = ({
  type,
  reason,
}: {
  readonly type: string;
  readonly reason: string;
}): string => (reason === '' ? type : `${type}, ${reason}`);

// In the words of replay, which will say the same of the letter.
const causeText = ({ place, what, cure }: Cause): string => `${place}: ${what}. ${cure}`;

const routingText = (difference: ToldDifference): string =>
  difference.routing === undefined ? '' : `, out of reach: ${deletionOf(difference)}`;

const fieldText = ({ field }: ToldDifference): string =>
  field === undefined
    ? ''
    : `  ${field.path}: table ${valueText(field.table)}, index ${valueText(field.index)}`;

const LONGEST_VALUE = 60;

const valueText = (value: string | undefined): string =>
  value === undefined ? 'has none' : shortened(value, LONGEST_VALUE);
