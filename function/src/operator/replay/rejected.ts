import { isFields, parseObject } from '../../core/json-value.ts';
import { causeOf } from './cause.ts';
import {
  imageOf,
  isRecord,
  type Letter,
  letterOf,
  type Stray,
  stray,
  type Tables,
  unknownTable,
} from './letter.ts';

/** Reads an object of the dead-letter prefix (contract §6), a letter a line. `folder` is where it lies, for what is said of strays. */
export const readRejected = (
  text: string,
  folder: string,
  tables: Tables,
): readonly (Letter | Stray)[] => {
  const lines = text.split('\n').filter((line) => line !== '');
  if (lines.length === 0) return [stray('', { place: folder, what: 'empty object', cure: LOOK })];
  return lines.map((line) => readLine(line, folder, tables));
};

const LOOK = 'Nothing can be replayed of it: look at it, then delete it with aws s3 rm.';

const readLine = (line: string, folder: string, tables: Tables): Letter | Stray => {
  const fields = parseObject(line);
  if (fields === undefined)
    return stray(line, { place: folder, what: 'line that is no JSON object', cure: LOOK });
  const { table: name, record, status, error } = fields;
  if (typeof name !== 'string' || !isRecord(record))
    return stray(line, { place: folder, what: 'line without a table and a record', cure: LOOK });
  const table = tables.get(name);
  if (table === undefined) return stray(line, unknownTable(name));
  const { type, reason } = isFields(error) ? error : {};
  const cause = causeOf({
    table,
    status: typeof status === 'number' ? status : null,
    type: String(type),
    reason: typeof reason === 'string' ? reason : '',
    image: imageOf(record),
  });
  return letterOf({ record, table, line, cause });
};
