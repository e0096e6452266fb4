/** In which order objects are written, so that no moment lets through what nobody wants, and none breaks what everybody does. */
@CheckReturnValue
package dev.lintel.mesh.steps;

import com.google.errorprone.annotations.CheckReturnValue;
