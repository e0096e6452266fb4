// What is on in oidc-provider, and what it is told to require.

import { randomBytes } from 'node:crypto';

const MINUTES = 60;

export function configuration({ clients, resources = {}, tls, initialAccessToken }) {
  return {
    clients,
    clientDefaults: { token_endpoint_auth_method: 'client_secret_basic' },
    clientAuthMethods: [
      'none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt',
      ...(tls ? ['tls_client_auth', 'self_signed_tls_client_auth'] : []),
    ],
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    scopes: ['openid', 'offline_access', 'orders.read', 'orders.write'],
    claims: { openid: ['sub'] },
    findAccount: (ctx, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
    issueRefreshToken: (ctx, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: () => true,
    pkce: { required: () => true },
    ttl: { AccessToken: 5 * MINUTES, ClientCredentials: 5 * MINUTES, RefreshToken: 60 * MINUTES },
    features: {
      clientCredentials: { enabled: true },
      deviceFlow: { enabled: true },
      dPoP: {
        enabled: true,
        nonceSecret: randomBytes(32),
        requireNonce: (ctx) => ctx.oidc.client?.clientId.startsWith('nonce') ?? false,
      },
      introspection: { enabled: true },
      revocation: { enabled: true },
      registration: { enabled: true, initialAccessToken },
      registrationManagement: { enabled: true, rotateRegistrationAccessToken: true },
      pushedAuthorizationRequests: { enabled: true },
      resourceIndicators: { enabled: true, getResourceServerInfo: resourceServer(resources) },
      ...(tls && { mTLS: mutualTls() }),
    },
  };
}

// {"urn:orders": "orders.read orders.write"}: tokens for a resource are JWTs, all others are opaque.
function resourceServer(resources) {
  return async (ctx, indicator) => {
    if (!Object.hasOwn(resources, indicator)) {
      const { errors } = await import('oidc-provider');
      throw new errors.InvalidTarget();
    }
    return {
      scope: resources[indicator],
      audience: indicator,
      accessTokenFormat: 'jwt',
      accessTokenTTL: 5 * MINUTES,
      jwt: { sign: { alg: 'RS256' } },
    };
  };
}

function mutualTls() {
  return {
    enabled: true,
    certificateBoundAccessTokens: true,
    selfSignedTlsClientAuth: true,
    tlsClientAuth: true,
    getCertificate: (ctx) => ctx.socket.getPeerX509Certificate()?.toString(),
    certificateAuthorized: (ctx) => ctx.socket.authorized,
    certificateSubjectMatches: (ctx, property, expected) =>
      property === 'tls_client_auth_subject_dn'
      && ctx.socket.getPeerX509Certificate().subject.split('\n').reverse().join(',') === expected,
  };
}
