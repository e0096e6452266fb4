// Starts GraphiQL in front of the graph that the page names.
'use strict';

(() => {
  const root = document.getElementById('graphiql');

  // GraphiQL stores the headers of each query in its history, whatever it is told of headers, and one of them may be a token:
  // nothing outlives the page.
  const kept = new Map();
  const storage = {
    get length() {
      return kept.size;
    },
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => kept.set(key, value),
    removeItem: (key) => kept.delete(key),
    clear: () => kept.clear(),
  };

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
      storage,
      isHeadersEditorEnabled: true,
      shouldPersistHeaders: false,
      showPersistHeadersSettings: false,
    }),
  );
})();
