/** Registers clients where tokens are issued: what there should be is compared with what is there, shown, then done. */
@CheckReturnValue
package dev.lintel.auth.register;

import com.google.errorprone.annotations.CheckReturnValue;
