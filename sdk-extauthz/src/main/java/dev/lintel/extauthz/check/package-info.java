/** What ext_authz says by gRPC, and what it means here. */
@NullMarked
package dev.lintel.extauthz.check;

import org.jspecify.annotations.NullMarked;
