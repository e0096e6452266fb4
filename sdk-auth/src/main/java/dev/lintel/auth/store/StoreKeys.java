package dev.lintel.auth.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a store: one that encrypts, and older ones that only decrypt, so that a key can be replaced while entries
 * under the old one are still there. An entry changes to the new key when it is next written.
 *
 * <p>A sealed entry is {@code LTS}, the version of the format, the id of the key, a random nonce of 12 bytes, and the
 * entry in AES-GCM with a tag of 16 bytes. The name of the entry, the version and the id are authenticated with it, so
 * that an entry that was changed, or moved to another name, does not open. An older copy of the same entry does: who can
 * write to the store can set it back.
 */
public final class StoreKeys {
    private static final byte[] MAGIC = {'L', 'T', 'S', 1};
    private static final int NONCE = 12;
    private static final int TAG = 16;
    private static final int HEAD = MAGIC.length + StoreKey.ID_BYTES + NONCE;

    private final List<StoreKey> keys;
    private final SecureRandom random = new SecureRandom();

    private StoreKeys(List<StoreKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /**
     * Keys.
     *
     * @param current what encrypts
     * @param older what only decrypts
     * @return the keys
     */
    public static StoreKeys of(StoreKey current, StoreKey... older) {
        List<StoreKey> keys = new ArrayList<>();
        keys.add(current);
        Collections.addAll(keys, older);
        return new StoreKeys(keys);
    }

    /**
     * Encrypts an entry.
     *
     * @param key its name, which is bound to it
     * @param entry what it holds
     * @return what may be written anywhere
     */
    public byte[] seal(EntryKey key, Versioned entry) {
        StoreKey current = keys.get(0);
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        byte[] plain = EntryCodec.write(entry);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, current, nonce, key).doFinal(plain);
            return ByteBuffer.allocate(HEAD + sealed.length)
                    .put(MAGIC)
                    .put(current.idBytes())
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has AES-GCM", e);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    /**
     * Decrypts an entry.
     *
     * @param key the name under which it was found
     * @param sealed what was found
     * @param events who is told if it cannot be read, and why
     * @return empty if it cannot be read
     */
    public Optional<Versioned> open(EntryKey key, byte[] sealed, Consumer<StoreEvent> events) {
        Optional<Versioned> entry = Optional.empty();
        String why = "it is not an entry of a format that is known";
        if (sealed.length > HEAD + TAG && Arrays.equals(MAGIC, Arrays.copyOf(sealed, MAGIC.length))) {
            byte[] id = Arrays.copyOfRange(sealed, MAGIC.length, MAGIC.length + StoreKey.ID_BYTES);
            StoreKey named = named(id);
            if (named == null) {
                why = "the key that it is encrypted with is none of " + keys;
            } else {
                byte[] plain = decrypt(named, key, sealed);
                why = "it was changed, moved from another name, or cut off";
                if (plain != null) {
                    why = "what it holds is not of a form that is known";
                    entry = EntryCodec.read(plain);
                    Arrays.fill(plain, (byte) 0);
                }
            }
        }
        if (entry.isEmpty()) {
            events.accept(new StoreEvent(StoreEvent.Kind.UNREADABLE, key, why));
        }
        return entry;
    }

    private @Nullable StoreKey named(byte[] id) {
        for (StoreKey key : keys) {
            if (Arrays.equals(key.idBytes(), id)) {
                return key;
            }
        }
        return null;
    }

    private static byte @Nullable [] decrypt(StoreKey by, EntryKey key, byte[] sealed) {
        byte[] nonce = Arrays.copyOfRange(sealed, HEAD - NONCE, HEAD);
        try {
            return cipher(Cipher.DECRYPT_MODE, by, nonce, key).doFinal(sealed, HEAD, sealed.length - HEAD);
        } catch (AEADBadTagException e) {
            return null;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has AES-GCM", e);
        }
    }

    private static Cipher cipher(int mode, StoreKey by, byte[] nonce, EntryKey key) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, by.key(), new GCMParameterSpec(8 * TAG, nonce));
        cipher.updateAAD(MAGIC);
        cipher.updateAAD(by.idBytes());
        cipher.updateAAD(key.digest().getBytes(StandardCharsets.US_ASCII));
        return cipher;
    }
}
