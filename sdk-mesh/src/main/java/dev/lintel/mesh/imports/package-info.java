/** Turns manifests of anybody into definitions and the program that says them, with what became otherwise. */
@org.jspecify.annotations.NullMarked
@com.google.errorprone.annotations.CheckReturnValue
package dev.lintel.mesh.imports;
