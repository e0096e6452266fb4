/** How many requests may enter in which time: for all together, or for each caller, claim or address. */
@CheckReturnValue
package dev.lintel.traffic.limit;

import com.google.errorprone.annotations.CheckReturnValue;
