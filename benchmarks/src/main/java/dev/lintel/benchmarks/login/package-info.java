/**
 * What it costs to see who has logged in.
 *
 * <p>{@code benchmarks/run login}
 */
@CheckReturnValue
@NullMarked
package dev.lintel.benchmarks.login;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
