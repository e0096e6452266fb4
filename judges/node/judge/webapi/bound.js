// Tokens that are bound to a key (RFC 9449), with nonces where the server asks for them.

import { calculateJwkThumbprint } from 'jose';
import * as oauth from 'oauth4webapi';

import { equal, expect, refused } from '../cases.js';
import { discover, http, judged, Party } from './party.js';

export function bound(world) {
  const { clients, issuer, audience, scope } = world;
  const party = async (client) => new Party(await discover(issuer), client, world);
  const proving = async (by, alg = 'ES256') => {
    const keys = await oauth.generateKeyPair(alg, { extractable: true });
    const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', keys.publicKey);
    return { DPoP: oauth.DPoP(by.client, keys), jkt: await calculateJwkThumbprint({ kty, crv, x, y }) };
  };
  const holds = async (by, tokens, jkt) => {
    equal(tokens.token_type, 'dpop', 'token_type');
    const payload = JSON.parse(Buffer.from(tokens.access_token.split('.')[1], 'base64url'));
    equal(payload.cnf?.jkt, jkt, 'cnf.jkt');
  };
  return {
    'client credentials bound to a key': async () => {
      const by = await party(clients.service);
      const { DPoP, jkt } = await proving(by);
      await holds(by, await by.credentials({ scope, ...world.asking }, { DPoP }), jkt);
    },
    'client credentials bound to a key, with a nonce': async () => {
      const by = await party(clients.nonceService);
      const { DPoP, jkt } = await proving(by);
      await holds(by, await by.credentials({ scope, ...world.asking }, { DPoP }), jkt);
    },
    'the first proof without a nonce is refused with use_dpop_nonce': async () => {
      const by = await party(clients.nonceService);
      const { DPoP } = await proving(by);
      const error = await refused('use_dpop_nonce', async () =>
        oauth.processClientCredentialsResponse(by.server, by.client, await oauth.clientCredentialsGrantRequest(
          by.server, by.client, await by.authentication, { scope, ...world.asking }, { ...http, DPoP })));
      equal(error.status, 400, 'status');
      expect(oauth.isDPoPNonceError(error), 'the library should see a nonce error');
    },
    'a bound client gets nothing without a proof': async () => {
      const by = await party(clients.nonceService);
      await refused(['invalid_request', 'invalid_grant', 'invalid_dpop_proof'], () => by.credentials({ scope, ...world.asking }));
    },
    'a proof is good once': async () => {
      const by = await party(clients.service);
      const { DPoP } = await proving(by);
      let used;
      const keep = async (url, options) => {
        const dpop = used ?? options.headers.dpop;
        const response = await fetch(url, { ...options, headers: { ...options.headers, dpop } });
        used = response.ok ? dpop : used;
        return response;
      };
      const more = { DPoP, [oauth.customFetch]: keep };
      await by.credentials({ scope, ...world.asking }, more);
      await refused(['invalid_dpop_proof', 'invalid_grant'], () => by.credentials({ scope, ...world.asking }, more));
    },
    'a code, user info and a refresh bound to a key, with nonces': async () => {
      const by = await party(clients.nonceApp);
      const { DPoP, jkt } = await proving(by);
      const tokens = await by.login(`openid ${scope}`, { DPoP });
      equal(tokens.token_type, 'dpop', 'token_type');
      equal((await by.userInfo(tokens.access_token, world.subject, { DPoP })).sub, world.subject, 'sub');
      const next = await by.refresh(tokens.refresh_token, { DPoP });
      equal(next.token_type, 'dpop', 'token_type');
      const introspected = await (await party(clients.service)).introspect(next.access_token);
      equal(introspected.cnf?.jkt, jkt, 'cnf.jkt');
    },
    'a code that names its key is of no use to another': async () => {
      const by = await party(clients.nonceApp);
      const mine = await proving(by);
      const { kept, parameters } = await by.asking(scope, { dpop_jkt: mine.jkt });
      const callback = oauth.validateAuthResponse(by.server, by.client, await by.visited(parameters), kept.state);
      const theirs = await proving(by);
      await refused(['invalid_grant', 'invalid_dpop_proof'], () => by.redeem(callback, kept, { DPoP: theirs.DPoP }));
    },
    'a refresh token of a client without a secret is of no use with another key': async () => {
      const by = await party(clients.nonceApp);
      const mine = await proving(by);
      const tokens = await by.login(scope, { DPoP: mine.DPoP });
      const theirs = await proving(by);
      await refused(['invalid_dpop_proof', 'invalid_grant'], () => by.refresh(tokens.refresh_token, { DPoP: theirs.DPoP }));
    },
    'a resource server accepts a bound token with its proof': async () => {
      const by = await party(clients.service);
      const { DPoP, jkt } = await proving(by);
      const tokens = await by.credentials({ scope, ...world.asking }, { DPoP });
      let seen;
      await oauth.protectedResourceRequest(tokens.access_token, 'GET', new URL('http://127.0.0.1/orders'), undefined, undefined, {
        ...http,
        DPoP,
        [oauth.customFetch]: async (url, { headers }) => {
          seen = await oauth.validateJwtAccessToken(
            by.server, new Request(url, { headers }), audience, { ...http, requireDPoP: true });
          return new Response();
        },
      });
      equal(seen.cnf.jkt, jkt, 'cnf.jkt');
      const bare = await judged(by.server, tokens.access_token, audience).then(() => undefined, (e) => e);
      expect(bare, 'without its proof the token should be refused');
    },
  };
}
