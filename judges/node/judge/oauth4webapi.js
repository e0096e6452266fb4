// Judges an authorization server with oauth4webapi. What is on standard input says where it is and which clients it knows.

import { read, run } from './cases.js';
import { bound } from './webapi/bound.js';
import { devices } from './webapi/devices.js';
import { lives } from './webapi/lives.js';
import { pushing } from './webapi/pushing.js';
import { registration } from './webapi/registration.js';
import { services } from './webapi/services.js';
import { tls } from './webapi/tls.js';
import { users } from './webapi/users.js';

const world = read();
const groups = { services, users, pushing, bound, devices, lives, registration, tls };
for (const [name, group] of Object.entries(groups)) {
  if (world.groups.includes(name)) {
    await run(group(world));
  }
}
