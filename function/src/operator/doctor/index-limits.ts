import { at, membersOf } from '../../core/json-value.ts';
import { forgetsTooSoon, rememberLonger } from '../memory-of-deletions.ts';
import { type Check, ok, warning, wrong } from './check.ts';
import type { IndexState } from './index-location.ts';

/** Checks whether an index is open, and takes writes. */
export const checkIndexBlocks = ({ name, setting }: IndexState): Check => {
  if (isClosed(setting)) {
    return wrong('blocks', 'the index is closed', `Open it:\n  POST /${name}/_open`, HEADING);
  }
  const set = BLOCKS.filter((block) => setting(`index.blocks.${block}`) === 'true');
  const [first] = set;
  if (first === undefined) return ok('blocks', 'it takes writes');
  const cause = set.includes('read_only_allow_delete')
    ? 'As a rule the disks were full: add storage first. '
    : '';
  return wrong(
    'blocks',
    `it takes no writes (index.blocks.${set.join(', ')})`,
    `${cause}Then lift the block:\n  PUT /${name}/_settings {"index.blocks.${first}":null}`,
    HEADING,
  );
};

/** Whether an index is closed: nothing but its settings can be read then. */
export const isClosed = (setting: IndexState['setting']): boolean =>
  setting('index.verified_before_close') === 'true';

const HEADING = 'Records come again';
const BLOCKS = ['write', 'read_only', 'read_only_allow_delete'];

/** Checks whether an index remembers deletions for as long as operator commands rely on it; there is a check only where it does not. */
export const checkDeletions = ({ name, setting }: IndexState): readonly Check[] => {
  const gcDeletes = setting('index.gc_deletes');
  if (!forgetsTooSoon(gcDeletes)) return [];
  return [
    wrong(
      'deletions',
      `they are forgotten too soon (index.gc_deletes ${gcDeletes}): an item that is deleted while its document is written by backfill, verify or replay could come back`,
      `Have them remembered, in settings of the table and now:\n  ${rememberLonger(name)}`,
    ),
  ];
};

const DEFAULT_LIMIT = 1000;
const NEAR = 0.8;

/** Checks how many fields the mapping has, as OpenSearch counts them, and how many it may have. */
export const checkFieldCount = ({ name, mappings, setting }: IndexState): Check => {
  const limit = Number(setting('index.mapping.total_fields.limit') ?? DEFAULT_LIMIT);
  const count = countFields(mappings);
  const finding = `${count.toLocaleString('en')} of ${limit.toLocaleString('en')}`;
  return count < limit * NEAR
    ? ok('fields', finding)
    : warning(
        'fields',
        `${finding}: beyond the limit, documents with new attributes are refused`,
        `Names are data in that table: exclude the attribute, or map it as flat_object. Or raise the limit, in settings of the table and now:\n  PUT /${name}/_settings {"index.mapping.total_fields.limit":${limit * 2}}`,
        'The index is near its limit of fields',
      );
};

/** Each property counts, objects too, and each further field that a property is indexed as. */
const countFields = (mapping: unknown): number =>
  ['properties', 'fields']
    .flatMap((kind) => membersOf(at(mapping, kind)))
    .reduce((sum, [, field]) => sum + 1 + countFields(field), 0);
