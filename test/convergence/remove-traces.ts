import { secretArn } from './configuration.ts';
import type { Setting } from './setting.ts';

/** Removes what a world leaves behind on its site. */
export const removeTraces = async ({ name, site }: Setting): Promise<void> => {
  await fetch(`${site.node.url}/${name}*`, { method: 'DELETE' });
  await fetch(`${site.node.url}/_index_template/${name}*`, { method: 'DELETE' });
  const { objects, parameters, secrets } = site.aws;
  for (const key of objects.keys()) if (key.startsWith(`${name}/`)) objects.delete(key);
  for (const parameter of parameters.keys())
    if (parameter.startsWith(name)) parameters.delete(parameter);
  secrets.delete(secretArn(name));
};
