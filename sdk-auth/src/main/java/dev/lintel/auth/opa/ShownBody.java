package dev.lintel.auth.opa;

/**
 * How much of a request's body an authorizer is shown.
 *
 * @param maxBytes the most, 1 byte to 16 MiB; a longer body is refused with 413 unless {@code partial}
 * @param partial whether the beginning of a longer body will do
 * @param asBytes whether it is shown as bytes in place of text, for bodies that are not UTF-8
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/filters/http/ext_authz/v3/ext_authz.proto">Envoy,
 *     BufferSettings</a>
 */
public record ShownBody(int maxBytes, boolean partial, boolean asBytes) {
    private static final int LARGEST = 16 * 1024 * 1024;

    /** Checks the limit. */
    public ShownBody {
        if (maxBytes < 1 || maxBytes > LARGEST) {
            throw new IllegalArgumentException("the body that an authorizer is shown must be limited to 1 to " + LARGEST
                    + " bytes, but was " + maxBytes + ": it is kept in memory while the authorizer is asked");
        }
    }

    /**
     * The same limit, the beginning of a longer body being enough. A policy that needs the whole body must then look at
     * {@code input.truncated_body}.
     *
     * @return a new value
     */
    public ShownBody allowPartial() {
        return new ShownBody(maxBytes, true, asBytes);
    }

    /**
     * The same limit, the body shown as bytes in place of text.
     *
     * @return a new value
     */
    public ShownBody packAsBytes() {
        return new ShownBody(maxBytes, partial, true);
    }

    static ShownBody upTo(int maxBytes) {
        return new ShownBody(maxBytes, false, false);
    }
}
