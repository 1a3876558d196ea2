import type { Sabotage } from '../sabotage.ts';

const PREPARATION_TEST = 'test/function/opensearch/index-preparation.test.ts';
const REFRESH_TEST = 'test/function/opensearch/refresh.test.ts';
const DEFINITION_TEST = 'test/function/opensearch/index-definition.test.ts';

/** Of indexes: how they are made, what they are made with, and when they are refreshed. */
export const indexes: readonly Sabotage[] = [
  {
    what: 'an index is made without its template',
    file: 'function/src/opensearch/index-preparation.ts',
    replace: '(await putTemplate(table, ask)) ?? createIndex(path, ask)',
    by: 'createIndex(path, ask)',
    caughtBy: { file: PREPARATION_TEST, named: 'an absent index is made, after a template' },
  },
  {
    what: 'a template takes every index whose name begins so',
    file: 'function/src/opensearch/index-preparation.ts',
    replace: 'index_patterns: [table.index]',
    by: 'index_patterns: [`${table.index}*`]',
    caughtBy: { file: PREPARATION_TEST, named: 'an absent index is made, after a template' },
  },
  {
    what: 'the first write makes the index',
    file: 'function/src/delivery.ts',
    replace: 'if (fault !== undefined) return judgeAll(page, fault);',
    by: '',
    caughtBy: { file: PREPARATION_TEST, named: 'writes nothing while it cannot look' },
  },
  {
    what: 'an index that cannot be looked for is taken for one that is there',
    file: 'function/src/opensearch/index-preparation.ts',
    replace: "isStatus(found, 200) ? undefined : { kind: 'again', refusal: refusalIn(found) }",
    by: 'undefined',
    caughtBy: { file: PREPARATION_TEST, named: 'writes nothing while it cannot look' },
  },
  {
    what: 'an index is looked for before every request',
    file: 'function/src/opensearch/index-preparation.ts',
    replace: 'if (fault === undefined) ready.add(table);',
    by: '',
    caughtBy: { file: PREPARATION_TEST, named: 'looks for an index once' },
  },
  {
    what: 'two pages look for an index at the same time',
    file: 'function/src/opensearch/index-preparation.ts',
    replace: 'underWay.set(table, started);',
    by: '',
    caughtBy: { file: PREPARATION_TEST, named: 'also for two pages at the same time' },
  },
  {
    what: 'a failed look for an index is remembered for ever',
    file: 'function/src/opensearch/index-preparation.ts',
    replace: 'underWay.delete(table);',
    by: '',
    caughtBy: { file: PREPARATION_TEST, named: 'gets over faults of every step' },
  },
  {
    what: 'an index that is gone is not made anew',
    file: 'function/src/verdicts.ts',
    replace: "if (verdict.kind === 'index_missing') indexes.forget(operation.table);",
    by: '',
    caughtBy: { file: PREPARATION_TEST, named: 'one that is lost is made anew' },
  },
  {
    what: 'an index that another makes at the same moment is a fault',
    file: 'function/src/opensearch/index-preparation.ts',
    replace:
      "return fault?.refusal.type === 'resource_already_exists_exception' ? undefined : fault;",
    by: 'return fault;',
    caughtBy: { file: PREPARATION_TEST, named: 'that another makes at the same moment' },
  },
  {
    what: 'whole numbers are mapped as long',
    file: 'function/src/opensearch/index-definition.ts',
    replace: "match_mapping_type: 'long', mapping: { type: 'double' }",
    by: "match_mapping_type: 'long', mapping: { type: 'long' }",
    caughtBy: { file: DEFINITION_TEST, named: 'takes all numbers of DynamoDB' },
  },
  {
    what: 'a text that looks like a date is taken for one',
    file: 'function/src/opensearch/index-definition.ts',
    replace: 'date_detection: false',
    by: 'date_detection: true',
    caughtBy: { file: DEFINITION_TEST },
  },
  {
    what: 'one malformed field keeps a document out',
    file: 'function/src/opensearch/index-definition.ts',
    replace: "'index.mapping.ignore_malformed': true",
    by: "'index.mapping.ignore_malformed': false",
    caughtBy: { file: DEFINITION_TEST },
  },
  {
    what: 'documents may nest twenty levels',
    file: 'function/src/opensearch/index-definition.ts',
    replace: "'index.mapping.depth.limit': 40",
    by: "'index.mapping.depth.limit': 20",
    caughtBy: { file: DEFINITION_TEST, named: 'takes 32 levels' },
  },
  {
    what: 'another choice of attributes leaves the conversion as it was',
    file: 'function/src/opensearch/index-definition.ts',
    replace: '    attributes,\n',
    by: '',
    caughtBy: { file: DEFINITION_TEST, named: 'changes with what changes documents' },
  },
  {
    what: 'refresh is ignored',
    file: 'function/src/opensearch/bulk.ts',
    replace: '      ...(refresh && { refresh }),\n',
    by: '',
    caughtBy: { file: REFRESH_TEST, named: 'refresh' },
  },
  {
    what: 'auto forces a refresh at every event',
    file: 'function/src/opensearch/refresh.ts',
    replace: 'if (performance.now() - forced < SHORTEST_PAUSE_MILLISECONDS) return undefined;',
    by: '',
    caughtBy: { file: REFRESH_TEST, named: 'forces a refresh once a second at most' },
  },
  {
    what: 'auto forces a refresh for eleven records',
    file: 'function/src/opensearch/refresh.ts',
    replace: 'const FEW_RECORDS = 10;',
    by: 'const FEW_RECORDS = 11;',
    caughtBy: { file: REFRESH_TEST, named: 'does nothing for more than ten records' },
  },
  {
    what: 'OpenSearch Serverless is told to refresh',
    file: 'function/src/opensearch/refresh.ts',
    replace: "isServerless(authentication) || refresh === 'false'",
    by: "refresh === 'false'",
    caughtBy: { file: REFRESH_TEST, named: 'is never sent to OpenSearch Serverless' },
  },
  {
    what: 'the ingest pipeline is ignored',
    file: 'function/src/opensearch/bulk.ts',
    replace: '      ...(pipeline && { pipeline }),\n',
    by: '',
    caughtBy: {
      file: 'test/function/opensearch/refusals.test.ts',
      named: 'whose pipeline is missing',
    },
  },
];
