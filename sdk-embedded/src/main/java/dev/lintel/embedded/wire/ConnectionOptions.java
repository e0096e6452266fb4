package dev.lintel.embedded.wire;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options of {@code Connection} (RFC 9110, 7.6.1) and the fields that they nominate for this hop only.
 *
 * <p>A message may not nominate a field that says who it is from, where it goes or how it is framed: removing that would
 * hide it from those behind us. Ten options or more are refused, as Envoy does.
 */
final class ConnectionOptions {
    private static final int LIMIT = 10;

    private final List<String> nominated = new ArrayList<>(2);
    private int count;
    private boolean good = true;
    private boolean close;
    private boolean keepAlive;

    /** Adds the options of one field. */
    void add(CharSequence value) {
        String text = value.toString();
        int at = 0;
        while (at <= text.length() && good) {
            int comma = text.indexOf(',', at);
            int end = comma < 0 ? text.length() : comma;
            option(text.substring(at, end).strip());
            at = end + 1;
        }
    }

    private void option(String option) {
        if (option.isEmpty()) {
            return;
        }
        count++;
        if (option.equalsIgnoreCase("close")) {
            close = true;
        } else if (option.equalsIgnoreCase("keep-alive")) {
            keepAlive = true;
        } else {
            Field field = Field.of(option);
            good = Grammar.isToken(option) && (field == Field.OTHER || field.fate == Field.Fate.HOP);
            nominated.add(option);
        }
        good &= count < LIMIT;
    }

    boolean isGood() {
        return good;
    }

    boolean close() {
        return close;
    }

    boolean keepAlive() {
        return keepAlive;
    }

    /** Whether TE is among the nominated fields, as it must be where it is sent. */
    static boolean onlyTrailers(@Nullable CharSequence te) {
        return te != null && AsciiString.contentEqualsIgnoreCase(AsciiString.trim(te), "trailers");
    }

    void remove(HttpHeaders headers) {
        for (int i = 0; i < nominated.size(); i++) {
            headers.remove(nominated.get(i));
        }
    }
}
