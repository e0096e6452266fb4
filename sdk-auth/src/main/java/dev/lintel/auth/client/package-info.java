/** Clients that get access tokens and put them on requests (RFC 6749, RFC 6750). */
@CheckReturnValue
package dev.lintel.auth.client;

import com.google.errorprone.annotations.CheckReturnValue;
