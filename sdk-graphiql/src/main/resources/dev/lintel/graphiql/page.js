// Starts GraphiQL in front of the graph that the page names. Headers are not stored: one of them may be a token.
'use strict';

(() => {
  const root = document.getElementById('graphiql');

  const fetcher = async (asked, options) => {
    const answer = await fetch(root.dataset.endpoint, {
      method: 'POST',
      credentials: 'same-origin',
      headers: {
        accept: 'application/graphql-response+json, application/json;q=0.9',
        ...options?.headers,
        'content-type': 'application/json',
      },
      body: JSON.stringify(asked),
    });
    const text = await answer.text();
    try {
      return JSON.parse(text);
    } catch {
      // What stands in front of the graph answers for itself, for example that a token is missing.
      return { errors: [{ message: `${answer.status} ${text}`.trim() }] };
    }
  };

  ReactDOM.createRoot(root).render(
    React.createElement(GraphiQL, {
      fetcher,
      isHeadersEditorEnabled: true,
      shouldPersistHeaders: false,
      showPersistHeadersSettings: false,
    }),
  );
})();
