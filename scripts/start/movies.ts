import { hash } from 'node:crypto';
import type { Item } from '../../function/src/core/attribute-value.ts';
import { grouped } from '../terminal/figures.ts';
import { readDataSet } from './data-set.ts';
import { attributes, type PlainValue } from './plain-value.ts';
import type { Random, SampleTable } from './sample-table.ts';

/** 3,201 films with a sort key, sets of strings and binary digests. */
export const movies = (): SampleTable => ({
  name: 'Movies',
  index: 'movies',
  keys: [
    { name: 'Title', type: 'S' },
    { name: 'Release Date', type: 'S' },
  ],
  items: (readDataSet('movies.json') as readonly Movie[]).map(itemOf),
  titleOf: (item) => item['Title']?.S ?? '',
  change: vote,
  probe: (marker) =>
    attributes({ Title: 'Probe of npm start', 'Release Date': '1970-01-01', marker }),
  search: { query: 'Title:moon', describe: (source) => String((source as Movie).Title) },
});

type Movie = {
  readonly Title: string | number | null;
  readonly 'Release Date': string;
  readonly [name: string]: PlainValue;
};

const itemOf = (movie: Movie): Item => ({
  ...attributes({
    ...movie,
    // Titles such as 300 are numbers there, and that of the film "Unknown" is null.
    Title: String(movie.Title ?? 'Unknown'),
    'Release Date': isoDate(movie['Release Date']),
    SHA1: Buffer.from(hash('sha1', JSON.stringify(movie)), 'hex'),
  }),
  ...tagsOf(movie),
});

// "Jun 12 1998" sorts as nobody wants it.
const isoDate = (text: string): string => new Date(`${text} UTC`).toISOString().slice(0, 10);

// DynamoDB holds no empty set.
const tagsOf = (movie: Movie): Item => {
  const tags = [movie['Major Genre'], movie['Creative Type'], movie['Source']].filter(
    (tag) => typeof tag === 'string',
  );
  return tags.length === 0 ? {} : attributes({ Tags: new Set(tags) });
};

const vote = (item: Item, random: Random) => {
  const before = Number(item['IMDB Votes']?.N ?? 0);
  const after = before + 1 + Math.floor(random() * 9);
  return {
    item: { ...item, 'IMDB Votes': { N: String(after) } },
    description: `IMDB Votes ${grouped(before)} → ${grouped(after)}`,
  };
};
