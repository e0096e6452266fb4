/** A mesh of real proxies on one machine, shown in a few minutes: a definition is applied, asked, broken and taken back. */
@NullMarked
package dev.lintel.testbed.demo;

import org.jspecify.annotations.NullMarked;
