// One client of openid-client, and the way of a user through the server's pages.

import { importJWK } from 'jose';
import * as openid from 'openid-client';

import { Browser } from '../browser.js';

export async function party(world, { id, secret, jwk, alg, redirect, method }) {
  const config = await openid.discovery(new URL(world.issuer), id, undefined,
    await authenticationOf({ secret, jwk, alg, method }), { execute: [openid.allowInsecureRequests] });
  openid.enableNonRepudiationChecks(config);
  return { config, redirect, world };
}

async function authenticationOf({ secret, jwk, alg, method }) {
  if (jwk) {
    return openid.PrivateKeyJwt({ key: await importJWK(jwk, alg), kid: jwk.kid });
  }
  if (!secret) {
    return openid.None();
  }
  return method === 'client_secret_post' ? openid.ClientSecretPost(secret) : openid.ClientSecretBasic(secret);
}

// The whole way of a code: `build` makes the address that the user is sent to.
export async function login({ config, redirect, world }, scope, { build = openid.buildAuthorizationUrl, DPoP, extra = {} } = {}) {
  const verifier = openid.randomPKCECodeVerifier();
  const checks = { pkceCodeVerifier: verifier, expectedState: openid.randomState() };
  if (scope.includes('openid')) {
    checks.expectedNonce = openid.randomNonce();
    checks.idTokenExpected = true;
  }
  const parameters = {
    redirect_uri: redirect,
    scope,
    state: checks.expectedState,
    code_challenge: await openid.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...(checks.expectedNonce && { nonce: checks.expectedNonce }),
    ...extra,
  };
  const end = await new Browser().go(await build(config, parameters, { DPoP }), world.user, redirect);
  if (!end.url) {
    throw new Error(`the user was not sent back, but saw ${end.status} at ${end.page}`);
  }
  return openid.authorizationCodeGrant(config, end.url, checks, undefined, { DPoP });
}

export async function proving({ config }) {
  return openid.getDPoPHandle(config, await openid.randomDPoPKeyPair('ES256'));
}
