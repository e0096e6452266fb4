// Judges a server of GraphQL over HTTP with the audits of graphql-http. What is on standard input says where it is.

import dns from 'node:dns';
import { serverAudits } from 'graphql-http';
import { read } from './cases.js';

// Names below localhost are this machine (RFC 6761), of which Node leaves the system to decide.
const lookup = dns.lookup;
dns.lookup = (name, ...more) => lookup(name.endsWith('.localhost') ? 'localhost' : name, ...more);

const world = read();
for (const audit of serverAudits({ url: world.url, fetchFn: fetch })) {
  const found = await audit.fn();
  // A MAY that is not met is a notice, a SHOULD a warning: nothing but "ok" passes.
  const passed = found.status === 'ok';
  const message = passed ? '' : `${found.status}: ${found.reason}`;
  console.log(JSON.stringify({ name: `${audit.id} ${audit.name}`, passed, message }));
}
