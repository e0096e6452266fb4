/** Istio, with sidecars or without: the dialect that writes its objects, and the reader that says what they mean. */
@CheckReturnValue
package dev.lintel.mesh.istio;

import com.google.errorprone.annotations.CheckReturnValue;
