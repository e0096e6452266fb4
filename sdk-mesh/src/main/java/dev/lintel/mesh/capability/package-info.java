/** What each world can do with each thing that a definition can say. */
@NullMarked
package dev.lintel.mesh.capability;

import org.jspecify.annotations.NullMarked;
