import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Lines of opensearch.yml by their full names. */
export type OpenSearchSettings = Readonly<
  Record<string, string | number | boolean | readonly string[]>
>;

const ourSettings: OpenSearchSettings = {
  'network.host': '127.0.0.1',
  // The system chooses, so that any number of nodes run side by side.
  'transport.port': 0,
  'discovery.type': 'single-node',
  // A disk that is nearly full must not make indexes read-only under a test.
  'cluster.routing.allocation.disk.threshold_enabled': false,
};

// The address line is how a started node is found; anything else is wanted only when something is wrong.
const logging = `status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %-5p %c{1} %m%n
rootLogger.level = warn
rootLogger.appenderRef.console.ref = console
logger.http.name = org.opensearch.http.AbstractHttpServerTransport
logger.http.level = info
`;

/** Writes the `config` directory of a node: our settings, overridden by those given. */
export const writeOpenSearchConfiguration = (
  directory: string,
  settings: OpenSearchSettings,
): void => {
  const config = join(directory, 'config');
  mkdirSync(config, { recursive: true });
  writeFileSync(join(config, 'opensearch.yml'), yamlOf({ ...ourSettings, ...settings }));
  writeFileSync(join(config, 'log4j2.properties'), logging);
};

// JSON values are YAML values.
const yamlOf = (settings: OpenSearchSettings): string =>
  Object.entries(settings)
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}\n`)
    .join('');
