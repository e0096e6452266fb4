/** A stranger's policy: a value, a verb, a rule and a compiler that Lintel does not know, working beside its own. */
@CheckReturnValue
package dev.lintel.examples.quota;

import com.google.errorprone.annotations.CheckReturnValue;
