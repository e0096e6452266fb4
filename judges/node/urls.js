// oidc-provider is written for Node 22; the one thing that it uses and Node 20 has not is the static URL.parse.

URL.parse ??= (url, base) => (URL.canParse(url, base) ? new URL(url, base) : null);
