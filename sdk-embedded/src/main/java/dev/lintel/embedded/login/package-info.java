/** People who log in with a browser: their sessions in cookies, the way to the provider and back, and what services learn. */
package dev.lintel.embedded.login;
