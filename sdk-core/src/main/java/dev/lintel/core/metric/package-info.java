/** What is measured about versions of APIs, and who can be asked for it. */
@CheckReturnValue
package dev.lintel.core.metric;

import com.google.errorprone.annotations.CheckReturnValue;
