/** The boundaries of namespaces: the chain on which one is said, and who may cross it. */
@CheckReturnValue
package dev.lintel.traffic.isolation;

import com.google.errorprone.annotations.CheckReturnValue;
