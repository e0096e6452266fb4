// Judges an authorization server with openid-client. What is on standard input says where it is and which clients it knows.

import { read, run } from './cases.js';
import { services } from './client/services.js';
import { users } from './client/users.js';

const world = read();
const groups = { services, users };
for (const [name, group] of Object.entries(groups)) {
  if (world.groups.includes(name)) {
    await run(group(world));
  }
}
