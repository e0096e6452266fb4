/** Expected texts as files, for the tests of every module. */
package dev.lintel.testkit;
