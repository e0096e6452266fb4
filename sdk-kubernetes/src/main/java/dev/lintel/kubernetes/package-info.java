/** A cluster as the target of a dialect: it is read, planned against, and changed step by step with server-side apply. */
@NullMarked
@CheckReturnValue
package dev.lintel.kubernetes;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
