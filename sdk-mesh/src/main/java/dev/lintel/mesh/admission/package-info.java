/** Guard rails for a whole cluster, made from definitions: for the apiserver itself, for Gatekeeper and for OPA. */
@CheckReturnValue
package dev.lintel.mesh.admission;

import com.google.errorprone.annotations.CheckReturnValue;
