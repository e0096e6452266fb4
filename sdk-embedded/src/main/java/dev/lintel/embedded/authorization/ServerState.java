package dev.lintel.embedded.authorization;

import dev.lintel.embedded.authorization.keys.KeyRing;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;

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
        this.deviceCodes =
                new DeviceCodes(clock, random, settings.deviceCodeLifetime, settings.devicePollInterval);
        this.revocations = new Revocations(clock, changes);
        this.families = new RefreshFamilies(clock, random, settings.refreshGrace, changes);
        this.spentProofs = new SpentIds(clock);
        this.spentAssertions = new SpentIds(clock);
    }

    /** Ends all tokens of a family: the refresh token, and the access tokens that came with any of it. */
    void revokeFamily(String family) {
        families.end(family);
        revocations.revoke(family, clock.instant().plus(Lifetimes.DAY));
    }
}
