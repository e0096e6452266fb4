// Code, ID tokens, refresh, pushed requests and bound tokens.

import * as openid from 'openid-client';

import { equal, expect, refused } from '../cases.js';
import { login, party, proving } from './party.js';

export function users(world) {
  const { clients, scope, subject } = world;
  const full = `openid ${scope}`;
  return {
    'code with PKCE, a signed ID token, and user info of the same user': async () => {
      const by = await party(world, clients.app);
      const tokens = await login(by, full);
      equal(tokens.claims().sub, subject, 'sub');
      equal((await openid.fetchUserInfo(by.config, tokens.access_token, subject)).sub, subject, 'sub');
    },
    'code with PKCE for a client with a secret': async () => {
      const by = await party(world, clients.web);
      const tokens = await login(by, full);
      expect(tokens.expiresIn() > 0, 'the token should not have expired');
      equal(tokens.claims().aud, clients.web.id, 'aud');
    },
    'a time of authentication, when one is asked for': async () => {
      const by = await party(world, clients.app);
      const tokens = await login(by, full, { extra: { max_age: '600' } });
      expect(tokens.claims().auth_time > Date.now() / 1000 - 60, 'auth_time should be now');
    },
    'refresh with rotation, and the end of the family when an old one comes': async () => {
      const by = await party(world, clients.app);
      const first = await login(by, full);
      const second = await openid.refreshTokenGrant(by.config, first.refresh_token);
      expect(second.refresh_token && second.refresh_token !== first.refresh_token, 'a new refresh token should come');
      await refused('invalid_grant', () => openid.refreshTokenGrant(by.config, first.refresh_token));
      await refused('invalid_grant', () => openid.refreshTokenGrant(by.config, second.refresh_token));
    },
    'a pushed request': async () => {
      const by = await party(world, clients.pushed);
      const tokens = await login(by, full, { build: openid.buildAuthorizationUrlWithPAR });
      equal(tokens.claims().sub, subject, 'sub');
    },
    'a pushed request of a bound client': async () => {
      const by = await party(world, clients.nonceApp);
      const DPoP = await proving(by);
      const tokens = await login(by, full, { build: openid.buildAuthorizationUrlWithPAR, DPoP });
      equal(tokens.token_type, 'dpop', 'token_type');
    },
    'bound tokens with nonces: code, user info, refresh': async () => {
      const by = await party(world, clients.nonceApp);
      const DPoP = await proving(by);
      const tokens = await login(by, full, { DPoP });
      equal(tokens.token_type, 'dpop', 'token_type');
      equal((await openid.fetchUserInfo(by.config, tokens.access_token, subject, { DPoP })).sub, subject, 'sub');
      equal((await openid.refreshTokenGrant(by.config, tokens.refresh_token, undefined, { DPoP })).token_type, 'dpop', 'token_type');
    },
    'user info for a bound token needs its proof': async () => {
      const by = await party(world, clients.nonceApp);
      const tokens = await login(by, full, { DPoP: await proving(by) });
      const error = await openid.fetchUserInfo(by.config, tokens.access_token, subject).then(() => undefined, (e) => e);
      equal(error?.status, 401, 'status');
    },
  };
}
