package dev.lintel.embedded.authorization.http;

import java.time.Duration;

/**
 * How much one caller may ask of a listener.
 *
 * @param body the largest body, in bytes; above it 413
 * @param line the longest request line, in bytes; above it 414
 * @param header the largest header, in bytes; above it 431
 * @param connections how many may be open at once; further ones are closed at once
 * @param patience how long a whole request may take to arrive, counted from the connection or from the answer before;
 *     then the connection is closed
 * @param farewell how long a closing connection is read on, so that its caller sees the last answer; also how long a
 *     stopping listener waits for answers
 */
public record Limits(int body, int line, int header, int connections, Duration patience, Duration farewell) {
    /** What a listener allows unless said otherwise. */
    public static final Limits DEFAULT =
            new Limits(64 * 1024, 4 * 1024, 16 * 1024, 4_096, Duration.ofSeconds(60), Duration.ofSeconds(2));
}
