package dev.lintel.embedded.egress;

/**
 * What is bounded for one application. Times are nanoseconds, sizes bytes.
 *
 * @param connections how many connections of the application may be open
 * @param target the longest request line
 * @param header the largest header, of requests and responses
 * @param head from the beginning of a connection to the end of its header, and from 200 to the end of a ClientHello
 * @param idle how long nothing may move
 * @param response from the end of a plain request to the head of its response
 * @param connect how long looking the name up and connecting may take together
 */
public record EgressLimits(
        int connections, int target, int header, long head, long idle, long response, long connect) {}
