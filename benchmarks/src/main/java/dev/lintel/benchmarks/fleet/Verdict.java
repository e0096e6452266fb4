package dev.lintel.benchmarks.fleet;

/** How an answer is explained by what the origins saw. */
enum Verdict {
    /** The last try was good, and its origin is the one that the answer names. */
    SERVED("200 from the expected version"),
    /** The last try failed in the way that the caller was told, and no more tries were due. */
    FAILED("failed after all tries"),
    /** 500 is passed on at once. */
    PASSED_ON("500, which is not tried again"),
    /** A retry was due and not made: as many were under way as the budget allows. */
    NO_BUDGET("failed without budget for a retry"),
    /** Every workload of the version was out. */
    NONE_LEFT("no workload was left"),
    /** The limit of what is taken at once was reached. */
    OVERLOADED("more at once than is taken"),
    /** No connection could be made to an origin that is dead. */
    DEAD("the origin was dead"),
    /** Nothing explains it. */
    UNEXPLAINED("unexplained");

    private final String words;

    Verdict(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
