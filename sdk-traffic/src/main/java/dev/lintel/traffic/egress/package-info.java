/** What may leave: the chain on which a host outside is said, and who may call it. */
@CheckReturnValue
package dev.lintel.traffic.egress;

import com.google.errorprone.annotations.CheckReturnValue;
