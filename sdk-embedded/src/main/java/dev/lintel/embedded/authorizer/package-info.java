/** What an external authorizer is asked and what its answers mean, by whichever protocol it is asked. */
package dev.lintel.embedded.authorizer;
