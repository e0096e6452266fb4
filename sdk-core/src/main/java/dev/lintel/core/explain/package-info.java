/** Why a request is answered as it is, and what would have to change for the other answer. */
@CheckReturnValue
package dev.lintel.core.explain;

import com.google.errorprone.annotations.CheckReturnValue;
