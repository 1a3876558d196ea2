import type { Order } from '../../../function/src/operator/remote/order.ts';
import type { CommandInvocation, ExitCode } from '../operator-command.ts';
import type { CourseLines } from './progress-lines.ts';
import type { Report } from './report.ts';
import type { RunLocation } from './run-location.ts';

/** What a command is, where it runs inside AWS. */
export type RemoteCommand = {
  readonly name: Order['command'];
  /** Names of the tables that were typed; none where none were. */
  readonly tablesIn: (invocation: Given) => readonly string[];
  /** How these tables are typed; empty where there are none. */
  readonly typed: (tables: readonly string[]) => string;
  /** Whether it works on all tables where none is named, without --all. */
  readonly isForAll: boolean;
  /** What to do besides, by its options. Throws one sentence about an option that means nothing inside AWS. */
  readonly orderIn: (invocation: Given) => Order;
  /** Begins to tell how far it is. */
  readonly progress: () => CourseLines;
  /** Tells what it came to. */
  readonly tell: (report: Report, telling: Telling) => Promise<ExitCode>;
  /** What the last line says, for machines, where it came to no end. */
  readonly unfinished: object;
};

/** What was typed. */
export type Given = Pick<CommandInvocation, 'arguments' | 'options'>;

/** What telling a report takes. */
export type Telling = Pick<CommandInvocation, 'output' | 'parameter' | 'options'> & {
  readonly location: RunLocation;
};
