/** Where tokens and keys may be fetched from, and how. */
@CheckReturnValue
package dev.lintel.auth.net;

import com.google.errorprone.annotations.CheckReturnValue;
