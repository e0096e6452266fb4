package dev.lintel.core.evaluate;

import org.jspecify.annotations.Nullable;

/** One request, as far as a decision needs to see it. The gateway puts it over a live request without copying. */
public interface Request {
    /**
     * The way by which the request comes.
     *
     * @return the entry unless it is a call inside the mesh
     */
    default Via via() {
        return Via.ENTRY;
    }

    /**
     * The method.
     *
     * @return as it came
     */
    String method();

    /**
     * The authority: the {@code Host} header, or {@code :authority}.
     *
     * @return as it came, with port if there was one
     */
    String host();

    /**
     * The path of the request target.
     *
     * @return as it came, without query
     */
    String path();

    /**
     * The query of the request target.
     *
     * @return as it came, without question mark; null if there is none
     */
    @Nullable
    String query();

    /**
     * A header's value, several of them joined by commas.
     *
     * @param name in lower case
     * @return null if the header is missing
     */
    @Nullable
    String header(String name);

    /**
     * A cookie's value.
     *
     * @param name the cookie's name
     * @return null if the cookie is missing
     */
    @Nullable
    String cookie(String name);

    /**
     * What came of the token that the request presented.
     *
     * @return {@link Token#NONE} if it presented none
     */
    Token token();

    /**
     * The address that the request comes from.
     *
     * @return an IPv4 or IPv6 address; null if it is not known
     */
    default @Nullable String address() {
        return null;
    }

    /**
     * The scheme by which the caller came.
     *
     * @return {@code http} or {@code https}; null if it is not known
     */
    default @Nullable String scheme() {
        return null;
    }

    /**
     * Who calls, as far as the connection proves it.
     *
     * @return {@link Caller#NONE} if it shows no certificate
     */
    default Caller caller() {
        return Caller.NONE;
    }

    /**
     * What came of the session that the request's cookies carry, where people log in.
     *
     * @return {@link Token#NONE} if they carry none
     */
    default Token session() {
        return Token.NONE;
    }

    /**
     * What the API's external authorizer said.
     *
     * @return {@link Verdict#UNASKED} if it was not asked; where there is one, that is no permission
     */
    default Verdict verdict() {
        return Verdict.UNASKED;
    }

    /** The way by which a request comes. */
    enum Via {
        /** By an exposed host: entry policies and service policies govern it. */
        ENTRY,
        /** From inside, to the service itself: only service policies govern it. */
        MESH
    }
}
