package dev.lintel.auth.oauth.wire;

import dev.lintel.auth.net.FetchException;
import dev.lintel.auth.net.Reply;
import dev.lintel.auth.net.StrictJson;
import dev.lintel.auth.net.Urls;
import dev.lintel.core.Secret;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The members of a JSON object that a server answered; a member of the wrong kind is told by its name and its kind. */
public final class Members {
    /** Names that may stand in a message; others may be an echo of what was sent. */
    private static final List<String> NAMES = List.of(
            "access_token",
            "token_type",
            "expires_in",
            "refresh_token",
            "id_token",
            "scope",
            "issued_token_type",
            "error",
            "error_description",
            "device_code",
            "user_code",
            "verification_uri",
            "interval",
            "request_uri",
            "active",
            "client_id",
            "client_secret",
            "registration_access_token",
            "registration_client_uri");

    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7E]{1,65536}");
    private static final Pattern SCOPES = Pattern.compile("[\\x20\\x21\\x23-\\x5B\\x5D-\\x7E]*");
    private static final long LATEST = 253_402_300_799L;

    private final URI where;
    private final Map<String, Object> members;

    private Members(URI where, Map<String, Object> members) {
        this.where = where;
        this.members = members;
    }

    /**
     * Reads the body of an answer.
     *
     * @param where the endpoint
     * @param reply its answer
     * @return its members
     * @throws FetchException if it is not one JSON object
     */
    public static Members of(URI where, Reply reply) throws FetchException {
        if (!reply.isJson()) {
            throw new FetchException(
                            "answered " + reply.status() + " with a body that does not say that it is application/json;"
                                    + " is this the right address?",
                            true)
                    .at(where);
        }
        try {
            return new Members(where, StrictJson.read(reply.body(), NAMES));
        } catch (FetchException e) {
            throw new FetchException("answered " + reply.status() + " with a body " + e.getMessage(), true).at(where);
        }
    }

    /**
     * All members.
     *
     * @return as they came
     */
    public Map<String, Object> all() {
        return members;
    }

    /**
     * A member that cannot be used as it is.
     *
     * @param name its name
     * @param must what it must be, as in "must be a boolean (RFC 7662, 2.2)"
     * @return for throwing
     */
    public FetchException bad(String name, String must) {
        String came = members.containsKey(name)
                ? "with '" + name + "' as " + Came.words(members.get(name))
                : "without '" + name + "'";
        return new FetchException("answered " + came + ", which " + must, true).at(where);
    }

    /**
     * A token.
     *
     * @param name of the member
     * @param must what it must be
     * @return null if there is none
     * @throws FetchException if it is not visible ASCII
     */
    public @Nullable Secret token(String name, String must) throws FetchException {
        Object value = members.get(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof String text && TOKEN.matcher(text).matches())) {
            throw bad(name, must);
        }
        return Secret.of(text);
    }

    /**
     * A text.
     *
     * @param name of the member
     * @param must what it must be
     * @return null if there is none
     * @throws FetchException if it is not a string
     */
    public @Nullable String text(String name, String must) throws FetchException {
        Object value = members.get(name);
        if (value != null && !(value instanceof String)) {
            throw bad(name, must);
        }
        return (String) value;
    }

    /**
     * A positive number of seconds.
     *
     * @param name of the member
     * @param must what it must be
     * @return null if there is none
     * @throws FetchException if it is not a whole number of at least 1 that fits 63 bits
     */
    public @Nullable Long seconds(String name, String must) throws FetchException {
        Object value = members.get(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof Integer || value instanceof Long) || ((Number) value).longValue() < 1) {
            throw bad(name, must);
        }
        return ((Number) value).longValue();
    }

    /**
     * A moment, as seconds since 1970.
     *
     * @param name of the member
     * @param must what it must be
     * @return empty if there is none, or it is 0
     * @throws FetchException if it is not a number up to the year 9999
     */
    public Optional<Instant> moment(String name, String must) throws FetchException {
        Object value = members.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof Number number) || !(number.doubleValue() >= 0 && number.doubleValue() <= LATEST)) {
            throw bad(name, must);
        }
        return number.longValue() == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(number.longValue()));
    }

    /**
     * Scopes with spaces between (RFC 6749, 3.3).
     *
     * @param name of the member
     * @return null if there is none
     * @throws FetchException if it is not such a string
     */
    public @Nullable List<String> scopes(String name) throws FetchException {
        String must = "must be one string of scopes with spaces between (RFC 6749, 3.3)";
        String text = text(name, must);
        if (text == null) {
            return null;
        }
        if (!SCOPES.matcher(text).matches()) {
            throw bad(name, must);
        }
        return text.isBlank() ? List.of() : List.of(text.strip().split(" +"));
    }

    /**
     * A list of texts, or one text instead of a list of one.
     *
     * @param name of the member
     * @param must what it must be
     * @return empty if there is none
     * @throws FetchException if it is something else
     */
    public List<String> texts(String name, String must) throws FetchException {
        Object value = members.get(name);
        if (value == null) {
            return List.of();
        }
        if (value instanceof String one) {
            return List.of(one);
        }
        List<String> texts = new ArrayList<>();
        if (!(value instanceof List<?> several)) {
            throw bad(name, must);
        }
        for (Object one : several) {
            if (!(one instanceof String text)) {
                throw bad(name, must);
            }
            texts.add(text);
        }
        return texts;
    }

    /**
     * An address.
     *
     * @param name of the member
     * @return null if there is none
     * @throws FetchException if it is not an {@code https} address, or {@code http} on loopback
     */
    public @Nullable URI uri(String name) throws FetchException {
        String must = "must be an https address";
        String text = text(name, must);
        if (text == null) {
            return null;
        }
        try {
            return Urls.checked(name, URI.create(text));
        } catch (IllegalArgumentException e) {
            throw bad(name, must);
        }
    }
}
