import { expect, test } from 'vitest';
import { hindranceNote } from '../../../scripts/operator/hindrance-note.ts';

test('it says what is waited for and for how long, until the work goes on', () => {
  const { tell, text } = hindranceNote();
  expect(text()).toBeUndefined();
  tell('OpenSearch: http_503', 90_500);
  expect(text()).toBe('OpenSearch: http_503, gives up in 1 min 30 s');
  tell(undefined);
  expect(text()).toBeUndefined();
});
