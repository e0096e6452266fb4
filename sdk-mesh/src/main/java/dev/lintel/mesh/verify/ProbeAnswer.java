package dev.lintel.mesh.verify;

/**
 * What came back for a probe.
 *
 * @param status of the answer; 0 if there is none
 * @param behind whether somebody behind the first proxy has answered: the service, or a proxy in front of it
 * @param words what was seen, for people and without secrets, for example {@code 403}; 200 characters at most
 */
public record ProbeAnswer(int status, boolean behind, String words) {
    private static final int LONGEST = 200;
    private static final int LAST = 599;

    /** Checks the status, and cuts the words. */
    public ProbeAnswer {
        if (status < 0 || status > LAST) {
            throw new IllegalArgumentException("there is no status " + status);
        }
        words = words.length() > LONGEST ? words.substring(0, LONGEST) : words;
    }

    /**
     * An answer.
     *
     * @param status of the answer
     * @param behind whether somebody behind the first proxy has answered
     * @return the value
     */
    public static ProbeAnswer of(int status, boolean behind) {
        return new ProbeAnswer(status, behind, Integer.toString(status));
    }

    /**
     * No answer.
     *
     * @param why for people, for example {@code could not be connected to}
     * @return the value
     */
    public static ProbeAnswer none(String why) {
        return new ProbeAnswer(0, false, "no answer: " + why);
    }
}
