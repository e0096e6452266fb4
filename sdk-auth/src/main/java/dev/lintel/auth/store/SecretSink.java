package dev.lintel.auth.store;

import dev.lintel.core.Secret;
import java.util.Map;
import java.util.Optional;

/**
 * Where secrets go that somebody else has made up, such as the client secret that an authorization server answers to a
 * registration (RFC 7591, 3.2.1): the program that registers hands them on, and neither keeps nor shows them. Beside the
 * values lie notes, which are no secret and can be read again; the values cannot.
 *
 * <p>A place belongs to whoever has put something there with notes. One that is taken by somebody else is left alone: each
 * method then throws.
 */
public interface SecretSink {
    /**
     * Puts values in their place, over those that are there, with new notes. Where a place is one object, such as a {@code
     * Secret}, all changes at once; else the values come first and the notes last.
     *
     * @param place where
     * @param values by their names; what is never logged
     * @param notes lower-case names with {@code -}, at most 63 characters, and one line of text each
     * @throws StoreException if they could not be put there
     */
    void put(SecretPlace place, Map<String, Secret> values, Map<String, String> notes) throws StoreException;

    /**
     * Changes the notes and leaves the values.
     *
     * @param place where something is
     * @param notes in place of those that are there
     * @throws StoreException if they could not be changed, or nothing is there
     */
    void note(SecretPlace place, Map<String, String> notes) throws StoreException;

    /**
     * The notes.
     *
     * @param place where
     * @return empty if nothing is there; no notes if what was put there is not whole
     * @throws StoreException if they cannot be read, or the place is taken by somebody else
     */
    Optional<Map<String, String>> notes(SecretPlace place) throws StoreException;

    /**
     * Removes values and notes; nothing may be there already.
     *
     * @param place where
     * @throws StoreException if they could not be removed
     */
    void remove(SecretPlace place) throws StoreException;
}
