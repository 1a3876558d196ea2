import {
  describeFunction,
  type EventSourceMapping,
  type FunctionDescription,
  listStreamMappings,
} from '../../aws/event-source-mappings.ts';
import { tableOfStream } from '../../core/stream-record.ts';

/** The event source mappings that bring streams to functions of this product, and those functions. */
export type Followers = {
  readonly mappings: readonly EventSourceMapping[];
  /** By ARN: a function's description, or the error that kept it from being read. */
  readonly functions: ReadonlyMap<string, FunctionDescription | Error>;
};

/**
 * Finds who follows tables: the mappings of their streams, old ones included, and the functions behind.
 * An error says why they cannot be listed.
 */
export const findFollowers = async (tables: ReadonlySet<string>): Promise<Followers | Error> => {
  try {
    const all = await listStreamMappings();
    const mappings = all.filter(({ streamArn }) => tables.has(tableOfStream(streamArn) ?? ''));
    const arns = [...new Set(mappings.map(({ functionArn }) => functionArn))];
    const described = await Promise.all(arns.map(describe));
    return { mappings, functions: new Map(described) };
  } catch (error) {
    return asError(error);
  }
};

const describe = async (arn: string) => {
  const found = await describeFunction(arn).catch(asError);
  return [arn, found] as const;
};

const asError = (error: unknown): Error =>
  error instanceof Error ? error : new Error(String(error));
