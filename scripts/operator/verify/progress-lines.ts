import {
  differencesIn,
  type VerificationCounts,
} from '../../../function/src/operator/verify/verification.ts';
import { grouped } from '../../terminal/style.ts';

/** What is known of a verification under way. */
export type Course = {
  readonly table: string;
  readonly counts: VerificationCounts;
  /** How many items the table has, by DynamoDB's last count; undefined where it does not say. */
  readonly expectedItems: number | undefined;
  readonly seconds: number;
};

/** How far a verification is, in a line or two. */
export const progressLines = (course: Course): readonly string[] => {
  const { table, counts } = course;
  const found = differencesIn(counts);
  const notes = [
    ...(found > 0 ? [`${counted(found, 'difference')} so far`] : []),
    ...(counts.waiting > 0 ? [`${grouped(counts.waiting)} to be looked at again`] : []),
    ...(counts.repaired > 0 ? [`${grouped(counts.repaired)} repaired`] : []),
  ];
  return [`${table}: ${phaseLine(course)}`, ...(notes.length > 0 ? [`  ${notes.join(', ')}`] : [])];
};

const phaseLine = ({ counts, expectedItems, seconds }: Course): string => {
  switch (counts.phase) {
    case 'items': {
      const rate = counts.items / Math.max(seconds, 0.001);
      return `${share(counts.items, expectedItems)} items, ${grouped(Math.round(rate))}/s${timeLeft(counts.items, expectedItems, rate)}`;
    }
    case 'documents':
      return `${grouped(counts.items)} items, ${share(counts.documents, counts.items)} documents`;
    case 'suspects':
      return `${grouped(counts.items)} items, ${grouped(counts.documents)} documents`;
  }
};

const share = (done: number, all: number | undefined): string =>
  all === undefined || all < done ? grouped(done) : `${grouped(done)} of ${grouped(all)}`;

const timeLeft = (done: number, all: number | undefined, rate: number): string => {
  if (all === undefined || all <= done || rate < 1) return '';
  const seconds = Math.ceil((all - done) / rate);
  return seconds < 120 ? `, ${seconds} s left` : `, ${Math.ceil(seconds / 60)} min left`;
};

/** A number and what is counted, in the plural where that is one. */
export const counted = (count: number, what: string): string =>
  `${grouped(count)} ${what}${count === 1 ? '' : 's'}`;
