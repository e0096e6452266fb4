package dev.lintel.embedded.authorization;

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
    final Clients clients;
    final Tickets<UserGrant> codes;
    final DeviceCodes deviceCodes;
    final RefreshFamilies families;
    final Revocations revocations;
    final KeyRing keys;

    ServerState(AuthorizationSettings settings, KeyRing keys) {
        this.clock = settings.clock;
        this.random = settings.random;
        this.keys = keys;
        this.clients = new Clients(clock, random);
        this.codes = new Tickets<>(clock, random);
        this.deviceCodes = new DeviceCodes(clock, random, settings.deviceCodeLifetime, settings.devicePollInterval);
        this.revocations = new Revocations(clock);
        this.families = new RefreshFamilies(clock, random, settings.refreshGrace);
    }
}
