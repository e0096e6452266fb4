// Token exchange (RFC 8693), which oidc-provider does not have: its way of adding a grant, its client authentication, its
// parsing and its tokens; what is exchanged for what is ours.

const GRANT = 'urn:ietf:params:oauth:grant-type:token-exchange';
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';
const PARAMETERS = [
  'subject_token', 'subject_token_type', 'actor_token', 'actor_token_type', 'requested_token_type', 'audience',
  'resource', 'scope',
];

export function exchange(provider) {
  provider.registerGrantType(GRANT, (ctx) => answer(provider, ctx), PARAMETERS, ['audience', 'resource']);
}

async function answer(provider, ctx) {
  const { errors } = await import('oidc-provider');
  const { client, params } = ctx.oidc;
  if (params.subject_token_type !== ACCESS_TOKEN) {
    throw new errors.InvalidRequest('subject_token_type must be an access token');
  }
  const subject = await provider.AccessToken.find(params.subject_token ?? '');
  if (!subject) {
    throw new errors.InvalidGrant('subject token is not known');
  }
  const scope = params.scope ?? subject.scope;
  if (scope?.split(' ').some((one) => !subject.scopes.has(one))) {
    throw new errors.InvalidScope('an exchanged token can do no more than the one it is made of', scope);
  }
  const grant = new provider.Grant({ accountId: subject.accountId, clientId: client.clientId });
  grant.addOIDCScope(scope ?? '');
  const token = new provider.AccessToken({
    accountId: subject.accountId, client, grantId: await grant.save(), gty: 'token_exchange', scope,
  });
  ctx.oidc.entity('AccessToken', token);
  ctx.body = {
    access_token: await token.save(),
    issued_token_type: ACCESS_TOKEN,
    token_type: 'Bearer',
    expires_in: token.expiration,
    scope,
  };
}
