'use strict';

// Imports the documents whose names come in, one after another; answers each with a line: verdict, milliseconds, operations,
// fields of Query and Mutation, four counts that only ours has, length of the schema's text, what went wrong.
const { readFileSync } = require('node:fs');
const { createInterface } = require('node:readline');
const { buildSchema, printSchema, validateSchema } = require('graphql');

const READ_AGAIN = 4_000_000;

const importers = {
  async 'openapi-to-graphql'(file) {
    const { createGraphQLSchema } = require('openapi-to-graphql');
    const { schema } = await createGraphQLSchema(JSON.parse(readFileSync(file, 'utf8')));
    return schema;
  },
  async omnigraph(file) {
    const { loadGraphQLSchemaFromOpenAPI } = require('@omnigraph/openapi');
    return loadGraphQLSchemaFromOpenAPI('corpus', { source: file, cwd: '/', ignoreErrorResponses: true });
  },
};

async function verdict(name, file) {
  const begun = performance.now();
  const line = (word, fields, length, note) =>
    [word, Math.round(performance.now() - begun), 0, fields, 0, 0, 0, 0, length, note].join('\t');
  try {
    const schema = await importers[name](file);
    const [error] = validateSchema(schema);
    const text = printSchema(schema);
    if (text.length < READ_AGAIN) buildSchema(text);
    const fields = [schema.getQueryType(), schema.getMutationType()]
      .filter(Boolean)
      .reduce((sum, type) => sum + Object.keys(type.getFields()).length, 0);
    return line(error ? 'FAILED' : 'ok', fields, text.length, error ? one(error) : '');
  } catch (error) {
    return line('FAILED', 0, 0, one(error));
  }
}

function one(error) {
  return String(error).replace(/\s+/g, ' ').slice(0, 300);
}

async function main(name) {
  // They speak of each document at length.
  for (const word of ['log', 'warn', 'info', 'debug', 'error']) console[word] = () => {};
  for await (const file of createInterface({ input: process.stdin })) {
    process.stdout.write(`${await verdict(name, file)}\n`);
  }
}

main(process.argv[2]);
