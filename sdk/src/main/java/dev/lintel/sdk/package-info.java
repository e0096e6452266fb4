/** Where a definition begins: {@link dev.lintel.sdk.Api} and the chains it answers. */
@CheckReturnValue
package dev.lintel.sdk;

import com.google.errorprone.annotations.CheckReturnValue;
