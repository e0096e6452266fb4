/** A platform team's own words over Lintel: what every API of a company has, said once. */
@CheckReturnValue
@NullMarked
package dev.lintel.examples.platform;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
