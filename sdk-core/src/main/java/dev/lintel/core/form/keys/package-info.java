/** Keys of issuers as definitions say them. */
@CheckReturnValue
package dev.lintel.core.form.keys;

import com.google.errorprone.annotations.CheckReturnValue;
