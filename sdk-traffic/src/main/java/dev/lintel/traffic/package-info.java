/** How calls are shared among versions, routed, tried again, limited in time and rewritten. */
@CheckReturnValue
package dev.lintel.traffic;

import com.google.errorprone.annotations.CheckReturnValue;
