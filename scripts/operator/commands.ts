import { backfill } from './backfill/command.ts';
import { doctor } from './doctor/command.ts';
import type { OperatorCommand } from './operator-command.ts';
import { replay } from './replay/command.ts';
import { verify } from './verify/command.ts';

/** The operator commands, in the order in which one needs them. */
export const commands: readonly OperatorCommand[] = [doctor, backfill, verify, replay];
