// oidc-provider on a free loopback port, with everything on that our client can speak.
//
// The first line of standard input says how: {clients, resources, tls?, initialAccessToken?}. The first line of standard
// output tells the issuer. The process ends when its standard input does, so that it outlives nobody.

import http from 'node:http';
import https from 'node:https';
import readline from 'node:readline';

import { exportJWK, generateKeyPair } from 'jose';

import './urls.js';
import { configuration } from './configuration.js';
import { bearerAssertions } from './grants/assertion.js';
import { exchange } from './grants/exchange.js';

const { default: Provider } = await import('oidc-provider');

const lines = readline.createInterface({ input: process.stdin });
lines.once('line', async (line) => serve(JSON.parse(line), await freshKeys()));
lines.once('close', () => process.exit(0));

function serve(wanted, jwks) {
  const server = wanted.tls ? https.createServer(secured(wanted.tls)) : http.createServer();
  server.listen(0, '127.0.0.1', () => {
    const issuer = `${wanted.tls ? 'https' : 'http'}://127.0.0.1:${server.address().port}`;
    const provider = new Provider(issuer, { ...configuration(wanted), jwks });
    provider.on('server_error', (ctx, error) => console.error(error));
    provider.on('grant.error', (ctx, error) => console.error(`${error.message}: ${error.error_description} ${error.error_detail ?? ''}`));
    exchange(provider);
    bearerAssertions(provider, wanted.trusted ?? {});
    server.on('request', provider.callback());
    console.log(JSON.stringify({ issuer }));
  });
}

async function freshKeys() {
  const pairs = [['RS256', {}], ['ES256', {}], ['EdDSA', { crv: 'Ed25519' }]].map(async ([alg, more]) => {
    const { privateKey } = await generateKeyPair(alg, { ...more, extractable: true });
    return { ...(await exportJWK(privateKey)), alg, use: 'sig' };
  });
  return { keys: await Promise.all(pairs) };
}

// Any certificate may knock: which one a client may use is what the provider has to judge.
function secured({ key, cert, ca }) {
  return { key, cert, ca, requestCert: true, rejectUnauthorized: false };
}
