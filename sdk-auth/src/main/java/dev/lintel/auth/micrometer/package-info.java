/** What happens to tokens as Micrometer's meters, for programs that have Micrometer; without it nothing here is loaded. */
@CheckReturnValue
package dev.lintel.auth.micrometer;

import com.google.errorprone.annotations.CheckReturnValue;
