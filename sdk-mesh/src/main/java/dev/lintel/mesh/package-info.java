/** Worlds that take manifests: what a dialect and a target must be able to do, and the backend made of the two. */
@CheckReturnValue
package dev.lintel.mesh;

import com.google.errorprone.annotations.CheckReturnValue;
