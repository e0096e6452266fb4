// Clients that act for themselves.

import * as oauth from 'oauth4webapi';

import { equal, expect, refused } from '../cases.js';
import { discover, http, judged, Party } from './party.js';

export function services(world) {
  const { clients, issuer, audience, scope } = world;
  const party = async (client) => new Party(await discover(issuer), client, world);
  const asked = { scope, ...world.asking };
  const good = async (by, tokens) => {
    const claims = await judged(by.server, tokens.access_token, audience);
    equal(claims.client_id, by.client.client_id, 'client_id');
    equal(claims.scope, scope, 'scope');
    expect(tokens.expires_in > 0, 'expires_in should be more than 0');
  };
  return {
    'discovery as RFC 8414 says': async () => {
      const server = await discover(issuer, 'oauth2');
      equal(server.issuer, issuer, 'issuer');
      expect(server.code_challenge_methods_supported.includes('S256'), 'S256 should be offered');
      expect(server.authorization_response_iss_parameter_supported, 'iss should be in authorization responses');
    },
    'discovery as OpenID Connect says': async () => {
      const server = await discover(issuer, 'oidc');
      equal(server.issuer, issuer, 'issuer');
    },
    'client credentials with client_secret_basic': async () => {
      const by = await party(clients.service);
      await good(by, await by.credentials(asked));
    },
    'client credentials with client_secret_post': async () => {
      const by = await party({ ...clients.post, method: 'client_secret_post' });
      await good(by, await by.credentials(asked));
    },
    'client credentials with private_key_jwt': async () => {
      const by = await party(clients.key);
      await good(by, await by.credentials(asked));
    },
    'an assertion of another key is refused': async () => {
      const { privateKey } = await oauth.generateKeyPair(clients.key.alg, { extractable: true });
      const by = await party({ ...clients.key, jwk: await crypto.subtle.exportKey('jwk', privateKey) });
      await refused('invalid_client', () => by.credentials(asked));
    },
    'an assertion is good once': async () => {
      const by = await party(clients.key);
      const body = new URLSearchParams();
      const sign = await by.authentication;
      await sign(by.server, by.client, body, new Headers());
      const replay = (server, client, parameters) => body.forEach((value, name) => parameters.set(name, value));
      by.authentication = replay;
      await by.credentials(asked);
      await refused('invalid_client', () => by.credentials(asked));
    },
    'a wrong secret is refused with a challenge': async () => {
      const by = await party({ ...clients.service, secret: 'not this one at all, but long enough' });
      const sent = await oauth.clientCredentialsGrantRequest(
        by.server, by.client, await by.authentication, asked, http);
      equal(sent.status, 401, 'status');
      expect(sent.headers.get('www-authenticate')?.startsWith('Basic '), 'a challenge for Basic should come');
      await refused('invalid_client', () => by.credentials(asked));
    },
    'a scope that the client may not have is refused': async () => {
      const by = await party(clients.service);
      await refused('invalid_scope', () => by.credentials({ ...asked, scope: `${scope} nobody.has.this` }));
    },
    'a grant that the client may not use is refused': async () => {
      const by = await party(clients.service);
      await refused('unauthorized_client', () => by.refresh('whatever'));
    },
    'a grant that nobody knows is refused': async () => {
      const by = await party(clients.service);
      await refused('unsupported_grant_type', () => by.generic('urn:nobody:knows', {}));
    },
    'a resource names the audience': async () => {
      const by = await party(clients.service);
      const tokens = await by.credentials({ scope, resource: audience });
      await good(by, tokens);
    },
    'an unknown resource is refused': async () => {
      const by = await party(clients.service);
      await refused('invalid_target', () => by.credentials({ scope, resource: 'urn:nobody:serves:this' }));
    },
  };
}
