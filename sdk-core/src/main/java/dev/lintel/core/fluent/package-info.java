/** The chain on which a definition is said: one primitive, and verbs as interfaces over it. */
@CheckReturnValue
package dev.lintel.core.fluent;

import com.google.errorprone.annotations.CheckReturnValue;
