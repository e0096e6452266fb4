/**
 * How calls are shared among versions, copied, routed, answered, rewritten, tried again, limited, spread among workloads, and
 * sent to services elsewhere.
 */
@CheckReturnValue
package dev.lintel.traffic;

import com.google.errorprone.annotations.CheckReturnValue;
