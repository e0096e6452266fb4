/** The door for policies: how a record is given its meaning, ours and strangers' alike. */
@CheckReturnValue
package dev.lintel.core.spi;

import com.google.errorprone.annotations.CheckReturnValue;
