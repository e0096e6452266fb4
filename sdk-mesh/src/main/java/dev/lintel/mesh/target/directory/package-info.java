/** Manifests in a directory: the only place of this module that touches the outside. */
@CheckReturnValue
package dev.lintel.mesh.directory;

import com.google.errorprone.annotations.CheckReturnValue;
