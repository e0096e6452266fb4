package dev.lintel.auth.oauth.credential;

import dev.lintel.auth.net.StrictJson;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.auth.token.TokenFetchException.Kind;
import dev.lintel.core.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A JWT in a file that the platform replaces before it expires: a projected token of a Kubernetes service account, or a
 * JWT-SVID of SPIFFE. It is the client's assertion, or the subject of an exchange, or the assertion of a JWT bearer grant.
 *
 * <p>Before each use the file is looked at, and read again if it or what it links to has changed, or after a minute anyway;
 * a token that has expired is never handed out. At most 64 KiB.
 */
public final class WorkloadIdentity implements ClientAuthentication, AssertionSource {
    private static final String SPIFFE = "urn:ietf:params:oauth:client-assertion-type:jwt-spiffe";
    private static final int MOST_BYTES = 64 * 1024;
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Pattern JWT = Pattern.compile("[\\w-]+\\.[\\w-]+\\.[\\w-]+");

    private final Path file;
    private final String type;
    private final InstantSource clock;
    private volatile @Nullable Held held;

    private WorkloadIdentity(Path file, String type, InstantSource clock) {
        this.file = file;
        this.type = type;
        this.clock = clock;
    }

    private record Held(Secret token, Instant expires, String mark, Instant read) {}

    /**
     * A JWT in a file.
     *
     * @param file for example {@code /var/run/secrets/tokens/id}
     * @return an assertion of the type {@code jwt-bearer} (RFC 7523, 2.2)
     */
    public static WorkloadIdentity file(Path file) {
        return new WorkloadIdentity(file, PrivateKeyJwt.ASSERTION_TYPE, InstantSource.system());
    }

    /**
     * The same as a SPIFFE JWT-SVID, which servers tell from other JWTs by the type {@code jwt-spiffe}.
     *
     * @return a new credential
     */
    public WorkloadIdentity spiffe() {
        return new WorkloadIdentity(file, SPIFFE, clock);
    }

    /**
     * The same by another clock.
     *
     * @param other what time it is
     * @return a new credential
     */
    public WorkloadIdentity clock(InstantSource other) {
        return new WorkloadIdentity(file, type, other);
    }

    /** The type of client assertions, whatever its profile, is a JWT that the client did not make. */
    @Override
    public String method() {
        return "private_key_jwt";
    }

    @Override
    public Credentials credentials(Asking asking) throws TokenFetchException {
        return Credentials.assertion(asking.clientId(), type, assertion());
    }

    @Override
    public Secret assertion() throws TokenFetchException {
        Instant now = clock.instant();
        try {
            String mark = mark();
            Held current = held;
            boolean good = current != null
                    && current.mark().equals(mark)
                    && current.expires().isAfter(now)
                    && Duration.between(current.read(), now).abs().compareTo(LONGEST) < 0;
            if (current == null || !good) {
                current = read(mark, now);
                held = current;
            }
            if (!current.expires().isAfter(now)) {
                throw bad("expired at " + current.expires() + "; does the platform still replace it?");
            }
            return current.token();
        } catch (IOException e) {
            // The message of the exception is not ours, and its name of a file may be misleading after a link.
            throw bad("cannot be read");
        }
    }

    /** Kubernetes replaces a link to a folder beside it, so the time of the file alone would not do. */
    private String mark() throws IOException {
        Path real = file.toRealPath();
        return real + " " + Files.getLastModifiedTime(real) + " " + Files.size(real);
    }

    private Held read(String mark, Instant now) throws IOException, TokenFetchException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MOST_BYTES + 1);
        }
        if (bytes.length > MOST_BYTES) {
            throw bad("has more than " + MOST_BYTES + " bytes; is it the right file?");
        }
        String text = new String(bytes, StandardCharsets.UTF_8).strip();
        if (!JWT.matcher(text).matches()) {
            throw bad("has " + bytes.length + " bytes that are not a JWT; is it the right file?");
        }
        return new Held(Secret.of(text), expires(text), mark, now);
    }

    private Instant expires(String jwt) throws TokenFetchException {
        Map<String, Object> claims;
        try {
            String payload = jwt.substring(jwt.indexOf('.') + 1, jwt.lastIndexOf('.'));
            claims = StrictJson.object(Base64.getUrlDecoder().decode(payload)).orElse(Map.of());
        } catch (IllegalArgumentException e) {
            claims = Map.of();
        }
        if (!(claims.get("exp") instanceof Number seconds)) {
            throw bad("holds a JWT without 'exp', which cannot be told from an old one");
        }
        return Instant.ofEpochSecond(Math.min(seconds.longValue(), Instant.MAX.getEpochSecond()));
    }

    private TokenFetchException bad(String what) {
        return new TokenFetchException(Kind.RETRYABLE, "The workload identity in " + file + " " + what, null, null);
    }

    @Override
    public String toString() {
        return "workload identity in " + file;
    }
}
