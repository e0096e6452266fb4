/** One API that Lintel serves itself, in a process of its own beside a sidecar that checks who calls. */
@CheckReturnValue
package dev.lintel.embedded.proxy;

import com.google.errorprone.annotations.CheckReturnValue;
