/** Which workloads may call: the policy, its verbs and its meaning. */
@CheckReturnValue
package dev.lintel.auth.caller;

import com.google.errorprone.annotations.CheckReturnValue;
