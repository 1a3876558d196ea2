import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { expect, test } from 'vitest';
import { clientSettings } from './client-settings.ts';
import { startMoto } from './moto.ts';
import { processExists } from './process-exists.ts';
import { sharedServer } from './shared-server.ts';
import { temporaryDirectory } from './temporary-directory.ts';

test('moto keeps a parameter', async () => {
  const ssm = new SSMClient(clientSettings(await sharedServer('moto')));
  const Name = '/local-stack/parameter';
  await ssm.send(new PutParameterCommand({ Name, Value: 'value', Type: 'SecureString' }));
  const { Parameter } = await ssm.send(
    new GetParameterCommand({ Name: `${Name}:1`, WithDecryption: true }),
  );
  expect(Parameter).toMatchObject({ Value: 'value', Version: 1 });
}, 180_000);

test('a second moto runs beside the first and leaves no process', async () => {
  const moto = await startMoto();
  expect((await fetch(`${moto.url}/moto-api/data.json`)).status).toBe(200);
  await moto.stop();
  expect(processExists(moto.processId)).toBe(false);
}, 180_000);

test('a missing Python is one sentence with the cure', async () => {
  const environment = { PATH: temporaryDirectory(), XDG_CACHE_HOME: temporaryDirectory() };
  await expect(startMoto(environment)).rejects.toThrow(
    /^The tests run against moto, .* no python3 was found in PATH: install it .* and run the command again\.$/,
  );
});
