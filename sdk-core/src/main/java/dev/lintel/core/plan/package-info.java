/** What applying definitions would change: in the world, and for requests. */
@CheckReturnValue
package dev.lintel.core.plan;

import com.google.errorprone.annotations.CheckReturnValue;
