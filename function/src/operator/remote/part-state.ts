import { isFields } from '../../core/json-value.ts';

/** What a part has come to, as it is stored. Its counts belong to its checkpoint, whatever was done beyond that. */
export type PartState<Counts, Checkpoint> = {
  readonly version: 1;
  is_done: boolean;
  /** How many slices have begun. */
  slices: number;
  /** How long it has been worked on. */
  milliseconds: number;
  readonly counts: Counts;
  checkpoint: Checkpoint;
  /** How many files of differences belong to it: those whose numbers are lower. */
  files: number;
  /** What keeps it from going on now. */
  hindrance?: string | undefined;
  /** What ended it for good, until it is tried again. */
  failure?: string | undefined;
};

/** What a part begins with. */
export type Beginning<Counts, Checkpoint> = Pick<
  PartState<Counts, Checkpoint>,
  'counts' | 'checkpoint'
>;

/** The state that was stored; a new one where there is none. */
export const stateIn = <Counts, Checkpoint>(
  stored: unknown,
  beginning: Beginning<Counts, Checkpoint>,
): PartState<Counts, Checkpoint> => storedState<Counts, Checkpoint>(stored) ?? newState(beginning);

/** The state that was stored; undefined where there is none. */
export const storedState = <Counts, Checkpoint>(
  stored: unknown,
): PartState<Counts, Checkpoint> | undefined =>
  isPartState<Counts, Checkpoint>(stored) ? stored : undefined;

// The edge: nobody but us writes states, whole or not at all.
const isPartState = <Counts, Checkpoint>(
  stored: unknown,
): stored is PartState<Counts, Checkpoint> => isFields(stored) && stored['version'] === 1;

const newState = <Counts, Checkpoint>({
  counts,
  checkpoint,
}: Beginning<Counts, Checkpoint>): PartState<Counts, Checkpoint> => ({
  version: 1,
  is_done: false,
  slices: 0,
  milliseconds: 0,
  counts,
  checkpoint,
  files: 0,
});
