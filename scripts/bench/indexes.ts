import { parseConfiguration } from '../../function/src/configuration/parse.ts';
import { indexDefinition } from '../../function/src/opensearch/index-definition.ts';
import { configurationText } from './configuration.ts';
import type { Scenario } from './scenario.ts';

/** Creates an index as the function would create that of its table, so that the same documents cost all contestants the same. */
export const createIndex = async (
  url: string,
  index: string,
  scenario: Scenario,
): Promise<void> => {
  const text = configurationText(url, { scenarios: [scenario] });
  const definition = parseConfiguration(text, 'the bench', undefined).tables.get(scenario.table);
  if (definition === undefined) throw new Error(`there is no table ${scenario.table}`);
  await ask(`${url}/${index}`, 'PUT', indexDefinition(definition));
};

/** How many documents an index has, once everything written so far can be searched. */
export const countDocuments = async (url: string, index: string): Promise<number> => {
  await ask(`${url}/${index}/_refresh`, 'POST');
  const { count } = await ask(`${url}/${index}/_count`, 'GET');
  return Number(count);
};

const LONGEST_MILLISECONDS = 60_000;

/** Asks OpenSearch and returns its answer; throws unless it is a success. */
export const ask = async (
  url: string,
  method: 'DELETE' | 'GET' | 'POST' | 'PUT',
  body?: object,
): Promise<Readonly<Record<string, unknown>>> => {
  const response = await fetch(url, {
    method,
    signal: AbortSignal.timeout(LONGEST_MILLISECONDS),
    ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`OpenSearch answered ${response.status} to ${url}: ${text}`);
  return JSON.parse(text);
};
