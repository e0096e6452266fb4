/** The protocol: how a client gets tokens from an authorization server, logs users in, and asks about tokens. */
@CheckReturnValue
package dev.lintel.auth.oauth;

import com.google.errorprone.annotations.CheckReturnValue;
