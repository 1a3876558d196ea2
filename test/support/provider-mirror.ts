import { existsSync, globSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * The directory of a filesystem mirror that holds the aws provider, where somebody has put one on this
 * machine, as is done where the registry cannot be reached; undefined elsewhere.
 */
export const findProviderMirror = (): string | undefined =>
  USUAL_PLACES.flatMap((pattern) => globSync(pattern)).find((path) =>
    existsSync(join(path, 'registry.terraform.io/hashicorp/aws')),
  );

// Where terraform itself looks, if nobody tells it: https://developer.hashicorp.com/terraform/cli/config/config-file
// (Implied Local Mirror Directories); and where people put what they tell it of. A plugin cache is not
// among them: it has what somebody has used, of whatever version.
const USUAL_PLACES = [
  join(homedir(), '.terraform.d/{plugins,mirror,mirrors,providers}'),
  join(homedir(), '.local/share/terraform/*'),
  '/{usr,usr/local}/share/terraform/*',
  join(homedir(), 'Library/Application Support/io.terraform/plugins'),
  '/Library/Application Support/io.terraform/plugins',
  '/{opt,srv}/*',
  '/{opt,srv}/terraform/*',
];
