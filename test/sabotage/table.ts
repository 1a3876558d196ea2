import type { Sabotage } from './sabotage.ts';
import { accounts } from './table/accounts.ts';
import { aws } from './table/aws.ts';
import { configurations } from './table/configurations.ts';
import { connections } from './table/connections.ts';
import { indexes } from './table/indexes.ts';
import { letters } from './table/letters.ts';
import { operators } from './table/operators.ts';
import { orders } from './table/orders.ts';
import { outcomes } from './table/outcomes.ts';
import { rereads } from './table/rereads.ts';
import { times } from './table/times.ts';

/** All defects that tests must notice. */
export const sabotages: readonly Sabotage[] = [
  ...outcomes,
  ...orders,
  ...rereads,
  ...letters,
  ...accounts,
  ...times,
  ...indexes,
  ...connections,
  ...aws,
  ...configurations,
  ...operators,
];
