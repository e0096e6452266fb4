/** Where manifests are kept: the only place of this module that touches the outside. */
@CheckReturnValue
package dev.lintel.mesh.target;

import com.google.errorprone.annotations.CheckReturnValue;
