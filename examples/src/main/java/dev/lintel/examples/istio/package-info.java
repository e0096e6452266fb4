/** What Istio's documentation teaches, task by task, as definitions. */
package dev.lintel.examples.istio;
