// Runs named cases one after the other, and prints a line of JSON for each.

import { readFileSync } from 'node:fs';

// What the caller says on standard input.
export function read() {
  return JSON.parse(readFileSync(0, 'utf8'));
}

export async function run(cases) {
  for (const [name, body] of Object.entries(cases)) {
    try {
      await body();
      console.log(JSON.stringify({ name, passed: true }));
    } catch (error) {
      console.log(JSON.stringify({ name, passed: false, message: told(error) }));
    }
  }
}

// Errors of these libraries keep what the server said in `cause`.
function told(error) {
  const said = error.cause instanceof Error ? `${error.cause.name}: ${error.cause.message}` : JSON.stringify(error.cause);
  const where = (error.stack ?? '').split('\n').find((line) => line.includes('/judge/'))?.trim() ?? '';
  return [`${error.name}: ${error.message}`, error.error_description, said, where].filter(Boolean).join(' | ');
}

export function expect(condition, message) {
  if (!condition) {
    throw new Error(message);
  }
}

export function equal(actual, expected, what) {
  expect(actual === expected, `${what} should be ${JSON.stringify(expected)}, but was ${JSON.stringify(actual)}`);
}

// The OAuth error that a call must end with, or one of several where the RFCs leave a choice.
export async function refused(errors, call) {
  let answer;
  try {
    answer = await call();
  } catch (e) {
    const error = e.error ?? (await said(e.response));
    if ([errors].flat().includes(error)) {
      return e;
    }
    throw e;
  }
  throw new Error(`should be refused with ${errors}, but was answered with ${Object.keys(answer ?? {})}`);
}

// Where there is a challenge in the header, the libraries leave the body unread.
async function said(response) {
  return response && !response.bodyUsed ? (await response.json().catch(() => ({}))).error : undefined;
}
