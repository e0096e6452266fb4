package dev.lintel.graphql.execute;

import java.util.List;

/** What a graph answers. */
public final class GraphAnswer {
    private final byte[] json;
    private final boolean executed;
    private final List<String> codes;

    GraphAnswer(byte[] json, boolean executed, List<String> codes) {
        this.json = json;
        this.executed = executed;
        this.codes = List.copyOf(codes);
    }

    /**
     * The answer as a GraphQL response.
     *
     * @return UTF-8; the array is not to be changed
     */
    public byte[] json() {
        return json;
    }

    /**
     * Whether the operation began: false if the document is wrong, a variable does not fit, or a limit is exceeded.
     *
     * @return true if the response has {@code data}
     */
    public boolean executed() {
        return executed;
    }

    /**
     * The codes of its errors, as in their {@code extensions.code}.
     *
     * @return in the order of the errors; none if all went well
     */
    public List<String> codes() {
        return codes;
    }

    /**
     * What became of the request, without data.
     *
     * @return such as {@code executed, 120 bytes, errors [NOT_FOUND]}
     */
    @Override
    public String toString() {
        return (executed ? "executed, " : "refused, ") + json.length + " bytes, errors " + codes;
    }
}
