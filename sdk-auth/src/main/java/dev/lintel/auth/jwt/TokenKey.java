package dev.lintel.auth.jwt;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** The SHA-256 of a token: tells tokens apart without keeping them, so that a heap dump holds none. */
final class TokenKey {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final ThreadLocal<Hasher> HASHER = ThreadLocal.withInitial(Hasher::new);

    private final long first;
    private final long second;
    private final long third;
    private final long fourth;

    private TokenKey(byte[] hash) {
        first = (long) LONGS.get(hash, 0);
        second = (long) LONGS.get(hash, 8);
        third = (long) LONGS.get(hash, 16);
        fourth = (long) LONGS.get(hash, 24);
    }

    /** The key of a token; null if it has a character that no token has. */
    static @Nullable TokenKey of(String raw) {
        return HASHER.get().hash(raw);
    }

    /** What one thread needs over and over again. */
    private static final class Hasher {
        private final MessageDigest digest;
        private final byte[] chunk = new byte[1024];
        private final byte[] hash = new byte[32];

        Hasher() {
            try {
                digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JVM has SHA-256", e);
            }
        }

        @Nullable
        TokenKey hash(String raw) {
            digest.reset();
            int at = 0;
            while (at < raw.length()) {
                int n = Math.min(chunk.length, raw.length() - at);
                int seen = 0;
                for (int i = 0; i < n; i++) {
                    char c = raw.charAt(at + i);
                    seen |= c;
                    chunk[i] = (byte) c;
                }
                if (seen > 0x7f) {
                    return null;
                }
                digest.update(chunk, 0, n);
                at += n;
            }
            try {
                digest.digest(hash, 0, hash.length);
            } catch (DigestException e) {
                throw new IllegalStateException("SHA-256 has 32 bytes", e);
            }
            return new TokenKey(hash);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TokenKey key
                && first == key.first
                && second == key.second
                && third == key.third
                && fourth == key.fourth;
    }

    @Override
    public int hashCode() {
        return (int) first;
    }
}
