import { type Fields, isFields, parseJson } from '../core/json-value.ts';
import type { Authentication, Configuration, DeadLetterLocation } from './configuration.ts';
import { readEndpoint, regionOf } from './endpoint.ts';
import { type Place, placeIn, readChoice, readFields, readObject, readText } from './problems.ts';
import { readTable } from './table.ts';

/** A configuration that cannot be used; the message lists every problem with its path. */
export class InvalidConfiguration extends Error {
  override readonly name = 'InvalidConfiguration';

  constructor(source: string, problems: readonly string[]) {
    super(
      `${source} holds no valid configuration:\n${problems.map((text) => `- ${text}`).join('\n')}`,
    );
  }
}

const FIELDS = ['endpoint', 'auth', 'refresh', 'dead_letter', 'tables'] as const;
const REFRESH = ['auto', 'true', 'wait_for', 'false'] as const;

/**
 * Checks a configuration and fills in its defaults. `source` names where it lies, for the message;
 * `defaultRegion` is used where neither the configuration nor the host name has one.
 *
 * @throws InvalidConfiguration with every problem there is
 */
export const parseConfiguration = (
  text: string,
  source: string,
  defaultRegion: string | undefined,
): Configuration => {
  const problems: string[] = [];
  const configuration = readConfiguration(placeIn(problems), parseJson(text), defaultRegion);
  if (configuration === undefined || problems.length > 0) {
    throw new InvalidConfiguration(source, problems);
  }
  return configuration;
};

const readConfiguration = (
  top: Place,
  value: unknown,
  defaultRegion: string | undefined,
): Configuration | undefined => {
  const fields = readFields(top, value, FIELDS);
  if (fields === undefined) return undefined;
  const endpoint = readEndpoint(top.at('endpoint'), fields['endpoint']);
  const region = (endpoint && regionOf(endpoint)) ?? defaultRegion;
  const authentication = readAuthentication(top.at('auth'), fields['auth'] ?? {}, region);
  const refresh = readChoice(top.at('refresh'), fields['refresh'] ?? 'auto', REFRESH);
  const deadLetter = readDeadLetter(top.at('dead_letter'), fields['dead_letter']);
  const tables = readTables(top.at('tables'), fields['tables']);
  return (
    endpoint &&
    authentication &&
    refresh &&
    deadLetter &&
    tables && { endpoint, authentication, refresh, deadLetter, tables }
  );
};

const readAuthentication = (
  place: Place,
  value: unknown,
  defaultRegion: string | undefined,
): Authentication | undefined => {
  const fields = readObject(place, value);
  if (fields === undefined) return undefined;
  const { type: typeField = 'sigv4' } = fields;
  const type = readChoice(place.at('type'), typeField, ['sigv4', 'basic']);
  switch (type) {
    case undefined:
      return undefined;
    case 'basic':
      return readBasic(place, value);
    case 'sigv4':
      return readSigV4(place, value, defaultRegion);
  }
};

const readBasic = (place: Place, value: unknown): Authentication | undefined => {
  const fields = readFields(place, value, ['type', 'secret_arn']);
  const secretArn = fields && readText(place.at('secret_arn'), fields['secret_arn']);
  return secretArn === undefined ? undefined : { type: 'basic', secretArn };
};

const readSigV4 = (
  place: Place,
  value: unknown,
  defaultRegion: string | undefined,
): Authentication | undefined => {
  const fields = readFields(place, value, ['type', 'service', 'region']);
  if (fields === undefined) return undefined;
  const service = readChoice(place.at('service'), fields['service'] ?? 'es', ['es', 'aoss']);
  const region = readText(place.at('region'), fields['region'] ?? defaultRegion);
  if (service === undefined || region === undefined) return undefined;
  return { type: 'sigv4', service, region };
};

const readDeadLetter = (place: Place, value: unknown): DeadLetterLocation | undefined => {
  const fields = readFields(place, value, ['bucket', 'prefix']);
  if (fields === undefined) return undefined;
  const bucket = readText(place.at('bucket'), fields['bucket']);
  const prefix = fields['prefix'] === '' ? '' : readText(place.at('prefix'), fields['prefix']);
  return bucket === undefined || prefix === undefined ? undefined : { bucket, prefix };
};

const readTables = (place: Place, value: unknown): Configuration['tables'] | undefined => {
  const fields = readObject(place, value);
  if (fields === undefined) return undefined;
  const names = Object.keys(fields);
  if (names.length === 0) return place.problem('must name one table or more');
  reportSharedIndexes(place, fields);
  const tables = names.map((name) => readTable(place.at(name), name, fields[name]));
  const read = tables.filter((table) => table !== undefined);
  return new Map(read.map((table) => [table.name, table]));
};

const reportSharedIndexes = (place: Place, tables: Fields): void => {
  const owners = new Map<string, string>(); // table by index
  for (const [name, table] of Object.entries(tables)) {
    const index = isFields(table) ? table['index'] : undefined;
    if (typeof index !== 'string') continue;
    const owner = owners.get(index);
    if (owner === undefined) owners.set(index, name);
    else
      place
        .at(name)
        .at('index')
        .problem(`"${index}" is the index of ${owner} too; each table needs its own`);
  }
};
