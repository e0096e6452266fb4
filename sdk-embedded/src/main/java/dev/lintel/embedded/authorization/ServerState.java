package dev.lintel.embedded.authorization;

import dev.lintel.embedded.authorization.keys.KeyRing;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

/**
 * What a running authorization server remembers, shared by its front (pages, {@code /authorize}) and its back (tokens).
 * The front makes codes with {@code codes.issue(grant, CODE)} and decides about devices with {@code deviceCodes}; the back
 * redeems both.
 */
final class ServerState {
    /** How long a code is good. */
    static final Duration CODE = Duration.ofSeconds(60);

    final InstantSource clock;
    final SecureRandom random;
    final KeyRing keys;
    final Journal journal = new Journal();
    final Changes changes = new Changes();
    final Clients clients;
    final UserClaims claims = new UserClaims();
    final Tickets<UserGrant> codes;
    final Tickets<TokenRecord> opaqueTokens;
    final DeviceCodes deviceCodes;
    final RefreshFamilies families;
    final Revocations revocations;
    /** Proofs are good for a minute, and made for every request, so that they are not worth writing down. */
    final SpentIds spentProofs;

    final SpentIds spentAssertions;

    ServerState(AuthorizationSettings settings, KeyRing keys) {
        this.clock = settings.clock;
        this.random = settings.random;
        this.keys = keys;
        this.clients = new Clients(clock, random, changes);
        this.codes = new Tickets<>(clock, random);
        this.opaqueTokens = new Tickets<>(clock, random);
        this.deviceCodes = new DeviceCodes(clock, random, settings.deviceCodeLifetime, settings.devicePollInterval);
        this.revocations = new Revocations(clock, changes);
        this.families = new RefreshFamilies(clock, random, settings.refreshGrace, changes);
        this.spentProofs = new SpentIds(clock);
        this.spentAssertions = new SpentIds(clock);
    }

    /** The state of an earlier run, or a new one with a new key. */
    static ServerState of(AuthorizationSettings settings, StateFile file) {
        if (file.before().isEmpty()) {
            return new ServerState(
                    settings, KeyRing.generate(settings.signingAlgorithm.jose(), settings.clock, settings.random));
        }
        try {
            Stored stored = new Stored(file.before().get());
            ServerState state = new ServerState(settings, StoredState.keys(stored, settings));
            StoredState.restore(stored, state);
            return state;
        } catch (IllegalArgumentException | DateTimeException | IndexOutOfBoundsException e) {
            // What went wrong could quote a key.
            throw StateFile.damaged(Objects.requireNonNull(settings.file));
        }
    }

    /** What brings back all that is remembered now, forgets what came since, and sends waiting devices away. */
    Runnable checkpoint() {
        List<Runnable> back = List.of(
                clients.checkpoint(),
                claims.checkpoint(),
                keys.checkpoint(),
                codes.checkpoint(),
                opaqueTokens.checkpoint(),
                families.checkpoint(),
                revocations.checkpoint(),
                spentProofs.checkpoint(),
                spentAssertions.checkpoint(),
                deviceCodes::forgetAll,
                journal::clear);
        return () -> back.forEach(Runnable::run);
    }

    /**
     * Ends all tokens of a family: the refresh token, and the access tokens that came with any of it. That it is revoked is
     * noted first, so that who starts the family meanwhile sees it.
     */
    void revokeFamily(String family) {
        revocations.revoke(family, clock.instant().plus(Lifetimes.DAY));
        families.end(family);
    }
}
