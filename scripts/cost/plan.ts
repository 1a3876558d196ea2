/** What is to be paid for. */
export interface Plan {
  readonly region: string;
  /** Of all tables together. */
  readonly changesPerDay: number;
  /** Hours of a day in which they come, evenly. */
  readonly activeHours: number;
  /** Of an item, 1,000 bytes each. */
  readonly itemKilobytes: number;
  readonly tables: number;
  /** Of each table's stream. */
  readonly shards: number;
  readonly batchSize: number;
  readonly windowSeconds: number;
  readonly memoryMegabytes: number;
  readonly architecture: 'arm64' | 'x86_64';
  /** Items of all tables together, where they are verified every night; 0 where they are not. */
  readonly items: number;
}

/** Days of a month, and its hours, as bills reckon: a twelfth of a year. */
export const DAYS = 365 / 12;
export const HOURS = DAYS * 24;
