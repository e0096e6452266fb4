// The JWT bearer grant (RFC 7523, 2.1), which oidc-provider does not have: added like token exchange. Assertions are
// checked by jose, against the keys of {issuer: JWKS}, each once.

import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose';

const GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

export function bearerAssertions(provider, trusted) {
  provider.registerGrantType(GRANT, (ctx) => answer(provider, trusted, ctx), ['assertion', 'scope']);
}

async function answer(provider, trusted, ctx) {
  const { errors } = await import('oidc-provider');
  const { client, params } = ctx.oidc;
  const claims = await verified(params.assertion ?? '', trusted, provider).catch((e) => {
    throw new errors.InvalidGrant(`assertion is not good: ${e.message}`);
  });
  if (!(await provider.ReplayDetection.unique(claims.iss, claims.jti, claims.exp))) {
    throw new errors.InvalidGrant('assertion was used before');
  }
  const grant = new provider.Grant({ accountId: claims.sub, clientId: client.clientId });
  grant.addOIDCScope(params.scope ?? '');
  const token = new provider.AccessToken({
    accountId: claims.sub, client, grantId: await grant.save(), gty: 'jwt_bearer', scope: params.scope,
  });
  ctx.oidc.entity('AccessToken', token);
  ctx.body = {
    access_token: await token.save(), token_type: 'Bearer', expires_in: token.expiration, scope: params.scope,
  };
}

async function verified(assertion, trusted, provider) {
  const { iss } = decodeJwt(assertion);
  if (!Object.hasOwn(trusted, iss)) {
    throw new Error(`issuer ${iss} is not trusted`);
  }
  const { payload } = await jwtVerify(assertion, createLocalJWKSet(trusted[iss]), {
    issuer: iss,
    audience: [provider.issuer, `${provider.issuer}/token`],
    requiredClaims: ['sub', 'exp', 'iat', 'jti'],
    maxTokenAge: '5m',
  });
  return payload;
}
