/** The one place that decides: which rule governs a request, whether it may pass, and where it goes. */
@CheckReturnValue
package dev.lintel.core.evaluate;

import com.google.errorprone.annotations.CheckReturnValue;
