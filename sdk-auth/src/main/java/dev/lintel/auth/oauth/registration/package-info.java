/** Clients that register themselves and look after their registration (RFC 7591, RFC 7592). */
@CheckReturnValue
package dev.lintel.auth.oauth.registration;

import com.google.errorprone.annotations.CheckReturnValue;
