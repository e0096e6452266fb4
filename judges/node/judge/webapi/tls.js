// Clients that prove themselves with a certificate, and tokens that are bound to it (RFC 8705).

import { createHash, X509Certificate } from 'node:crypto';
import https from 'node:https';
import * as oauth from 'oauth4webapi';

import { equal, refused } from '../cases.js';
import { Party } from './party.js';

export function tls(world) {
  const { clients, issuer, scope, tls: { ca, signed, alone } } = world;
  const party = async (client, identity) => {
    const fetching = { [oauth.customFetch]: knocking(ca, identity) };
    const url = new URL(issuer);
    const server = await oauth.processDiscoveryResponse(
      url, await oauth.discoveryRequest(url, { ...fetching, algorithm: 'oauth2' }));
    const by = new Party(server, client, world);
    by.authentication = oauth.TlsClientAuth();
    return { by, fetching, ask: () => by.credentials({ scope, ...world.asking }, fetching) };
  };
  const holds = (tokens, identity) => {
    const { cnf } = JSON.parse(Buffer.from(tokens.access_token.split('.')[1], 'base64url'));
    const print = createHash('sha256').update(new X509Certificate(identity.cert).raw).digest('base64url');
    equal(cnf?.['x5t#S256'], print, 'cnf.x5t#S256');
  };
  return {
    'client credentials with tls_client_auth, bound to the certificate': async () => {
      const { ask } = await party(clients.signed, signed);
      holds(await ask(), signed);
    },
    'client credentials with self_signed_tls_client_auth, bound to the certificate': async () => {
      const { ask } = await party(clients.alone, alone);
      holds(await ask(), alone);
    },
    'a client without its certificate is refused': async () => {
      const { ask } = await party(clients.signed);
      await refused('invalid_client', ask);
    },
    'a certificate that nobody vouches for is refused': async () => {
      const { ask } = await party(clients.signed, alone);
      await refused('invalid_client', ask);
    },
    'a certificate of another client is refused': async () => {
      const { ask } = await party(clients.alone, signed);
      await refused('invalid_client', ask);
    },
  };
}

// fetch cannot show a certificate: the same with node:https, for small requests and answers.
function knocking(ca, identity = {}) {
  return (url, { method, headers, body }) => new Promise((answer, fail) => {
    const sent = https.request(url, { method, headers: { ...headers, connection: 'close' }, ca, ...identity, agent: false }, (received) => {
      const chunks = [];
      received.on('data', (chunk) => chunks.push(chunk));
      received.on('end', () => {
        const fields = Object.entries(received.headers).flatMap(([name, value]) => [value].flat().map((one) => [name, one]));
        answer(new Response(Buffer.concat(chunks), { status: received.statusCode, headers: fields }));
      });
    });
    sent.on('error', fail);
    sent.end(body?.toString());
  });
}
