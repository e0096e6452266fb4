/** What it costs to ask a rate limit, and how much memory the callers take that it remembers. */
@CheckReturnValue
@NullMarked
package dev.lintel.benchmarks.limit;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
