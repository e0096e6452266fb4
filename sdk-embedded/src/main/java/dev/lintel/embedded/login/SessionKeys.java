package dev.lintel.embedded.login;

import dev.lintel.core.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The keys that cookies are encrypted with (AES-256-GCM, NIST SP 800-38D): the first encrypts, all decrypt. What is sealed begins
 * with the format's version, the key's name and the nonce, and holds only for what it was sealed for.
 */
final class SessionKeys {
    private static final int VERSION = 1;
    private static final int BYTES = 32;
    private static final int MOST = 8;
    private static final int NONCE = 12;
    private static final int TAG = 16;
    private static final int HEAD = 1 + 4 + NONCE;

    private static final ThreadLocal<Cipher> OPENING = ThreadLocal.withInitial(SessionKeys::cipher);

    private final List<Key> keys;

    private record Key(int name, SecretKeySpec key) {
        @Override
        public String toString() {
            return "key " + Integer.toHexString(name);
        }
    }

    private SessionKeys(List<Key> keys) {
        this.keys = keys;
    }

    /**
     * Reads keys.
     *
     * @param secret one or more in base64 of either alphabet, 32 bytes each, with white space or commas between
     * @throws IllegalArgumentException if that is not what is there; the message tells nothing of it
     */
    static SessionKeys parse(Secret secret) {
        List<Key> keys = new ArrayList<>();
        for (String one : secret.reveal().strip().split("[\\s,]+", -1)) {
            byte[] raw;
            try {
                raw = Base64.getDecoder().decode(one.replace('-', '+').replace('_', '/'));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("a cookie key is not base64");
            }
            if (raw.length != BYTES) {
                throw new IllegalArgumentException("a cookie key must be " + BYTES + " bytes, but was " + raw.length);
            }
            keys.add(new Key(name(raw), new SecretKeySpec(raw, "AES")));
        }
        if (keys.size() > MOST) {
            throw new IllegalArgumentException(
                    "at most " + MOST + " cookie keys are kept, but there are " + keys.size());
        }
        return new SessionKeys(List.copyOf(keys));
    }

    private static int name(byte[] raw) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update("lintel cookie key ".getBytes(StandardCharsets.US_ASCII));
            return ByteBuffer.wrap(digest.digest(raw)).getInt();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    String seal(byte[] text, byte[] purpose, RandomGenerator random) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        Key key = keys.get(0);
        byte[] head = ByteBuffer.allocate(HEAD)
                .put((byte) VERSION)
                .putInt(key.name())
                .put(nonce)
                .array();
        try {
            Cipher cipher = cipher();
            start(cipher, Cipher.ENCRYPT_MODE, key, head, purpose);
            byte[] sealed = cipher.doFinal(text);
            byte[] whole = ByteBuffer.allocate(HEAD + sealed.length)
                    .put(head)
                    .put(sealed)
                    .array();
            return Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has AES-GCM");
        }
    }

    /** Null if it was not sealed with one of these keys for this purpose, or was changed since. */
    byte @Nullable [] open(String sealed, byte[] purpose) {
        byte[] whole;
        try {
            whole = Base64.getUrlDecoder().decode(sealed);
        } catch (IllegalArgumentException e) {
            return null;
        }
        if (whole.length < HEAD + TAG || whole[0] != VERSION) {
            return null;
        }
        int name = ByteBuffer.wrap(whole, 1, 4).getInt();
        for (Key key : keys) {
            if (key.name() == name) {
                return open(key, whole, purpose);
            }
        }
        return null;
    }

    /** One cipher for each thread: it keeps the key's schedule, and what was not authentic leaves nothing in it. */
    private static byte @Nullable [] open(Key key, byte[] whole, byte[] purpose) {
        try {
            Cipher cipher = OPENING.get();
            start(cipher, Cipher.DECRYPT_MODE, key, whole, purpose);
            return cipher.doFinal(whole, HEAD, whole.length - HEAD);
        } catch (GeneralSecurityException e) {
            OPENING.remove();
            return null;
        }
    }

    /** Whether what was sealed names a key that is not here, so that looking for newer keys may help. */
    boolean isOfOtherKey(String sealed) {
        byte[] head;
        try {
            head = Base64.getUrlDecoder().decode(sealed.substring(0, Math.min(8, sealed.length())));
        } catch (IllegalArgumentException e) {
            return false;
        }
        return head.length >= 5
                && head[0] == VERSION
                && keys.stream()
                        .noneMatch(
                                key -> key.name() == ByteBuffer.wrap(head, 1, 4).getInt());
    }

    private static Cipher cipher() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has AES-GCM");
        }
    }

    private static void start(Cipher cipher, int mode, Key key, byte[] head, byte[] purpose)
            throws GeneralSecurityException {
        cipher.init(mode, key.key(), new GCMParameterSpec(TAG * 8, head, HEAD - NONCE, NONCE));
        cipher.updateAAD(head, 0, HEAD - NONCE);
        cipher.updateAAD(purpose);
    }

    /** How many there are, not the keys. */
    @Override
    public String toString() {
        return keys.size() + " cookie keys";
    }
}
