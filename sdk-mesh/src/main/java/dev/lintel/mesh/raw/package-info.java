/** Fields of objects that are said by hand, where no policy says them. */
@CheckReturnValue
package dev.lintel.mesh.raw;

import com.google.errorprone.annotations.CheckReturnValue;
