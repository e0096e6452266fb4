/** What nobody would write on purpose, given to everything that reads. */
@CheckReturnValue
package dev.lintel.mesh.badinput;

import com.google.errorprone.annotations.CheckReturnValue;
