import { readConfiguration } from '../configuration/read.ts';
import type { ExecutionEnvironment } from '../execution-environment.ts';
import type { Log } from '../log.ts';
import { connectOpenSearch } from '../open-search.ts';
import { indexPreparation } from '../opensearch/index-preparation.ts';

/** What operator commands work with: the same configuration and connections as the function. */
export type OperatorEnvironment = Omit<ExecutionEnvironment, 'refresh' | 'pageSize'>;

/** Where the configuration is found, and who is told what happens. */
export type OperatorOptions = {
  /** Name of the SSM parameter, with or without a version. */
  readonly parameter: string;
  readonly region: string | undefined;
  readonly log: Log;
};

/** Reads the configuration that the function reads, and opens the connections. @throws what {@link readConfiguration} throws */
export const openOperatorEnvironment = async ({
  parameter,
  region,
  log,
}: OperatorOptions): Promise<OperatorEnvironment> => {
  const configuration = await readConfiguration({
    CONFIG_PARAMETER: parameter,
    AWS_REGION: region,
  });
  const send = connectOpenSearch(configuration, log);
  return { configuration, send, indexes: indexPreparation(send), log };
};
