/** Moving calls to a new version step by step, as long as what is measured about it is good. */
@CheckReturnValue
package dev.lintel.traffic.rollout;

import com.google.errorprone.annotations.CheckReturnValue;
