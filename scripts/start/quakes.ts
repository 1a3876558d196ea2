import type { Item } from '../../function/src/core/attribute-value.ts';
import { grouped } from '../terminal/figures.ts';
import { readDataSet } from './data-set.ts';
import { attributes, type PlainValue } from './plain-value.ts';
import type { Random, SampleTable } from './sample-table.ts';

/** 1,707 earthquakes of one week: a numeric key, GeoJSON's nested maps and lists, sets of strings, packed coordinates. */
export const quakes = (): SampleTable => ({
  name: 'Quakes',
  index: 'quakes',
  keys: [{ name: 'time', type: 'N' }],
  items: (readDataSet('earthquakes.json') as FeatureCollection).features.map(itemOf),
  titleOf: (item) => item['properties']?.M?.['title']?.S ?? '',
  change: report,
  probe: (marker) => attributes({ time: 0, marker }),
  search: {
    query: 'properties.mag:>6',
    describe: (source) => (source as Feature).properties.title,
  },
});

type FeatureCollection = { readonly features: readonly Feature[] };

type Feature = {
  readonly id: string;
  readonly properties: {
    /** Milliseconds since 1970, of no two earthquakes the same. */
    readonly time: number;
    readonly title: string;
    /** Between commas, and one more at either end. */
    readonly types: string;
    readonly [name: string]: PlainValue;
  };
  readonly geometry: { readonly type: 'Point'; readonly coordinates: readonly number[] };
};

const itemOf = ({ id, properties, geometry }: Feature): Item =>
  attributes({
    time: properties.time,
    id,
    properties,
    geometry,
    products: new Set(properties.types.split(',').filter((type) => type !== '')),
    position: new Uint8Array(Float64Array.from(geometry.coordinates).buffer),
  });

const report = (item: Item, random: Random) => {
  const properties = item['properties']?.M ?? {};
  const before = Number(properties['felt']?.N ?? 0);
  const after = before + 1 + Math.floor(random() * 9);
  return {
    item: { ...item, properties: { M: { ...properties, felt: { N: String(after) } } } },
    description: `felt by ${grouped(before)} → ${grouped(after)}`,
  };
};
