/** The token core: one token for each key, asked for once however many want it, kept fresh, never printed. */
@CheckReturnValue
package dev.lintel.auth.token;

import com.google.errorprone.annotations.CheckReturnValue;
