import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseExactly } from '../support/exact-json.ts';
import type { BulkFaults } from './case-faults.ts';

/** A behaviour case, as `cases.json` describes it under `about`. */
export type ConformanceCase = {
  readonly name: string;
  readonly category: string;
  readonly profile: 'exact' | 'bfansports' | 'both';
  readonly why: string;
  readonly config: {
    readonly refresh?: string;
    readonly tables: { readonly [table: string]: TableConfiguration };
  };
  readonly index: 'present' | 'absent';
  readonly before?: {
    readonly items?: { readonly [table: string]: readonly DynamoDBItem[] };
    readonly documents?: { readonly [index: string]: { readonly [id: string]: unknown } };
    readonly version?: unknown;
  };
  readonly steps: readonly Step[];
  readonly expect: Expectations;
};

export type TableConfiguration = {
  readonly index: string;
  readonly keys: readonly { readonly name: string; readonly type: 'S' | 'N' | 'B' }[];
};

export type DynamoDBItem = { readonly [attribute: string]: { readonly [type: string]: unknown } };

export type Step = {
  readonly event: { readonly Records: readonly CaseRecord[] };
  readonly opensearch?: BulkFaults;
  readonly remaining_ms?: number;
  readonly pause_ms?: number;
  readonly expect: StepExpectations;
};

export type CaseRecord = {
  readonly eventSourceARN: string;
  readonly dynamodb: { readonly SequenceNumber: string };
};

export type StepExpectations = {
  readonly lowest_failure?: string | null;
  readonly answer?: unknown;
  readonly throws?: boolean;
  readonly counts?: { readonly [metric: string]: number };
  readonly requests?: { readonly min?: number; readonly max?: number };
  readonly searchable?: readonly string[];
};

type ByIndex<Value> = { readonly [index: string]: Value };

export type Expectations = {
  readonly documents?: ByIndex<{ readonly [id: string]: unknown }>;
  readonly ids?: ByIndex<readonly string[]>;
  readonly present?: ByIndex<readonly string[]>;
  readonly settled?: ByIndex<readonly string[]>;
  readonly dead_letters?: readonly string[];
  readonly versions?: ByIndex<{ readonly [id: string]: string }>;
  readonly field_types?: ByIndex<{ readonly [field: string]: string }>;
};

const expandMarkers = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(expandMarkers);
  if ('$repeat' in value && Array.isArray(value.$repeat)) {
    const [text, times] = value.$repeat;
    return String(text).repeat(Number(times));
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, expandMarkers(member)]),
  );
};

/** All cases; expected documents keep every digit of their numbers. */
export const conformanceCases = (): readonly ConformanceCase[] => {
  const text = readFileSync(join(import.meta.dirname, 'cases.json'), 'utf8');
  return (expandMarkers(parseExactly(text)) as { cases: ConformanceCase[] }).cases;
};
