/** What must be true of a cluster for objects to mean there what they are meant to, asked before anything is written. */
@NullMarked
@CheckReturnValue
package dev.lintel.kubernetes.preflight;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
