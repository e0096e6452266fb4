/** A web application in another language that knows nothing of logins, with a login in front of it. */
package dev.lintel.examples.weblogin;
