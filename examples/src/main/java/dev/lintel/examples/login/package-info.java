/** A web application that logs a user in, calls an API in the user's name and another in its own. */
package dev.lintel.examples.login;
