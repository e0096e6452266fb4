// Clients that act for themselves, devices, and what becomes of tokens.

import * as openid from 'openid-client';

import { Browser } from '../browser.js';
import { equal, expect, refused } from '../cases.js';
import { login, party, proving } from './party.js';

const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';

export function services(world) {
  const { clients, scope, subject, issuer, initialAccessToken } = world;
  const asked = { scope, ...world.asking };
  return {
    'client credentials with client_secret_basic': async () => {
      const { config } = await party(world, clients.service);
      expect((await openid.clientCredentialsGrant(config, asked)).expiresIn() > 0, 'the token should not have expired');
    },
    'client credentials with client_secret_post': async () => {
      const { config } = await party(world, { ...clients.post, method: 'client_secret_post' });
      equal((await openid.clientCredentialsGrant(config, asked)).token_type, 'bearer', 'token_type');
    },
    'client credentials with private_key_jwt': async () => {
      const { config } = await party(world, clients.key);
      equal((await openid.clientCredentialsGrant(config, asked)).token_type, 'bearer', 'token_type');
    },
    'client credentials bound to a key, with nonces': async () => {
      const by = await party(world, clients.nonceService);
      const DPoP = await proving(by);
      equal((await openid.clientCredentialsGrant(by.config, asked, { DPoP })).token_type, 'dpop', 'token_type');
    },
    'a device, polled until the user has agreed': async () => {
      const { config } = await party(world, clients.device);
      const device = await openid.initiateDeviceAuthorization(config, asked);
      await new Browser().go(device.verification_uri_complete, world.user);
      const tokens = await openid.pollDeviceAuthorizationGrant(config, device, undefined, { signal: AbortSignal.timeout(60_000) });
      expect(tokens.access_token, 'a token should come');
    },
    'a device whose user says no': async () => {
      const { config } = await party(world, clients.device);
      const device = await openid.initiateDeviceAuthorization(config, asked);
      await new Browser().go(device.verification_uri_complete, world.refusing);
      await refused('access_denied', () =>
        openid.pollDeviceAuthorizationGrant(config, device, undefined, { signal: AbortSignal.timeout(60_000) }));
    },
    'introspection before and after revocation': async () => {
      const by = await party(world, clients.web);
      const tokens = await login(by, scope);
      const before = await openid.tokenIntrospection(by.config, tokens.access_token);
      equal(before.active, true, 'active');
      equal(before.sub, subject, 'sub');
      await openid.tokenRevocation(by.config, tokens.access_token);
      equal((await openid.tokenIntrospection(by.config, tokens.access_token)).active, false, 'active');
    },
    'a token of a user is exchanged': async () => {
      const user = await login(await party(world, clients.web), scope);
      const { config } = await party(world, clients.exchange);
      const tokens = await openid.genericGrantRequest(config, EXCHANGE, {
        subject_token: user.access_token, subject_token_type: ACCESS_TOKEN, scope, ...world.exchanging,
      });
      equal(tokens.issued_token_type, ACCESS_TOKEN, 'issued_token_type');
    },
    'a client that registers itself': async () => {
      const config = await openid.dynamicClientRegistration(new URL(issuer), {
        client_name: 'a judge', grant_types: ['client_credentials'], response_types: [], redirect_uris: [], scope,
      }, undefined, { initialAccessToken, execute: [openid.allowInsecureRequests] });
      expect((await openid.clientCredentialsGrant(config, asked)).access_token, 'a token should come');
    },
  };
}
