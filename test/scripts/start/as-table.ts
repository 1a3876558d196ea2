import { parseConfiguration } from '../../../function/src/configuration/parse.ts';
import type { Table } from '../../../function/src/core/table.ts';
import type { SampleTable } from '../../../scripts/start/sample-table.ts';

/** A sample table as the function knows it. */
export const asTable = ({
  name,
  index,
  keys,
}: Pick<SampleTable, 'name' | 'index' | 'keys'>): Table => {
  const configuration = {
    endpoint: 'http://127.0.0.1:9200',
    auth: { type: 'sigv4', region: 'eu-west-1' },
    dead_letter: { bucket: 'bucket', prefix: '' },
    tables: { [name]: { index, keys } },
  };
  const table = parseConfiguration(JSON.stringify(configuration), 'test', undefined).tables.get(
    name,
  );
  if (table === undefined) throw new Error(`${name} was not configured`);
  return table;
};
