import { doctor } from './doctor/command.ts';
import type { OperatorCommand } from './operator-command.ts';

/** The operator commands, in the order in which one needs them. */
export const commands: readonly OperatorCommand[] = [doctor];
