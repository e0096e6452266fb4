/** What is known about an authorization server: its endpoints and what it can do (RFC 8414). */
@CheckReturnValue
package dev.lintel.auth.oauth.server;

import com.google.errorprone.annotations.CheckReturnValue;
