/** The fixture for tests with JUnit: a gateway and an authorization server that start, reset and stop with the tests. */
@CheckReturnValue
package dev.lintel.junit;

import com.google.errorprone.annotations.CheckReturnValue;
