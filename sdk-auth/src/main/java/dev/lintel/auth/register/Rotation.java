package dev.lintel.auth.register;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.lintel.auth.store.SecretPlace;
import dev.lintel.auth.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the secret of a client while programs use it: the new one is put beside the old one at the server, then into the
 * sink; when programs use it, the old one ends. At every moment what programs have from the sink is in force. Where a server
 * keeps no old secrets, a second client {@code id-generation} takes the place of the first, which is deleted at the end.
 *
 * <p>Nothing here waits: {@link #go} does what can be done now, and says what it stopped at. How far it has come stands in
 * the notes of the sink, so that any program can go on after a crash. Made by {@link OAuthClients#rotation}.
 *
 * <p>All methods block, and throw {@link RegistryException} if the server or the sink does not do its part; asked again
 * they go on from there.
 */
public final class Rotation {
    private final String owner;
    private final ClientRegistry registry;
    private final ClientSecrets secrets;
    private final InstantSource clock;
    private final Duration grace;
    private final @Nullable BooleanSupplier moved;

    Rotation(
            String owner,
            ClientRegistry registry,
            ClientSecrets secrets,
            InstantSource clock,
            Duration grace,
            @Nullable BooleanSupplier moved) {
        this.owner = owner;
        this.registry = registry;
        this.secrets = secrets;
        this.clock = clock;
        this.grace = grace;
        this.moved = moved;
    }

    /**
     * The same, where programs are taken to use the new secret after a time.
     *
     * @param time longer than it takes the last of them to read the sink again, for example an hour; not negative
     * @return a new value
     */
    public Rotation after(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("a grace time must not be negative, but was " + time);
        }
        return new Rotation(owner, registry, secrets, clock, time, null);
    }

    /**
     * The same, where something else tells that programs use the new secret.
     *
     * @param condition asked by each {@link #go} that waits for it; true once no program uses the old secret
     * @return a new value
     */
    public Rotation when(BooleanSupplier condition) {
        return new Rotation(owner, registry, secrets, clock, grace, condition);
    }

    /**
     * Begins, unless it has begun already, and goes as far as it can.
     *
     * @param client as it is registered
     * @return how far it has come
     */
    @CanIgnoreReturnValue
    public RotationProgress begin(ClientSpec client) {
        SecretPlace place = place(client);
        SecretNotes notes = notes(client, place);
        if (notes.phase() == RotationPhase.STABLE) {
            requireAsSaid(client, notes);
            String successor = registry.keepsOldSecrets(notes.client()) ? null : notes.client();
            Optional<KnownClient> other =
                    successor == null ? Optional.empty() : registry.find(client.id() + "-" + (notes.generation() + 1));
            if (other.isPresent()) {
                throw taken(client, other.get(), "begin again");
            }
            note(
                    place,
                    new SecretNotes(
                            owner,
                            notes.client(),
                            successor,
                            notes.generation(),
                            RotationPhase.ADDING,
                            clock.instant(),
                            successor == null ? null : secrets.stamp()));
        }
        return go(client);
    }

    /**
     * Goes on with what has begun, as far as it can.
     *
     * @param client as it is registered
     * @return how far it has come; {@link RotationPhase#STABLE} also if nothing had begun
     */
    @CanIgnoreReturnValue
    public RotationProgress go(ClientSpec client) {
        SecretPlace place = place(client);
        SecretNotes notes = notes(client, place);
        if (notes.phase() == RotationPhase.ADDING) {
            notes = notes.previous() == null ? beside(client, place, notes) : second(client, place, notes);
        }
        if (notes.phase() == RotationPhase.MOVING && notes.since() == null) {
            // Replaced by one who had no clock: the time begins now.
            notes = note(place, notes.at(RotationPhase.MOVING, clock.instant()));
        }
        if (notes.phase() == RotationPhase.MOVING && hasMoved(notes)) {
            notes = note(place, notes.at(RotationPhase.ENDING, clock.instant()));
        }
        if (notes.phase() == RotationPhase.ENDING) {
            if (notes.previous() == null) {
                registry.retire(ours(notes.client()).id());
            } else {
                registry.find(notes.previous())
                        .filter(found -> owner.equals(found.owner()))
                        .ifPresent(found -> registry.delete(found.id()));
            }
            notes = note(place, notes.without(RotationPhase.STABLE));
        }
        return new RotationProgress(client.id(), place, notes.generation(), notes.phase(), notes.since());
    }

    private SecretNotes beside(ClientSpec client, SecretPlace place, SecretNotes notes) {
        KnownClient current = ours(notes.client());
        ClientRegistry.Rotated rotated = registry.unseen(current.id())
                .map(secret -> new ClientRegistry.Rotated(secret, true))
                .orElseGet(() -> registry.rotate(current.id(), secrets.draw()));
        return put(
                client,
                place,
                new ClientRegistry.Credentials(current.clientId(), rotated.secret()),
                new SecretNotes(
                        owner,
                        current.id(),
                        null,
                        notes.generation() + 1,
                        rotated.oldStillWorks() ? RotationPhase.MOVING : RotationPhase.STABLE,
                        rotated.oldStillWorks() ? clock.instant() : null,
                        null));
    }

    /** A second client is ours to delete only by the stamp that was noted before it was made: anybody's can be alike. */
    private SecretNotes second(ClientSpec client, SecretPlace place, SecretNotes begun) {
        requireAsSaid(client, begun);
        int generation = begun.generation() + 1;
        ClientSpec successor = client.as(client.id() + "-" + generation, place);
        Optional<KnownClient> left = registry.find(successor.id());
        if (left.isPresent()) {
            if (!isLeftOver(left.get(), begun, place)) {
                throw taken(client, left.get(), "go on");
            }
            registry.delete(successor.id());
        }
        String noted = begun.stamp();
        String stamp = noted == null ? secrets.stamp() : noted;
        if (noted == null) {
            // Begun by a version that knew no stamps.
            note(place, begun.stamped(stamp));
        }
        return put(
                client,
                place,
                registry.create(successor, owner, stamp, secrets.draw()),
                new SecretNotes(
                        owner,
                        successor.id(),
                        begun.client(),
                        generation,
                        RotationPhase.MOVING,
                        clock.instant(),
                        null));
    }

    private boolean isLeftOver(KnownClient found, SecretNotes begun, SecretPlace place) {
        SecretPlace own = new SecretPlace(owner, found.id());
        try {
            return begun.stamp() != null
                    && begun.stamp().equals(found.stamp())
                    && owner.equals(found.owner())
                    && (own.equals(place) || secrets.notes(own).isEmpty());
        } catch (StoreException e) {
            throw new RegistryException(e.getMessage() + "; nothing was done");
        }
    }

    private RegistryException taken(ClientSpec client, KnownClient other, String then) {
        String assigned = other.clientId().equals(other.id()) ? "" : " (" + other.clientId() + " there)";
        return new RegistryException("clients.name-taken: the secret of client '" + client.id()
                + "' is not replaced, because its second client would be called '" + other.id() + "', and "
                + registry.name() + " has one of that name" + assigned
                + " which was not made for this and is left alone; give that one another id, then " + then);
    }

    private void requireAsSaid(ClientSpec client, SecretNotes notes) {
        if (!ours(notes.client()).facts().equals(registry.expected(client))) {
            throw new RegistryException(
                    "client '" + client.id() + "' is registered otherwise than it is said here; apply a plan first");
        }
    }

    private SecretNotes put(ClientSpec client, SecretPlace place, ClientRegistry.Credentials made, SecretNotes notes) {
        if (made.secret() == null) {
            throw new RegistryException(
                    registry.name() + " gave client '" + notes.client() + "' no secret; look at it there, then go on");
        }
        try {
            secrets.put(place, made.clientId(), made.secret(), notes);
            return notes;
        } catch (StoreException e) {
            throw new RegistryException("client '" + client.id() + "' has a new secret, but " + e.getMessage()
                    + "; mend that, then go on: the old one is in force until then");
        }
    }

    private boolean hasMoved(SecretNotes notes) {
        Instant since = notes.since();
        return moved == null ? since != null && !clock.instant().isBefore(since.plus(grace)) : moved.getAsBoolean();
    }

    private SecretPlace place(ClientSpec client) {
        if (!client.proof().hasSecret()) {
            throw new IllegalArgumentException("client '" + client.id() + "' has no secret that could be replaced");
        }
        return client.placeFor(owner);
    }

    private SecretNotes notes(ClientSpec client, SecretPlace place) {
        try {
            SecretNotes notes = secrets.notes(place)
                    .orElseThrow(() -> new RegistryException("there is no secret of client '" + client.id() + "' in "
                            + place + "; apply a plan first, or rotate(\"" + client.id() + "\")"));
            if (!owner.equals(notes.owner()) || !client.isAlso(notes.client())) {
                throw new RegistryException("the secret in " + place + " is that of client '" + notes.client()
                        + "' of '" + notes.owner() + "', and is left alone");
            }
            if (notes.phase() == RotationPhase.MAKING) {
                throw new RegistryException(
                        "client '" + client.id() + "' was not registered to the end; apply a plan first");
            }
            return notes;
        } catch (StoreException e) {
            throw new RegistryException(e.getMessage() + "; nothing was done");
        }
    }

    @CanIgnoreReturnValue
    private SecretNotes note(SecretPlace place, SecretNotes notes) {
        try {
            secrets.note(place, notes);
            return notes;
        } catch (StoreException e) {
            throw new RegistryException(
                    "how far the secret in " + place + " has come is not noted: " + e.getMessage() + "; go on");
        }
    }

    private KnownClient ours(String id) {
        KnownClient found = registry.find(id)
                .orElseThrow(() -> new RegistryException(registry.name() + " has no client '" + id + "'; plan again"));
        if (!owner.equals(found.owner())) {
            throw new RegistryException("client '" + id + "' at " + registry.name() + " does not belong to '" + owner
                    + "', so it is left alone");
        }
        return found;
    }
}
