/** Kyma's APIRule, written and read as its controller understands it, with Istio's own objects beside it. */
@NullMarked
package dev.lintel.mesh.kyma;

import org.jspecify.annotations.NullMarked;
