import { join } from 'node:path';

/** The function's archive, which `npm run build` makes and Lambda runs. */
export const FUNCTION_ARCHIVE = join(
  import.meta.dirname,
  '../../../modules/sync/dist/function.zip',
);
