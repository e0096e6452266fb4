package dev.lintel.testbed;

/**
 * What an apiserver answered.
 *
 * @param status the HTTP status
 * @param body its text, JSON as a rule
 */
public record Answer(int status, String body) {
    private static final int OK = 200;
    private static final int MULTIPLE_CHOICES = 300;

    /** Whether the status is one of success. */
    public boolean succeeded() {
        return status >= OK && status < MULTIPLE_CHOICES;
    }

    /**
     * The same answer where it must be one of success.
     *
     * @throws IllegalStateException with the body if it is not
     */
    Answer expected(String of) {
        if (!succeeded()) {
            throw new IllegalStateException(of + " was answered " + status + ": " + body);
        }
        return this;
    }
}
