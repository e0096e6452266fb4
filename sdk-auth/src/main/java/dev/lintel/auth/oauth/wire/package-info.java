/** How requests to an authorization server are written, and its answers read and judged. */
@CheckReturnValue
package dev.lintel.auth.oauth.wire;

import com.google.errorprone.annotations.CheckReturnValue;
