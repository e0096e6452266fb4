// One client that talks to the server through oauth4webapi, and the way of a user through its pages.

import { importJWK } from 'jose';
import * as oauth from 'oauth4webapi';

import { Browser } from '../browser.js';
import { equal } from '../cases.js';

export const http = { [oauth.allowInsecureRequests]: true };

export async function discover(issuer, algorithm = 'oauth2') {
  const url = new URL(issuer);
  return oauth.processDiscoveryResponse(url, await oauth.discoveryRequest(url, { ...http, algorithm }));
}

export class Party {
  constructor(server, { id, secret, jwk, alg, redirect, method }, world) {
    this.server = server;
    this.client = { client_id: id };
    this.redirect = redirect;
    this.world = world;
    this.authentication = authenticationOf({ secret, jwk, alg, method });
  }

  // Sends a request to the token endpoint and reads the answer; once more with a nonce if a DPoP proof needs one.
  async asked(send, read, more = {}) {
    const authentication = await this.authentication;
    const once = async () => read(await send(authentication, { ...http, ...more }));
    try {
      return await once();
    } catch (e) {
      if (more.DPoP && oauth.isDPoPNonceError(e)) {
        return once();
      }
      throw e;
    }
  }

  credentials(parameters, more) {
    return this.asked(
      (by, options) => oauth.clientCredentialsGrantRequest(this.server, this.client, by, parameters, options),
      (response) => oauth.processClientCredentialsResponse(this.server, this.client, response), more);
  }

  generic(grant, parameters, more) {
    return this.asked(
      (by, options) => oauth.genericTokenEndpointRequest(this.server, this.client, by, grant, parameters, options),
      (response) => oauth.processGenericTokenEndpointResponse(this.server, this.client, response), more);
  }

  refresh(token, more) {
    return this.asked(
      (by, options) => oauth.refreshTokenGrantRequest(this.server, this.client, by, token, options),
      (response) => oauth.processRefreshTokenResponse(this.server, this.client, response), more);
  }

  introspect(token) {
    return this.asked(
      (by, options) => oauth.introspectionRequest(this.server, this.client, by, token, options),
      (response) => oauth.processIntrospectionResponse(this.server, this.client, response));
  }

  revoke(token) {
    return this.asked(
      (by, options) => oauth.revocationRequest(this.server, this.client, by, token, options),
      (response) => oauth.processRevocationResponse(response));
  }

  push(parameters, more) {
    return this.asked(
      (by, options) => oauth.pushedAuthorizationRequest(this.server, this.client, by, parameters, options),
      (response) => oauth.processPushedAuthorizationResponse(this.server, this.client, response), more);
  }

  userInfo(token, subject, more) {
    return this.asked(
      (by, options) => oauth.userInfoRequest(this.server, this.client, token, options),
      (response) => oauth.processUserInfoResponse(this.server, this.client, subject, response), more);
  }

  // What goes to the authorization endpoint, and what must be kept until the answer.
  async asking(scope, more = {}) {
    const kept = { verifier: oauth.generateRandomCodeVerifier(), state: oauth.generateRandomState() };
    kept.nonce = scope.includes('openid') ? oauth.generateRandomNonce() : undefined;
    const parameters = new URLSearchParams({
      client_id: this.client.client_id,
      response_type: 'code',
      redirect_uri: this.redirect,
      scope,
      state: kept.state,
      code_challenge: await oauth.calculatePKCECodeChallenge(kept.verifier),
      code_challenge_method: 'S256',
      ...(kept.nonce && { nonce: kept.nonce }),
      ...more,
    });
    return { kept, parameters };
  }

  // Sends a user there, who signs in and agrees; answers what came back to the redirect URI.
  async visited(parameters, fields = this.world.user) {
    const url = new URL(this.server.authorization_endpoint);
    url.search = parameters;
    const end = await new Browser().go(url, fields, this.redirect);
    if (!end.url) {
      throw new Error(`the user was not sent back, but saw ${end.status} at ${end.page}: ${end.text.replace(/<style.*?<\/style>|<[^>]*>/gs, ' ').replace(/\s+/g, ' ').slice(0, 300)}`);
    }
    return end.url;
  }

  redeem(callback, kept, { code = {}, ...more } = {}) {
    return this.asked(
      (by, options) => oauth.authorizationCodeGrantRequest(
        this.server, this.client, by, callback, this.redirect, kept.verifier, options),
      (response) => oauth.processAuthorizationCodeResponse(this.server, this.client, response, {
        expectedNonce: kept.nonce, requireIdToken: kept.nonce !== undefined, ...code,
      }), more);
  }

  // The whole way: a user signs in and agrees, and the code becomes tokens.
  async login(scope, more = {}, extra = {}) {
    const { kept, parameters } = await this.asking(scope, extra);
    const callback = oauth.validateAuthResponse(this.server, this.client, await this.visited(parameters), kept.state);
    return this.redeem(callback, kept, more);
  }
}

async function authenticationOf({ secret, jwk, alg, method }) {
  if (jwk) {
    const { kid } = jwk;
    return oauth.PrivateKeyJwt({ key: await importJWK(jwk, alg), kid });
  }
  if (!secret) {
    return oauth.None();
  }
  return method === 'client_secret_post' ? oauth.ClientSecretPost(secret) : oauth.ClientSecretBasic(secret);
}

// A JWT access token as a resource server of oauth4webapi sees it.
export async function judged(server, token, audience, { scheme = 'Bearer', ...more } = {}) {
  const request = new Request('http://127.0.0.1/orders', { headers: { authorization: `${scheme} ${token}` } });
  const claims = await oauth.validateJwtAccessToken(server, request, audience, { ...http, ...more });
  equal(claims.iss, server.issuer, 'iss');
  return claims;
}
