/** What the tests of several modules share: expected texts as files, and a real browser. */
package dev.lintel.testkit;
