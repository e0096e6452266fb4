// Clients that register themselves (RFC 7591), and manage what they registered (RFC 7592).

import * as oauth from 'oauth4webapi';

import { equal, expect, refused } from '../cases.js';
import { discover, http, Party } from './party.js';

export function registration(world) {
  const { issuer, scope, initialAccessToken } = world;
  const registered = async (more = {}) => {
    const server = await discover(issuer);
    return oauth.processDynamicClientRegistrationResponse(await oauth.dynamicClientRegistrationRequest(server, {
      client_name: 'a judge', grant_types: ['client_credentials'], response_types: [], redirect_uris: [], scope,
      token_endpoint_auth_method: 'client_secret_basic', ...more,
    }, { ...http, initialAccessToken }));
  };
  const managed = (client, method, body, token = client.registration_access_token) =>
    fetch(client.registration_client_uri, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
  return {
    'a client that registers itself gets tokens': async () => {
      const client = await registered();
      const by = new Party(await discover(issuer), { id: client.client_id, secret: client.client_secret }, world);
      expect((await by.credentials({ scope, ...world.asking })).access_token, 'a token should come');
    },
    'a client is read, changed and deleted': async () => {
      const first = await registered();
      const read = await managed(first, 'GET');
      equal(read.status, 200, 'status');
      const now = { ...first, ...(await read.json()) };
      equal(now.client_name, 'a judge', 'client_name');
      const wanted = { ...now, client_name: 'a judge, renamed' };
      for (const name of ['registration_access_token', 'registration_client_uri', 'client_secret_expires_at', 'client_id_issued_at']) {
        delete wanted[name];
      }
      const put = await managed(now, 'PUT', wanted);
      equal(put.status, 200, 'status');
      const changed = { ...now, ...(await put.json()) };
      equal(changed.client_name, 'a judge, renamed', 'client_name');
      equal((await managed(changed, 'DELETE')).status, 204, 'status');
      const gone = await managed(changed, 'GET');
      equal(gone.status, 401, 'status');
    },
    'a client is shown to nobody else': async () => {
      const client = await registered();
      equal((await managed(client, 'GET', undefined, 'not-its-token')).status, 401, 'status');
    },
    'a redirect with a fragment is not registered': async () => {
      await refused(['invalid_redirect_uri', 'invalid_client_metadata'], () => registered({
        grant_types: ['authorization_code'], response_types: ['code'], redirect_uris: ['https://app.example/#back'],
      }));
    },
    'nobody registers without the right to': async () => {
      const server = await discover(issuer);
      const sent = await oauth.dynamicClientRegistrationRequest(server, { redirect_uris: [] }, { ...http, initialAccessToken: 'not-it' });
      equal(sent.status, 401, 'status');
    },
  };
}
