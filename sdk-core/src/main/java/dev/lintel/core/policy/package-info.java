/** The policies that every world needs: hosts, paths, and how a service's workloads are found. */
@CheckReturnValue
package dev.lintel.core.policy;

import com.google.errorprone.annotations.CheckReturnValue;
