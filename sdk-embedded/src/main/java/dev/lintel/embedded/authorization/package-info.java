/** A small OAuth 2.0 authorization server inside this JVM: registered clients, signed access tokens, its own port. */
@CheckReturnValue
package dev.lintel.embedded.authorization;

import com.google.errorprone.annotations.CheckReturnValue;
