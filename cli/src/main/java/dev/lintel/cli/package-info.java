/** The command line over the same API that programs use: it reads files, asks backends, and says what came of it. */
@CheckReturnValue
@NullMarked
package dev.lintel.cli;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
