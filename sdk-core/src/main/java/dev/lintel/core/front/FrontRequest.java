package dev.lintel.core.front;

import dev.lintel.core.evaluate.Caller;
import dev.lintel.core.evaluate.Token;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request as a front gets it: allowed already, with its whole body. Prints method, host and path alone, because the rest
 * may be secret.
 *
 * @param method for example {@code POST}
 * @param host the host that was called, with port if there was one
 * @param path the path in normal form, rewritten if the definition says so
 * @param query as it came, without question mark; null if there is none
 * @param headers names in lower case with their values, several of one name joined by commas, in the order in which they came
 * @param body the whole body
 * @param token what came of the token that was presented
 * @param caller who calls, as its certificate proves it
 */
public record FrontRequest(
        String method,
        String host,
        String path,
        @Nullable String query,
        Map<String, String> headers,
        ByteBuffer body,
        Token token,
        Caller caller) {
    /** Keeps headers and body unchangeable. */
    public FrontRequest {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        body = body.asReadOnlyBuffer();
    }

    /**
     * The body, at its beginning.
     *
     * @return unchangeable; each call answers one of its own
     */
    @Override
    public ByteBuffer body() {
        return body.duplicate();
    }

    /**
     * The body as bytes.
     *
     * @return a copy
     */
    public byte[] bytes() {
        byte[] copy = new byte[body.remaining()];
        body.duplicate().get(copy);
        return copy;
    }

    /**
     * The body as text.
     *
     * @return decoded as UTF-8
     */
    public String text() {
        return StandardCharsets.UTF_8.decode(body.duplicate()).toString();
    }

    /**
     * A header's value, several of them joined by commas.
     *
     * @param name in any case
     * @return empty if the header is missing
     */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /**
     * The verified token.
     *
     * @return empty if none was presented, or none is asked for
     */
    public Optional<Token.Verified> verified() {
        return token instanceof Token.Verified verified ? Optional.of(verified) : Optional.empty();
    }

    @Override
    public String toString() {
        return method + " " + host + path;
    }
}
