/** The vocabulary: definitions, policies, the places where they were said, and problems. */
@CheckReturnValue
package dev.lintel.core;

import com.google.errorprone.annotations.CheckReturnValue;
