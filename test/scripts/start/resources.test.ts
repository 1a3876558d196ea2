import { expect, test } from 'vitest';
import { createResources } from '../../../scripts/start/resources.ts';

test('everything is stopped once, even when something cannot be', async () => {
  const resources = createResources();
  const stopped: string[] = [];
  resources.add(async () => void stopped.push('one'));
  resources.add(async () => {
    throw new Error('no');
  });
  resources.add(async () => void stopped.push('two'));
  await resources.stop();
  await resources.stop();
  expect(stopped).toEqual(['one', 'two']);
});
