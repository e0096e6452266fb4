// The device grant (RFC 8628).

import * as oauth from 'oauth4webapi';

import { Browser } from '../browser.js';
import { equal, expect, refused } from '../cases.js';
import { discover, judged, Party } from './party.js';

export function devices(world) {
  const { clients, issuer, audience, scope } = world;
  const started = async () => {
    const by = new Party(await discover(issuer), clients.device, world);
    const device = await by.asked(
      (as, options) => oauth.deviceAuthorizationRequest(by.server, by.client, as, { scope, ...world.asking }, options),
      (response) => oauth.processDeviceAuthorizationResponse(by.server, by.client, response));
    const poll = () => by.asked(
      (as, options) => oauth.deviceCodeGrantRequest(by.server, by.client, as, device.device_code, options),
      (response) => oauth.processDeviceCodeResponse(by.server, by.client, response));
    return { by, device, poll };
  };
  return {
    'a device waits until the user has agreed': async () => {
      const { by, device, poll } = await started();
      await refused('authorization_pending', poll);
      await new Browser().go(device.verification_uri_complete, world.user);
      const tokens = await settled(device, poll);
      equal((await judged(by.server, tokens.access_token, audience)).sub, world.subject, 'sub');
      await refused('invalid_grant', poll);
    },
    'a user types the code': async () => {
      const { device, poll } = await started();
      await new Browser().go(device.verification_uri, { ...world.user, user_code: device.user_code });
      expect((await settled(device, poll)).access_token, 'a token should come');
    },
    'a user who says no ends the waiting': async () => {
      const { device, poll } = await started();
      await new Browser().go(device.verification_uri_complete, world.refusing);
      await refused('access_denied', () => settled(device, poll));
    },
    'a device code that nobody gave out is refused': async () => {
      const { by } = await started();
      await refused('invalid_grant', () => by.generic('urn:ietf:params:oauth:grant-type:device_code', { device_code: 'x'.repeat(43) }));
    },
  };
}

// Asks again at the pace that the server set, a little slower when told.
async function settled(device, poll) {
  let interval = device.interval ?? 5;
  for (let tries = 0; tries < 4; tries += 1) {
    await new Promise((done) => { setTimeout(done, interval * 1000); });
    try {
      return await poll();
    } catch (e) {
      if (e.error === 'slow_down') {
        interval += 5;
      } else if (e.error !== 'authorization_pending') {
        throw e;
      }
    }
  }
  throw new Error('still pending after 4 tries');
}
