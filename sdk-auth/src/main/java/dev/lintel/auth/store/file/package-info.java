/** Tokens and secrets in files of one machine: written whole or not at all, and readable by their owner alone. */
@CheckReturnValue
package dev.lintel.auth.store.file;

import com.google.errorprone.annotations.CheckReturnValue;
