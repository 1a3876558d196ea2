/** Headings of docs/operations.md that say more than fits below a check: the first ones are alarms, too. */
export const HEADINGS = [
  'The function falls behind',
  'Records are dead-lettered',
  'Records come again',
  'Nothing is received although the table is written',
  'The keys are not those of the table',
  'The stream has no new images',
  'The index was built with other settings',
  'The mapping differs from the definition',
  'Documents that the mapping will not take',
  'Values that OpenSearch ignored',
  'The index is near its limit of fields',
  'Versions lie in the future',
  'OpenSearch does not keep the version rules',
] as const;

/** One of them. */
export type Heading = (typeof HEADINGS)[number];
