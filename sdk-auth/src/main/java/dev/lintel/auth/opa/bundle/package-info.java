/** Bundles of OPA: policies and data in one file, with a signature. */
@CheckReturnValue
package dev.lintel.auth.opa.bundle;

import com.google.errorprone.annotations.CheckReturnValue;
