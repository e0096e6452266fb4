/**
 * Many callers want one token at once: what that costs the token endpoint and the callers. Ours and the peers' clients are
 * driven by the same code; nothing here depends on either.
 */
package dev.lintel.benchmarks.tokens;
