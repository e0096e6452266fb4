/** What a decision costs, what compiling definitions costs, and how much memory an API takes. */
@CheckReturnValue
@NullMarked
package dev.lintel.benchmarks.evaluator;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
