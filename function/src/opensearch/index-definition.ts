import { hash } from 'node:crypto';
import { type Fields, isFields } from '../core/json-value.ts';
import type { Table } from '../core/table.ts';

/** What an index is made with: settings by their full names, and mappings. */
export type IndexDefinition = { readonly settings: Fields; readonly mappings: Fields };

// DynamoDB nests 32 levels; a path has one more for each, and some are left for the user's own mappings.
const OUR_SETTINGS: Fields = {
  'index.mapping.depth.limit': 40,
  'index.mapping.ignore_malformed': true,
  'index.mapping.total_fields.limit': 10_000,
};

// As doubles, numbers of 38 digits, 9.9E+125, and 1 followed by 1.5 all index; the source keeps their digits.
const OUR_DYNAMIC_TEMPLATES: readonly Fields[] = [
  { integers: { match_mapping_type: 'long', mapping: { type: 'double' } } },
  { decimals: { match_mapping_type: 'double', mapping: { type: 'double' } } },
];

/** The definition of a table's index: one that takes every document which one mapping can take. */
export const indexDefinition = (table: Table): IndexDefinition => {
  const { dynamic_templates: templates, _meta: meta, ...mappings } = table.mappings;
  return {
    settings: { ...OUR_SETTINGS, ...fullNames(table.settings) },
    mappings: {
      date_detection: false,
      numeric_detection: false,
      ...mappings,
      // The first template that matches is taken: the user's come first.
      dynamic_templates: [...(Array.isArray(templates) ? templates : []), ...OUR_DYNAMIC_TEMPLATES],
      _meta: { ...(isFields(meta) ? meta : {}), dynamodb_to_opensearch: conversion(table) },
    },
  };
};

/** Settings by their full names: `{ index: { refresh_interval } }` and `refresh_interval` are one setting. */
const fullNames = (settings: Fields, prefix = ''): Fields =>
  Object.assign(
    {},
    ...Object.entries(settings).map(([name, value]) => {
      const path = prefix + name;
      if (isFields(value)) return fullNames(value, `${path}.`);
      return { [path.startsWith('index.') ? path : `index.${path}`]: value };
    }),
  );

/** What documents are made of and how; an index that was built otherwise needs a backfill. */
export const conversion = ({
  name,
  profile,
  where,
  include,
  exclude,
  partitionKey,
  sortKey,
}: Table) => {
  const conditions = [...where].map(([attribute, allowed]) => [attribute, [...allowed].sort()]);
  const attributes = { include: include && [...include].sort(), exclude: [...exclude].sort() };
  const text = JSON.stringify({
    profile,
    conditions: conditions.sort(),
    attributes,
    partitionKey,
    sortKey,
  });
  return { table: name, profile, conversion: hash('sha256', text).slice(0, 16) };
};
