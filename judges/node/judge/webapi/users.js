// Clients that act for a user: code with PKCE, ID tokens, refresh tokens, pushed requests.

import * as oauth from 'oauth4webapi';

import { Browser } from '../browser.js';
import { equal, expect, refused } from '../cases.js';
import { discover, http, judged, Party } from './party.js';

export function users(world) {
  const { clients, issuer, audience, scope } = world;
  const openid = `openid ${scope}`;
  const party = async (client, more = {}) => new Party(await discover(issuer), { ...client, ...more }, world);
  return {
    'code with PKCE for a client without a secret': async () => {
      const by = await party(clients.app);
      const tokens = await by.login(scope, {}, world.asking);
      const claims = await judged(by.server, tokens.access_token, audience);
      equal(claims.sub, world.subject, 'sub');
      equal(claims.scope, scope, 'scope');
    },
    'code with PKCE for a client with a secret': async () => {
      const by = await party(clients.web);
      const tokens = await by.login(scope, {}, world.asking);
      equal((await judged(by.server, tokens.access_token, audience)).client_id, clients.web.id, 'client_id');
    },
    'an ID token with the nonce and a signature of a published key': async () => {
      const by = await party(clients.app);
      const { kept, parameters } = await by.asking(openid);
      const callback = oauth.validateAuthResponse(by.server, by.client, await by.visited(parameters), kept.state);
      const sent = await oauth.authorizationCodeGrantRequest(
        by.server, by.client, await by.authentication, callback, by.redirect, kept.verifier, http);
      const tokens = await oauth.processAuthorizationCodeResponse(by.server, by.client, sent, {
        expectedNonce: kept.nonce, requireIdToken: true,
      });
      await oauth.validateApplicationLevelSignature(by.server, sent, http);
      equal(oauth.getValidatedIdTokenClaims(tokens).sub, world.subject, 'sub');
    },
    'user info is about the one of the ID token': async () => {
      const by = await party(clients.app);
      const tokens = await by.login(openid);
      const { sub } = oauth.getValidatedIdTokenClaims(tokens);
      equal((await by.userInfo(tokens.access_token, sub)).sub, world.subject, 'sub');
    },
    'the answer says who it is from': async () => {
      const by = await party(clients.app);
      const { parameters } = await by.asking(scope);
      equal((await by.visited(parameters)).searchParams.get('iss'), issuer, 'iss');
    },
    'a code is good once': async () => {
      const by = await party(clients.app);
      const { kept, parameters } = await by.asking(scope);
      const callback = oauth.validateAuthResponse(by.server, by.client, await by.visited(parameters), kept.state);
      const tokens = await by.redeem(callback, kept);
      await refused('invalid_grant', () => by.redeem(callback, kept));
      await refused('invalid_grant', () => by.refresh(tokens.refresh_token));
    },
    'a code needs its verifier': async () => {
      const by = await party(clients.app);
      const { kept, parameters } = await by.asking(scope);
      const callback = oauth.validateAuthResponse(by.server, by.client, await by.visited(parameters), kept.state);
      await refused('invalid_grant', () => by.redeem(callback, { ...kept, verifier: oauth.generateRandomCodeVerifier() }));
    },
    'a code is of one client only': async () => {
      const by = await party(clients.app);
      const { kept, parameters } = await by.asking(scope);
      const callback = oauth.validateAuthResponse(by.server, by.client, await by.visited(parameters), kept.state);
      const other = await party(clients.web, { redirect: clients.app.redirect });
      await refused('invalid_grant', () =>
        other.asked(
          (as, options) => oauth.authorizationCodeGrantRequest(
            other.server, other.client, as, renamed(by, other, callback, kept), other.redirect, kept.verifier, options),
          (response) => oauth.processAuthorizationCodeResponse(other.server, other.client, response)));
    },
    'a request without PKCE is sent back with an error': async () => {
      const by = await party(clients.app);
      const { kept, parameters } = await by.asking(scope);
      parameters.delete('code_challenge');
      parameters.delete('code_challenge_method');
      const url = await by.visited(parameters);
      await refused('invalid_request', () => oauth.validateAuthResponse(by.server, by.client, url, kept.state));
    },
    'a user is never sent to a foreign address': async () => {
      const by = await party(clients.app);
      const { parameters } = await by.asking(scope, { redirect_uri: 'https://evil.example/' });
      const url = new URL(by.server.authorization_endpoint);
      url.search = parameters;
      const end = await new Browser().go(url, {}, 'https://evil.example/');
      equal(end.status, 400, 'status');
    },
    'a user who says no sends back access_denied': async () => {
      const by = await party(clients.app);
      const { kept, parameters } = await by.asking(scope, { prompt: 'consent' });
      const url = await by.visited(parameters, world.refusing);
      await refused('access_denied', () => oauth.validateAuthResponse(by.server, by.client, url, kept.state));
    },
    'a refresh token is rotated': async () => {
      const by = await party(clients.app);
      const first = await by.login(scope, {}, world.asking);
      const second = await by.refresh(first.refresh_token);
      expect(second.refresh_token && second.refresh_token !== first.refresh_token, 'a new refresh token should come');
      const third = await by.refresh(second.refresh_token);
      equal((await judged(by.server, third.access_token, audience)).sub, world.subject, 'sub');
    },
    'a refresh token that was used ends its family': async () => {
      const by = await party(clients.app);
      const first = await by.login(scope);
      const second = await by.refresh(first.refresh_token);
      await refused('invalid_grant', () => by.refresh(first.refresh_token));
      await refused('invalid_grant', () => by.refresh(second.refresh_token));
    },
  };
}

// The library remembers for whom a response was checked: the same response, as another client would see it.
function renamed(by, other, callback, kept) {
  const url = new URL(by.redirect);
  url.search = callback;
  return oauth.validateAuthResponse(other.server, other.client, url, kept.state);
}
