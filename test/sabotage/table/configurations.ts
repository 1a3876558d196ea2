import type { Sabotage } from '../sabotage.ts';

const PARSE_TEST = 'test/function/configuration/parse.test.ts';

/** Of checking the configuration, and of doing what it says. */
export const configurations: readonly Sabotage[] = [
  {
    what: 'only the first problem is told',
    file: 'function/src/configuration/parse.ts',
    replace: 'throw new InvalidConfiguration(source, problems);',
    by: 'throw new InvalidConfiguration(source, problems.slice(0, 1));',
    caughtBy: { file: PARSE_TEST, named: 'all problems there are stand in one message' },
  },
  {
    what: 'unknown fields are let pass',
    file: 'function/src/configuration/problems.ts',
    replace: 'if (!known.includes(name)) place',
    by: 'if (name === known.join()) place',
    caughtBy: { file: PARSE_TEST },
  },
  {
    what: 'http is let pass, wherever it leads',
    file: 'function/src/configuration/endpoint.ts',
    replace: "!(url.protocol === 'http:' && LOOPBACK.test(url.hostname))",
    by: "url.protocol !== 'http:'",
    caughtBy: { file: PARSE_TEST, named: 'is none' },
  },
  {
    what: 'a password in the endpoint is let pass',
    file: 'function/src/configuration/endpoint.ts',
    replace: "if (url.username !== '' || url.password !== '') {",
    by: "if (url.username !== '' && url.password === '') {",
    caughtBy: { file: PARSE_TEST, named: 'is none' },
  },
  {
    what: 'two tables may share an index',
    file: 'function/src/configuration/parse.ts',
    replace: '  reportSharedIndexes(place, fields);\n',
    by: '',
    caughtBy: { file: PARSE_TEST, named: 'tables that share an index' },
  },
  {
    what: 'include and exclude may stand together',
    file: 'function/src/configuration/table.ts',
    replace: 'if (include !== undefined && exclude !== undefined) {',
    by: 'if (include === null && exclude === null) {',
    caughtBy: { file: PARSE_TEST, named: 'include and exclude together' },
  },
  {
    what: 'an index may have a name with capitals',
    file: 'function/src/configuration/index-name.ts',
    replace: 'if (name !== name.toLowerCase())',
    by: 'if (name === name.toUpperCase())',
    caughtBy: { file: PARSE_TEST },
  },
  {
    what: 'where is ignored',
    file: 'function/src/core/operation.ts',
    replace: 'item !== undefined && isIndexed(item, target.table)',
    by: 'item !== undefined',
    caughtBy: { file: 'test/function/delivery.test.ts' },
  },
  {
    what: 'excluded attributes are indexed',
    file: 'function/src/core/document.ts',
    replace: 'table.include?.has(name) ?? !table.exclude.has(name)',
    by: 'table.include?.has(name) ?? true',
    caughtBy: { file: 'test/function/core/document.test.ts' },
  },
  {
    what: 'the log level is ignored',
    file: 'function/src/log.ts',
    replace: 'if (LEVELS.indexOf(level) < LEVELS.indexOf(minimum)) return;',
    by: '',
    caughtBy: { file: 'test/function/log.test.ts', named: 'the level' },
  },
];
