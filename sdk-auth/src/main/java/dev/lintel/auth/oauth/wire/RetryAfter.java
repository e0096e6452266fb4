package dev.lintel.auth.oauth.wire;

import dev.lintel.auth.net.HttpDate;
import dev.lintel.auth.net.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How long a server wants to be left alone (RFC 9110, 10.2.3), at most an hour: what is longer is a mistake or malice. */
public final class RetryAfter {
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");
    private static final Pattern MANY = Pattern.compile("\\d{10,100}");

    private RetryAfter() {}

    /**
     * What an answer says.
     *
     * @param reply the answer
     * @param now this machine's time; a date is counted from the {@code Date} of the answer, if it has one
     * @return 0 to 1 hour; null if nothing is said, or nothing that can be read
     */
    public static @Nullable Duration of(Reply reply, Instant now) {
        String said = reply.header("Retry-After");
        if (said == null) {
            return null;
        }
        String text = said.strip();
        if (SECONDS.matcher(text).matches()) {
            return capped(Duration.ofSeconds(Long.parseLong(text)));
        }
        if (MANY.matcher(text).matches()) {
            return LONGEST;
        }
        Instant until = HttpDate.of(text, now);
        if (until == null) {
            return null;
        }
        Instant from = HttpDate.of(reply.header("Date"), now);
        return capped(Duration.between(from == null ? now : from, until));
    }

    private static Duration capped(Duration said) {
        if (said.isNegative()) {
            return Duration.ZERO;
        }
        return said.compareTo(LONGEST) > 0 ? LONGEST : said;
    }
}
