/** The gateway inside this JVM: workloads are bound by name and version, definitions are planned and applied. */
@CheckReturnValue
package dev.lintel.embedded;

import com.google.errorprone.annotations.CheckReturnValue;
