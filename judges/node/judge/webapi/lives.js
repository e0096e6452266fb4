// What becomes of tokens: introspection, revocation, exchange, assertions.

import { importJWK, SignJWT } from 'jose';
import { randomUUID } from 'node:crypto';

import { equal, expect, refused } from '../cases.js';
import { discover, Party } from './party.js';

const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';

export function lives(world) {
  const { clients, issuer, scope } = world;
  const party = async (client) => new Party(await discover(issuer), client, world);
  return {
    'introspection of a good token': async () => {
      const by = await party(clients.web);
      const tokens = await by.login(scope);
      const said = await by.introspect(tokens.access_token);
      equal(said.active, true, 'active');
      equal(said.client_id, clients.web.id, 'client_id');
      equal(said.scope, scope, 'scope');
      equal(said.sub, world.subject, 'sub');
      expect(said.exp > Date.now() / 1000, 'exp should be ahead');
    },
    'introspection of what is no token': async () => {
      const said = await (await party(clients.web)).introspect('no token');
      equal(JSON.stringify(said), '{"active":false}', 'answer');
    },
    'a revoked access token is not active': async () => {
      const by = await party(clients.web);
      const tokens = await by.login(scope);
      await by.revoke(tokens.access_token);
      equal((await by.introspect(tokens.access_token)).active, false, 'active');
    },
    'a revoked refresh token gets nothing': async () => {
      const by = await party(clients.web);
      const tokens = await by.login(scope);
      await by.revoke(tokens.refresh_token);
      await refused('invalid_grant', () => by.refresh(tokens.refresh_token));
      equal((await by.introspect(tokens.access_token)).active, false, 'active');
    },
    'a token that nobody knows can be revoked': async () => {
      await (await party(clients.web)).revoke('no token');
    },
    'a token of a user is exchanged for one of the next service': async () => {
      const user = await (await party(clients.web)).login(scope);
      const by = await party(clients.exchange);
      const tokens = await by.generic(EXCHANGE, {
        subject_token: user.access_token, subject_token_type: ACCESS_TOKEN, scope, ...world.exchanging,
      });
      equal(tokens.issued_token_type, ACCESS_TOKEN, 'issued_token_type');
      const said = await by.introspect(tokens.access_token);
      equal(said.sub, world.subject, 'sub');
      equal(said.client_id, clients.exchange.id, 'client_id');
    },
    'an exchange gets no more scopes than there were': async () => {
      const user = await (await party(clients.web)).login(scope);
      const by = await party(clients.exchange);
      await refused('invalid_scope', () => by.generic(EXCHANGE, {
        subject_token: user.access_token, subject_token_type: ACCESS_TOKEN, scope: world.wider, ...world.exchanging,
      }));
    },
    'an exchange of what is no token is refused': async () => {
      const by = await party(clients.exchange);
      await refused(['invalid_request', 'invalid_grant'], () => by.generic(EXCHANGE, {
        subject_token: 'no token', subject_token_type: ACCESS_TOKEN, scope,
      }));
    },
    'an assertion of a trusted issuer gets a token': async () => {
      const by = await party(clients.exchange);
      const tokens = await by.generic(BEARER, { assertion: await assertion(world), scope });
      equal((await by.introspect(tokens.access_token)).sub, world.subject, 'sub');
    },
    'an assertion for somebody else is refused': async () => {
      const by = await party(clients.exchange);
      await refused('invalid_grant', async () =>
        by.generic(BEARER, { assertion: await assertion(world, 'https://other.example'), scope }));
    },
  };
}

async function assertion({ trusted: { issuer: from, jwk, alg }, issuer, subject }, audience = issuer) {
  return new SignJWT({})
    .setProtectedHeader({ alg, kid: jwk.kid })
    .setIssuer(from).setSubject(subject).setAudience(audience)
    .setJti(randomUUID()).setIssuedAt().setExpirationTime('1m')
    .sign(await importJWK(jwk, alg));
}
