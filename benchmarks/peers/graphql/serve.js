'use strict';

// Serves a document's operations as GraphQL at /graphql: serve.js PEER DOCUMENT; prints "listening on PORT".
const { readFileSync } = require('node:fs');
const { createServer } = require('node:http');
const { createYoga } = require('graphql-yoga');

const makers = {
  async 'openapi-to-graphql'(file) {
    const { createGraphQLSchema } = require('openapi-to-graphql');
    const { schema } = await createGraphQLSchema(JSON.parse(readFileSync(file, 'utf8')), { operationIdFieldNames: true });
    return schema;
  },
  async omnigraph(file) {
    const { loadGraphQLSchemaFromOpenAPI } = require('@omnigraph/openapi');
    return loadGraphQLSchemaFromOpenAPI('users', { source: file, cwd: '/' });
  },
};

async function main([name, file]) {
  const schema = await makers[name](file);
  const server = createServer(createYoga({ schema, logging: false, graphiql: false }));
  server.listen(0, '127.0.0.1', () => process.stdout.write(`listening on ${server.address().port}\n`));
}

main(process.argv.slice(2));
