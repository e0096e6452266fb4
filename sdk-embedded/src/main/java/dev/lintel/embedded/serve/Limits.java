package dev.lintel.embedded.serve;

/**
 * What is bounded. Times are nanoseconds, sizes bytes.
 *
 * @param target the longest request line
 * @param header the largest header, of requests and responses
 * @param body the largest request body; 0 for no limit
 * @param functionBody the largest request body for a function, which gets it whole
 * @param connections how many clients may be connected
 * @param head from the first byte of a request to the end of its header
 * @param idle how long a connection may rest between requests
 * @param request how long a request's body may take, and how long a body may stand still on its way
 * @param response from the end of the request to the head of the response
 * @param connectMillis how long making a connection to a workload may take, in milliseconds
 */
public record Limits(
        int target,
        int header,
        long body,
        int functionBody,
        int connections,
        long head,
        long idle,
        long request,
        long response,
        int connectMillis) {}
