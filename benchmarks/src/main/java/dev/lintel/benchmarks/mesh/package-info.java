/** What it costs to say many APIs to a mesh and to read them back, beside Istio's own validation of the same objects. */
@CheckReturnValue
@NullMarked
package dev.lintel.benchmarks.mesh;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
