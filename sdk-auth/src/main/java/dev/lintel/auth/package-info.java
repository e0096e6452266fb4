/** OAuth2 on a chain: which tokens are good, and what they must carry where. */
@CheckReturnValue
package dev.lintel.auth;

import com.google.errorprone.annotations.CheckReturnValue;
