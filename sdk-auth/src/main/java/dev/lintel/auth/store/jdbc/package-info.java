/** Tokens in a relational database, with the leases of their refreshes. */
@CheckReturnValue
package dev.lintel.auth.store.jdbc;

import com.google.errorprone.annotations.CheckReturnValue;
