/** What is wrong with the objects of a mesh, ours and anybody's, beside the codes of Istio's and Kiali's own checks. */
@CheckReturnValue
package dev.lintel.mesh.lint;

import com.google.errorprone.annotations.CheckReturnValue;
