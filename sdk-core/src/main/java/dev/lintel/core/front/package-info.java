/** APIs that Lintel serves itself: what answers them, what that may use, and how it is found. */
@CheckReturnValue
package dev.lintel.core.front;

import com.google.errorprone.annotations.CheckReturnValue;
