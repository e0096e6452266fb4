// Authorization requests that are pushed (RFC 9126), by clients that may not do without.

import * as oauth from 'oauth4webapi';

import { equal, expect, refused } from '../cases.js';
import { discover, judged, Party } from './party.js';

export function pushing(world) {
  const { clients, issuer, audience, scope } = world;
  const party = async () => new Party(await discover(issuer), clients.pushed, world);
  return {
    'a pushed request': async () => {
      const by = await party();
      const { kept, parameters } = await by.asking(scope, world.asking);
      const { request_uri: request } = await by.push(parameters);
      const short = new URLSearchParams({ client_id: by.client.client_id, request_uri: request });
      const url = await by.visited(short);
      const tokens = await by.redeem(oauth.validateAuthResponse(by.server, by.client, url, kept.state), kept);
      equal((await judged(by.server, tokens.access_token, audience)).sub, world.subject, 'sub');
    },
    'a client that must push cannot do without': async () => {
      const by = await party();
      const { kept, parameters } = await by.asking(scope);
      const url = await by.visited(parameters);
      await refused('invalid_request', () => oauth.validateAuthResponse(by.server, by.client, url, kept.state));
    },
    'a pushed request is good for its client only': async () => {
      const by = await party();
      const { parameters } = await by.asking(scope);
      const { request_uri: request } = await by.push(parameters);
      const other = new Party(by.server, { ...clients.web, redirect: by.redirect }, world);
      const short = new URLSearchParams({ client_id: other.client.client_id, request_uri: request });
      const url = await other.visited(short).catch(() => undefined);
      expect(!url?.searchParams.has('code'), 'no code should come');
    },
  };
}
