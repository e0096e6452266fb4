package dev.lintel.mesh.verify;

/** Why nothing was sent that would show something to be in force. */
enum Withheld {
    /** It takes a token. */
    TOKEN("it takes a token that only the issuer makes", "give tokens by tokens(…) of Probes"),
    /** It takes what is let through. */
    SERVED("it takes a request that reaches the service", "say alsoServed() of Probes"),
    /** It takes another method. */
    METHOD("only methods that change something reach it", "say alsoMethodsThatChange() of Probes"),
    /** It takes another method, which the service would do. */
    NEVER("it takes a request that changes something in the service", "ask for it yourself"),
    /** There is no room for it. */
    LIMIT("its probes are more than the limit", "say more in atMost(…) of Probes"),
    /** Somebody does not want it. */
    KIND("its probes are left out by without(…)", "leave them in"),
    /** Nobody enters by a gateway for it. */
    INSIDE("calls from inside and what leaves do not go through a gateway", "ask from a workload"),
    /** It makes no difference to who gets through. */
    FORWARDING("probes ask who gets through, and not what becomes of it then", "ask for it yourself"),
    /** Nothing is asked of such an API. */
    FOREIGN("an API that speaks gRPC or fails on purpose is not asked", "ask for it yourself"),
    /** Nothing was found. */
    ALIKE("no probe is answered otherwise by it", "ask for it yourself");

    private final String words;
    private final String way;

    Withheld(String words, String way) {
        this.words = words;
        this.way = way;
    }

    /** The way out, for people. */
    String way() {
        return way;
    }

    /** For people. */
    @Override
    public String toString() {
        return words;
    }
}
