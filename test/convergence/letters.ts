import type { FollowedTable } from './followed-table.ts';
import type { Setting } from './setting.ts';

/** An object of the dead letters' bucket, and the records of one table in it, by the ids of their documents. */
export type LetterObject = {
  /** Lambda's own objects stay whole until all of them is settled, the function's shrink. */
  readonly isOfLambda: boolean;
  readonly records: readonly { readonly id: string; readonly record: unknown }[];
};

/** The objects with records of a table. */
export const letterObjectsOf = (table: FollowedTable, setting: Setting): readonly LetterObject[] =>
  [...setting.site.aws.objects]
    .filter(([key]) => key.startsWith(`${setting.name}/`))
    .map(([key, body]) =>
      key.startsWith(`${setting.name}/aws/lambda/`)
        ? { isOfLambda: true, records: givenUp(body.toString(), table) }
        : { isOfLambda: false, records: rejected(body.toString(), table) },
    )
    .filter(({ records }) => records.length > 0);

type Letter = { readonly table: string; readonly id: string; readonly record: unknown };

const rejected = (text: string, { name }: FollowedTable): LetterObject['records'] =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line): Letter => JSON.parse(line))
    .filter(({ table }) => table === name);

type Record = { readonly dynamodb: { readonly SequenceNumber: string } };

const givenUp = (text: string, { name, stream }: FollowedTable): LetterObject['records'] => {
  const { payload }: { payload: string } = JSON.parse(text);
  const { Records: records }: { Records: readonly Record[] } = JSON.parse(payload);
  if (!payload.includes(`:table/${name}/`)) return [];
  return records.map((record) => {
    const { SequenceNumber: number } = record.dynamodb;
    const placed = stream.records.find((one) => one.record.sequenceNumber === number);
    return { id: placed?.id ?? '', record };
  });
};
