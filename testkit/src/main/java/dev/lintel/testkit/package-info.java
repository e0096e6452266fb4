/** What the tests of several modules share: expected texts as files, certificates, a real browser, and a real OPA. */
package dev.lintel.testkit;
