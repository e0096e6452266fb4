/** Rollouts recorded in files of one machine. */
@CheckReturnValue
package dev.lintel.traffic.rollout.file;

import com.google.errorprone.annotations.CheckReturnValue;
