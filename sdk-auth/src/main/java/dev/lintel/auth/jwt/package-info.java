/** Verification of access tokens in JWT form against the keys of their issuers (RFC 7519, RFC 8725, RFC 9068). */
@CheckReturnValue
package dev.lintel.auth.jwt;

import com.google.errorprone.annotations.CheckReturnValue;
