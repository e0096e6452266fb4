/** Paths, endpoints and matches, their normal form, and the one order in which rules are asked. */
@CheckReturnValue
package dev.lintel.core.match;

import com.google.errorprone.annotations.CheckReturnValue;
