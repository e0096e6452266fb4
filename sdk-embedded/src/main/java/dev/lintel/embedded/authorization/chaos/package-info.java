/** What goes wrong with an authorization server on a bad day, one call each, for tests of what its clients do then. */
@CheckReturnValue
package dev.lintel.embedded.authorization.chaos;

import com.google.errorprone.annotations.CheckReturnValue;
