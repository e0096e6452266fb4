/** HTTP for a handful of small documents: listens, takes whole requests within limits, answers. Knows no protocol above. */
package dev.lintel.embedded.authorization.http;
