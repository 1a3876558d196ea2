import { parseJson } from '../core/json-value.ts';
import { type ObjectLocation, readObjectIfThere } from './objects.ts';

/** The value of an object of JSON; undefined where there is none. @throws ServiceError */
export const readObjectJson = async (location: ObjectLocation): Promise<unknown> =>
  parseJson((await readObjectIfThere(location)) ?? '');
