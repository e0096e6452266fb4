// Judges a server of GraphQL over HTTP with the audits of graphql-http. What is on standard input says where it is.

import { serverAudits } from 'graphql-http';
import { read } from './cases.js';

const world = read();
for (const audit of serverAudits({ url: world.url, fetchFn: fetch })) {
  const found = await audit.fn();
  // A MAY that is not met is a notice, a SHOULD a warning: nothing but "ok" passes.
  const passed = found.status === 'ok';
  console.log(JSON.stringify({ name: `${audit.id} ${audit.name}`, passed, message: passed ? '' : `${found.status}: ${found.reason}` }));
}
