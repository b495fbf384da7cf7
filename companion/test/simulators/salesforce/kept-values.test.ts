import { expect, test } from '@jest/globals';
import { openSimulator } from './open-simulator.ts';

test('an address of mail is kept in small letters, whatever was sent', async () => {
  const org = await openSimulator();
  const body = { LastName: 'Myers', Email: 'Chloe.Myers@Example.com' };
  await org.call('/sobjects/Contact', { method: 'POST', user: 'admin', body });
  const found = await org.rows("SELECT Email FROM Contact WHERE Email = 'CHLOE.myers@example.com'");
  expect(found).toMatchObject([{ Email: 'chloe.myers@example.com' }]);
  await org.close();
});
