/** Where tokens outlive a process, and how many processes share them: stores, leases, and refresh with rotation. */
@CheckReturnValue
package dev.lintel.auth.store;

import com.google.errorprone.annotations.CheckReturnValue;
