import { ServiceError } from '../../../function/src/aws/service-error.ts';
import type { Configuration } from '../../../function/src/configuration/configuration.ts';
import { readConfiguration } from '../../../function/src/configuration/read.ts';
import type { Order } from '../../../function/src/operator/remote/order.ts';
import { chooseTables } from '../choose-tables.ts';
import type { CommandInvocation } from '../operator-command.ts';
import type { RemoteWishes } from './options.ts';
import type { Given, RemoteCommand } from './remote-command.ts';

/** The order that was typed, its tables known to the configuration. Throws one sentence about what makes no sense. */
export const placeOrder = async (
  { action, concurrency }: RemoteWishes,
  command: RemoteCommand,
  invocation: CommandInvocation,
): Promise<Order> => {
  const own = command.orderIn(invocation);
  const order = { ...own, ...(concurrency !== undefined && { concurrency }) };
  if (action === 'start') {
    const tables = await tablesToStart(command, invocation);
    return { ...order, ...(tables.length > 0 && { tables }) };
  }
  if (Object.keys(order).length > 1)
    throw new Error(
      `--${action} takes a run as it was ordered: name its tables at most, and no other options.`,
    );
  return order;
};

/** The tables of the runs that are meant; none for all tables, undefined for any. */
export const orderedTables = (
  command: RemoteCommand,
  given: Given,
): readonly string[] | undefined => {
  const names = command.tablesIn(given);
  return names.length > 0 || given.options['all'] === true ? names : undefined;
};

/** None for all of them. */
const tablesToStart = async (
  command: RemoteCommand,
  invocation: CommandInvocation,
): Promise<readonly string[]> => {
  const names = command.tablesIn(invocation);
  const isAll = invocation.options['all'] === true;
  if (names.length === 0 && command.isForAll) return [];
  const configuration = await configurationIfReadable(invocation);
  if (configuration !== undefined) {
    const tables = chooseTables(names, configuration, { all: isAll });
    return isAll ? [] : tables.map(({ name }) => name);
  }
  if (isAll === names.length > 0) throw new Error('Name tables or give --all: one of the two.');
  return [...new Set(names)];
};

/** Whoever may start runs need not be allowed to read what they run on: then the function checks it. */
const configurationIfReadable = async ({
  parameter,
  region,
}: CommandInvocation): Promise<Configuration | undefined> => {
  try {
    return await readConfiguration({ CONFIG_PARAMETER: parameter, AWS_REGION: region });
  } catch (error) {
    if (error instanceof ServiceError) return undefined;
    throw error;
  }
};
