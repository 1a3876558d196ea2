import { counted } from '../../terminal/figures.ts';
import type { Course } from './course.ts';

const MOST_NAMED = 3;

/** What a run is about, in a word or a few: its tables. */
export const titleOf = ({ tables }: Pick<Course, 'tables'>): string =>
  tables.length > MOST_NAMED ? counted(tables.length, 'table') : tables.join(', ');
