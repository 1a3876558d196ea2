import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A JSON file of the npm package vega-datasets, parsed but not checked: its version is locked. */
export const readDataSet = (name: 'movies.json' | 'earthquakes.json'): unknown =>
  JSON.parse(readFileSync(fileURLToPath(new URL(name, directory)), 'utf8'));

// Its exports cover a module that fetches from the web, not the files.
const directory = new URL('../data/', import.meta.resolve('vega-datasets'));
