import { createLog, logLevel } from '../../function/src/log.ts';
import {
  type OperatorEnvironment,
  openOperatorEnvironment,
} from '../../function/src/operator/environment.ts';
import type { CommandInvocation } from './operator-command.ts';

// At a terminal, that all goes well is for the progress to say.
const defaultLevel = 'WARN';

/** Opens what a command works with; what the engines log goes where its notes go, from `LOG_LEVEL` on. */
export const openEnvironment = ({
  parameter,
  region,
  output,
}: Pick<CommandInvocation, 'parameter' | 'region' | 'output'>): Promise<OperatorEnvironment> =>
  openOperatorEnvironment({
    parameter,
    region,
    log: createLog(logLevel(process.env['LOG_LEVEL'] ?? defaultLevel), output.note),
  });
