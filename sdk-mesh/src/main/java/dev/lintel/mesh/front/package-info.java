/** What runs APIs that Lintel serves itself in a cluster: a proxy for each, its configuration, and what keeps it to itself. */
@CheckReturnValue
package dev.lintel.mesh.front;

import com.google.errorprone.annotations.CheckReturnValue;
