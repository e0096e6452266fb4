/** The same requests in every world. */
@NullMarked
package dev.lintel.testbed.parity;

import org.jspecify.annotations.NullMarked;
