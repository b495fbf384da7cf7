import { afterEach, expect, test } from '@jest/globals';
import { readPort } from '../../simulators/read-port.ts';

const NAME = 'SAMPLE_PORT';

afterEach(() => {
  delete process.env.SAMPLE_PORT;
});

test.each([
  ['', 3001],
  ['0', 0],
  ['65535', 65_535],
])('the port "%s" is read as %d', (text, port) => {
  process.env.SAMPLE_PORT = text;
  expect(readPort(NAME, 3001)).toBe(port);
});

test.each(['99999', '-1', '3001.5', 'http', ' 80'])(
  'the port "%s" is refused by the name of its setting',
  (text) => {
    process.env.SAMPLE_PORT = text;
    expect(() => readPort(NAME, 3001)).toThrow(
      `SAMPLE_PORT must be a port, a whole number from 0 to 65535, and is ${text}.`,
    );
  },
);
