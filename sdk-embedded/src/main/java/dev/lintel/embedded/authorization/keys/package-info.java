/** Keys that sign, and those of others that verify: how they are made, kept, fetched and written down. */
@CheckReturnValue
package dev.lintel.embedded.authorization.keys;

import com.google.errorprone.annotations.CheckReturnValue;
