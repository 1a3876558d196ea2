import type { Deadline } from '../../deadline.ts';
import type { OperatorEnvironment } from '../environment.ts';
import type { Order, Part, Phase, SliceAnswer } from './order.ts';
import type { RunReport } from './report.ts';
import type { Run, TablePlan } from './run.ts';
import type { RunStore } from './store.ts';

/** What a step of a run works with: a slice, or one between phases. */
export type RunTools = OperatorEnvironment & {
  readonly run: Run;
  /** What the run keeps in S3. */
  readonly store: RunStore;
  /** For metrics. */
  readonly functionName: string;
  /** Of this invocation. */
  readonly deadline: Deadline;
  /** Aborted when the time is nearly up: what is on its way may still come to its end, nothing else is begun. */
  readonly signal: AbortSignal;
  /** How long nothing may be settled before something is given up, of which there are others. */
  readonly longestStandstillMilliseconds: number;
};

/** Works on a part from where it stands until it is done or time is nearly up. @throws Hindered when nothing could be done */
export type WorkOnPart = (part: Part, tools: RunTools) => Promise<SliceAnswer>;

/** One phase of a run. */
export type PhaseWork = {
  readonly phase: Phase;
  /** The parts that it has. */
  readonly parts: (tools: RunTools) => Promise<readonly Part[]>;
  readonly work: WorkOnPart;
  /** What follows once all parts are done; asked again, it comes to the same. */
  readonly conclude: (tools: RunTools) => Promise<Conclusion>;
};

/** What follows a phase: another one, or the report. */
export type Conclusion =
  | { readonly kind: 'phase'; readonly phase: Phase }
  | { readonly kind: 'report'; readonly report: RunReport };

/** What is known before a run is planned. */
export type PlanningTools = Omit<RunTools, 'run'>;

/** How a command is carried out. */
export type CommandWork = {
  /** Looks at the tables of an order, at the beginning of a run. */
  readonly plan: (order: Order, tools: PlanningTools) => Promise<readonly TablePlan[]>;
  /** In the order in which they come; some may be left out. */
  readonly phases: readonly [PhaseWork, ...PhaseWork[]];
};
