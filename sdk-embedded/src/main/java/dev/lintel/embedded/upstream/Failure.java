package dev.lintel.embedded.upstream;

/** Why a service did not answer. */
public enum Failure {
    /** No connection could be made, so that nothing was sent. */
    CONNECT(503, "the service cannot be reached"),
    /** The gateway could not get ready to connect, for want of a certificate or of a thread; nothing was sent either. */
    UNPREPARED(503, "the service cannot be reached"),
    /** The connection broke before the response was complete. */
    RESET(502, "the service broke off before it answered"),
    /** What came is not a response. */
    GARBAGE(502, "the service's answer is not valid HTTP/1.1"),
    /** It took too long. */
    TIMEOUT(504, "the service did not answer in time"),
    /** A limit of the version was reached; this says nothing about a workload. */
    OVERFLOW(503, "the service takes no more calls at once"),
    /** All workloads are put out or not well. */
    UNREADY(503, "no healthy workload");

    private final int status;
    private final String detail;

    Failure(int status, String detail) {
        this.status = status;
        this.detail = detail;
    }

    /** Whether it is a failure of the workload that was asked. */
    public boolean isOfWorkload() {
        return this != UNPREPARED && this != OVERFLOW && this != UNREADY;
    }

    /** The status that tells a caller of it. */
    public int status() {
        return status;
    }

    /** What a caller is told. */
    public String detail() {
        return detail;
    }
}
