package dev.lintel.core;

/**
 * One thing said about an API: a token is needed, traffic is split, a call is tried again.
 *
 * <p>Policies are records: equal by value, checked in their compact constructor, without ids, clocks, secrets or
 * lambdas, so that they can be written down and read back equal.
 */
public interface Policy {
    /**
     * The kind under which this policy is stored, with its version.
     *
     * @return for example {@code traffic.split/v1}
     */
    String kind();

    /**
     * What sets this policy apart from others of its kind on one API. Two policies of one kind and one key are a
     * problem at {@code define()}: saying a thing twice is an error, not a choice.
     *
     * @return the empty string unless the kind may be said several times
     */
    default String key() {
        return "";
    }
}
