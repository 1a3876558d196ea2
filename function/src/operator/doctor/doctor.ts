import type { ReadTime } from '../../aws/dynamodb.ts';
import type { FunctionDescription } from '../../aws/event-source-mappings.ts';
import type { OperatorEnvironment, OperatorOptions } from '../environment.ts';
import { dynamoDBNow } from '../read-time.ts';
import type { Access } from './access.ts';
import { askThrough } from './ask.ts';
import { type GroupedCheck, grouped, skipped } from './check.ts';
import { checkClock } from './clock.ts';
import { checkDeadLetters } from './dead-letters.ts';
import { checkEventSource } from './event-source.ts';
import { type Followers, findFollowers } from './followers.ts';
import { checkFunction } from './function.ts';
import { checkIdentity } from './identity.ts';
import { checkIndex } from './index-checks.ts';
import { checkOpenSearch } from './open-search.ts';
import { checkParameter, isSameParameter } from './parameter.ts';
import { probe } from './probe.ts';
import { checkTable } from './table.ts';

/** What is to be examined. */
export type Examination = OperatorOptions & {
  /** Whether a throw-away document may be written. */
  readonly isProbing: boolean;
  /** Ends the examination; a probe is still cleaned up. */
  readonly signal: AbortSignal;
};

/**
 * Looks at everything that a synchronization needs, one thing after the other, and tells what it finds.
 * What fails keeps nothing else from being looked at; nothing is written, except by the probe.
 */
export async function* examine(examination: Examination): AsyncGenerator<GroupedCheck> {
  const { caller, time, checks } = await checkIdentity(examination.region);
  yield* grouped([...checks, checkClock(time)], 'identity');
  const parameter = await checkParameter(examination);
  yield* grouped(parameter.checks, 'parameter', examination.parameter);
  const { environment, version } = parameter;
  if (environment === undefined) return yield* withoutParameter();
  const { tables, authentication, deadLetter } = environment.configuration;
  const followers = await findFollowers(new Set(tables.keys()));
  yield* examineTables(environment, followers, examination);
  const functions = functionsAmong(followers, examination.parameter);
  for (const each of functions) yield* grouped(checkFunction(each, version), 'function', each.name);
  const functionRoleArns = functions.map(({ roleArn }) => roleArn);
  const access = { authentication, callerArn: caller?.arn, functionRoleArns };
  yield* examineOpenSearch(environment, access, { ...examination, time });
  yield* grouped(await checkDeadLetters(deadLetter), 'dead letters');
}

const withoutParameter = (): readonly GroupedCheck[] => {
  const reason = 'what to look at stands in the parameter';
  return (['table', 'OpenSearch', 'index', 'dead letters'] as const).flatMap((group) =>
    grouped([skipped(group, reason)], group),
  );
};

async function* examineTables(
  { configuration }: OperatorEnvironment,
  followers: Followers | Error,
  { parameter }: Examination,
): AsyncGenerator<GroupedCheck> {
  for (const table of configuration.tables.values()) {
    const { checks, description } = await checkTable(table);
    const mapping = checkEventSource(table, followers, { parameter, description });
    yield* grouped([...checks, ...mapping], 'table', table.name);
  }
}

/** The functions that read the parameter. */
const functionsAmong = (
  followers: Followers | Error,
  parameter: string,
): readonly FunctionDescription[] => {
  if (followers instanceof Error) return [];
  return [...followers.functions.values()].flatMap((found) =>
    !(found instanceof Error) && isSameParameter(found.parameter ?? '', parameter) ? [found] : [],
  );
};

async function* examineOpenSearch(
  { configuration, send }: OperatorEnvironment,
  access: Access,
  { time, isProbing, signal }: Examination & { readonly time: ReadTime | undefined },
): AsyncGenerator<GroupedCheck> {
  const ask = askThrough(send, signal);
  const { checks, isReachable } = await checkOpenSearch(configuration, ask, access);
  yield* grouped(checks, 'OpenSearch');
  const tables = [...configuration.tables.values()];
  const [first] = tables;
  if (isProbing && isReachable && first) yield* grouped([await probe(first, send)], 'OpenSearch');
  for (const table of tables) {
    const nowMilliseconds = time === undefined ? Date.now() : dynamoDBNow(time);
    yield* grouped(
      isReachable
        ? await checkIndex(table, { ask, access, nowMilliseconds })
        : [skipped('index', UNREACHABLE)],
      'index',
      table.index,
    );
  }
}

const UNREACHABLE = 'OpenSearch cannot be reached';
