/** Gateway API, with what it cannot say said by an extension: the dialect, and the reader that says what its objects mean. */
@CheckReturnValue
package dev.lintel.mesh.gatewayapi;

import com.google.errorprone.annotations.CheckReturnValue;
