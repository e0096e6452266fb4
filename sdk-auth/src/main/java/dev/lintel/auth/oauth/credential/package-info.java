/** How a client shows who it is, and the keys that it signs with. */
@CheckReturnValue
package dev.lintel.auth.oauth.credential;

import com.google.errorprone.annotations.CheckReturnValue;
