/** From definitions to the model: which kinds are known, in which order they are compiled, and what is checked. */
@CheckReturnValue
package dev.lintel.core.engine;

import com.google.errorprone.annotations.CheckReturnValue;
