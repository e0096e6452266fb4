/** People in front of an authorization server: who they are, how often they may try, and the pages that they see. */
@CheckReturnValue
package dev.lintel.embedded.authorization.login;

import com.google.errorprone.annotations.CheckReturnValue;
