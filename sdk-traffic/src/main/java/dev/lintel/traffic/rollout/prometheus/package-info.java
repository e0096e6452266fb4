/** What Prometheus has measured about versions, for the gates of a rollout. */
@CheckReturnValue
package dev.lintel.traffic.rollout.prometheus;

import com.google.errorprone.annotations.CheckReturnValue;
