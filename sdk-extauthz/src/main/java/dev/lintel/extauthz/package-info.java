/** A server of Envoy's ext_authz that asks OPA. */
@NullMarked
package dev.lintel.extauthz;

import org.jspecify.annotations.NullMarked;
