/** Which workload gets a call, which is left out, and how much is taken at once. No I/O: clock and chance are inputs. */
package dev.lintel.embedded.balance;
