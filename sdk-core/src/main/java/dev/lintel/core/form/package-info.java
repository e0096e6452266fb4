/** The stored form of definitions: JSON and YAML as a person would write them. */
@CheckReturnValue
package dev.lintel.core.form;

import com.google.errorprone.annotations.CheckReturnValue;
