import {
  differencesIn,
  type VerificationCounts,
} from '../../../function/src/operator/verify/verification.ts';
import { counted, grouped, spoken } from '../../terminal/figures.ts';

/** What is known of a verification under way. */
export type Course = {
  readonly table: string;
  readonly counts: VerificationCounts;
  /** How many items the table has, by DynamoDB's last count; undefined where it does not say. */
  readonly expectedItems: number | undefined;
  /** In the last while. */
  readonly itemsPerSecond: number;
  /** What keeps it from going on. */
  readonly hindrance?: string | undefined;
};

/** How far a verification is, in a line or two; before them what it waits for. */
export const progressLines = (course: Course): readonly string[] => {
  const { table, counts, hindrance } = course;
  const found = differencesIn(counts);
  const notes = [
    ...(found > 0 ? [`${counted(found, 'difference')} so far`] : []),
    ...(counts.waiting > 0 ? [`${grouped(counts.waiting)} to be looked at again`] : []),
    ...(counts.repaired > 0 ? [`${grouped(counts.repaired)} repaired`] : []),
  ];
  return [
    ...(hindrance === undefined ? [] : [`${table}  waiting: ${hindrance}`]),
    `${table}: ${phaseLine(course)}`,
    ...(notes.length > 0 ? [`  ${notes.join(', ')}`] : []),
  ];
};

/** How far a verification was that ends before its end, in a sentence. */
export const standingLine = (table: string, counts: VerificationCounts): string => {
  const found = differencesIn(counts);
  const differences = found === 0 ? 'no difference' : counted(found, 'difference');
  return `The verification of ${table} ended early: ${counted(counts.items, 'item')} and ${counted(counts.documents, 'document')} were read, ${differences} found until then. Nothing is kept of it: it begins anew.`;
};

const phaseLine = (course: Course): string => {
  const { counts, expectedItems, itemsPerSecond } = course;
  switch (counts.phase) {
    case 'items':
      return `${share(counts.items, expectedItems)} items, ${grouped(itemsPerSecond)}/s${timeLeft(course)}`;
    case 'documents':
      return `${grouped(counts.items)} items, ${share(counts.documents, counts.items)} documents`;
    case 'suspects':
      return `${grouped(counts.items)} items, ${grouped(counts.documents)} documents`;
  }
};

const share = (done: number, all: number | undefined): string =>
  all === undefined || all < done ? grouped(done) : `${grouped(done)} of ${grouped(all)}`;

const timeLeft = ({ counts, expectedItems = 0, itemsPerSecond }: Course): string => {
  const left = expectedItems - counts.items;
  if (left <= 0 || itemsPerSecond === 0) return '';
  return `, ${spoken((left / itemsPerSecond) * 1000)} left`;
};
