// The document lies beside this file when it is composed.
import { defineConfig } from '@graphql-mesh/compose-cli';
import { loadOpenAPISubgraph } from '@omnigraph/openapi';

export const composeConfig = defineConfig({
  subgraphs: [{ sourceHandler: loadOpenAPISubgraph('users', { source: new URL('./document.json', import.meta.url).pathname }) }],
});
