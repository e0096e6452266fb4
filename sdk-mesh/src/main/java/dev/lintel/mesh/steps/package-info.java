/** In which order objects are written, so that no moment lets through what both ends refuse; where that cannot be had, it is told. */
@CheckReturnValue
package dev.lintel.mesh.steps;

import com.google.errorprone.annotations.CheckReturnValue;
