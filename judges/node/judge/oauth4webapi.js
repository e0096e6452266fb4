// Judges an authorization server with oauth4webapi. What is on standard input says where it is and which clients it knows.

import { read, run } from './cases.js';
import { bound } from './webapi/bound.js';
import { devices } from './webapi/devices.js';
import { lives } from './webapi/lives.js';
import { registration } from './webapi/registration.js';
import { services } from './webapi/services.js';
import { users } from './webapi/users.js';

const world = read();
const groups = { services, users, bound, devices, lives, registration };
for (const [name, group] of Object.entries(groups)) {
  if (!world.only || world.only.includes(name)) {
    await run(group(world));
  }
}
