/** What definitions mean: hosts, access, routes and traffic as plain values, without user types and vendor types. */
@CheckReturnValue
package dev.lintel.core.model;

import com.google.errorprone.annotations.CheckReturnValue;
