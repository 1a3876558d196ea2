import type { Item } from '../../core/attribute-value.ts';
import type { Refusal } from '../../core/judge.ts';
import type { FieldDifference } from '../../core/same-document.ts';
import type { DifferenceKind, Suspicion } from '../../core/suspicion.ts';
import type { Table } from '../../core/table.ts';
import type { OperatorEnvironment } from '../environment.ts';
import type { OnHindrance } from '../hindrance.ts';
import type { Cause } from '../replay/cause.ts';

/** A document that is not what the table says, and stays so. */
export type Difference = {
  /** `unwritable`: the item makes no document, so that it can have none. */
  readonly kind: DifferenceKind | 'unwritable';
  readonly table: Table;
  readonly id: string;
  /** Key of the item; undefined for an extra document whose key nobody can tell. */
  readonly key: Item | undefined;
  /** The first field of a stale document that differs. */
  readonly field: FieldDifference | undefined;
  /** Of an extra document that nothing reaches without it. */
  readonly routing?: string;
};

/** How to delete the document of a difference that has a routing, in the words of OpenSearch's console. */
export const deletionOf = ({
  table,
  id,
  routing = '',
}: Pick<Difference, 'id' | 'routing'> & { readonly table: Pick<Table, 'index'> }): string =>
  `DELETE /${encodeURIComponent(table.index)}/_doc/${encodeURIComponent(id)}?routing=${encodeURIComponent(routing)}`;

/** How a table is verified. */
export type VerifyOptions = {
  /** How many parts of table or index are worked on at once. */
  readonly workers: number;
  /** How much of table and index is looked at; undefined for everything. */
  readonly samplePercent: number | undefined;
  /** How long a difference must last to be one: longer than a change is on its way. */
  readonly delaySeconds: number;
  readonly isRepairing: boolean;
};

/** How long a difference must last, unless said otherwise. */
export const USUAL_DELAY_SECONDS = 15;

/** What a repair has not been able to mend; without a refusal, because time was up. */
export type Unrepaired = {
  readonly difference: Difference;
  readonly refusal: Omit<Refusal, 'status'> | undefined;
  /** Why OpenSearch will never take the document, and what can be done about it. */
  readonly cause?: Cause;
};

/** What a verification works with, and whom it tells. */
export type VerifyTools = Pick<OperatorEnvironment, 'send' | 'indexes' | 'log'> & {
  /** OpenSearch Serverless knows neither shards nor refreshes. */
  readonly isServerless: boolean;
  /** Aborted when work is to be given up at once: what is not done then has not been done at all. */
  readonly signal: AbortSignal;
  /** Aborted when work is to end with the page that is under way. */
  readonly ending?: AbortSignal;
  /** How long one thing may fail before it is given up; two minutes, unless said otherwise. */
  readonly patienceMilliseconds?: number;
  readonly counts: VerificationCounts;
  readonly onHindrance?: OnHindrance;
  /** Told of each difference once it is certain, and of what could not be repaired. */
  readonly onDifference: (difference: Difference) => void;
  readonly onUnrepaired: (unrepaired: Unrepaired) => void;
};

/** One table's verification under way, as its parts share it. */
export type Verification = {
  readonly table: Table;
  readonly options: VerifyOptions;
  readonly tools: VerifyTools;
  /** Has documents looked at again; resolves when there is room for more. */
  readonly suspect: (suspicions: readonly Suspicion[]) => Promise<void>;
  /** Enters a difference that is certain. */
  readonly report: (difference: Difference) => void;
  /** Enters differences that are certain, and repairs them where that is wanted; returns those that it was given no time to repair, which it does not enter. */
  readonly conclude: (differences: readonly Difference[]) => Promise<readonly Difference[]>;
  /** Of extra documents that were entered, what deletes them: whoever has to read documents again enters none twice. */
  readonly told: Set<string>;
};

/** How far a verification is; may be read at any time. */
export type VerificationCounts = {
  phase: 'items' | 'documents' | 'suspects';
  /** Read from the table. */
  items: number;
  /** Items that `where` leaves out. */
  unindexed: number;
  /** Items that were compared with their documents. */
  compared: number;
  /** Documents whose ids were read from the index. */
  documents: number;
  /** Suspicions that wait for another look. */
  waiting: number;
  /** Items that changed too often to be caught equal, and whose documents follow. */
  changing: number;
  missing: number;
  extra: number;
  stale: number;
  unwritable: number;
  repaired: number;
  unrepaired: number;
  /** Documents with a field that OpenSearch ignored as malformed, by the field's name. */
  readonly ignored: Map<string, number>;
};

/** Counts of a verification that has not begun. */
export const newCounts = (): VerificationCounts => ({
  phase: 'items',
  items: 0,
  unindexed: 0,
  compared: 0,
  documents: 0,
  waiting: 0,
  changing: 0,
  missing: 0,
  extra: 0,
  stale: 0,
  unwritable: 0,
  repaired: 0,
  unrepaired: 0,
  ignored: new Map(),
});

/** How many differences were found. */
export const differencesIn = ({ missing, extra, stale, unwritable }: VerificationCounts): number =>
  missing + extra + stale + unwritable;
