/** Serves OPA its bundles, and tells it at once when there is a new one. */
@CheckReturnValue
package dev.lintel.embedded.bundle;

import com.google.errorprone.annotations.CheckReturnValue;
