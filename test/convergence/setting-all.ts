import type { Item } from '../../function/src/core/attribute-value.ts';

/** An update that sets attributes one by one, and takes away the one whose name is no path where it is none of them. */
export const settingAll = (attributes: Item) => {
  const entries = Object.entries(attributes);
  const set = `SET ${entries.map((_entry, at) => `#${at} = :${at}`).join(', ')}`;
  const names = Object.fromEntries(entries.map(([name], at) => [`#${at}`, name]));
  const isNoPath = attributes['no..path'] !== undefined;
  return {
    UpdateExpression: isNoPath ? set : `${set} REMOVE #gone`,
    ExpressionAttributeNames: isNoPath ? names : { ...names, '#gone': 'no..path' },
    ExpressionAttributeValues: Object.fromEntries(
      entries.map(([, value], at) => [`:${at}`, value]),
    ),
  };
};
