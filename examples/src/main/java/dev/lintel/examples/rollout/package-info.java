/** A rollout with a picture: a page that shows shares, errors, latency and the step as they change. */
package dev.lintel.examples.rollout;
