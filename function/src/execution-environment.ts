import type { Configuration } from './configuration/configuration.ts';
import { readConfiguration } from './configuration/read.ts';
import { createLog, type Log, logLevel, writeRawLine } from './log.ts';
import { connectOpenSearch } from './open-search.ts';
import type { Send } from './opensearch/connection.ts';
import { type IndexPreparation, indexPreparation } from './opensearch/index-preparation.ts';
import { openPageSize, type PageSize } from './opensearch/page-size.ts';
import { type RefreshChoice, refreshChoice } from './opensearch/refresh.ts';

/** What lives as long as Lambda's execution environment and is shared by its invocations. */
export type ExecutionEnvironment = {
  readonly configuration: Configuration;
  readonly log: Log;
  /** To OpenSearch, with whatever authentication is configured. */
  readonly send: Send;
  readonly indexes: IndexPreparation;
  readonly pageSize: PageSize;
  readonly refresh: RefreshChoice;
};

/** Reads the configuration and opens the connections. @throws what {@link readConfiguration} throws */
export const createExecutionEnvironment = async (
  environment: NodeJS.ProcessEnv,
): Promise<ExecutionEnvironment> => {
  const configuration = await readConfiguration(environment);
  const log = createLog(logLevel(environment['LOG_LEVEL']), writeRawLine);
  const send = connectOpenSearch(configuration, log);
  return {
    configuration,
    log,
    send,
    indexes: indexPreparation(send),
    pageSize: openPageSize(),
    refresh: refreshChoice(configuration),
  };
};
