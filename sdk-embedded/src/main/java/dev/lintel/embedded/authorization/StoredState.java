package dev.lintel.embedded.authorization;

import dev.lintel.embedded.authorization.RefreshFamilies.Family;
import dev.lintel.embedded.authorization.keys.KeyRing;
import dev.lintel.embedded.authorization.keys.SigningKey;
import java.net.URI;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The form in which a server's state is written down, and read again: {@code lintel.authorization/v1}. */
final class StoredState {
    private static final String KIND = "lintel.authorization/v1";

    private StoredState() {}

    static Map<String, Object> write(ServerState state) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("kind", KIND);
        members.put(
                "keys",
                state.keys.kept().stream()
                        .map(kept -> Map.of(
                                "key",
                                kept.key().secretForm(),
                                "lastEnd",
                                kept.lastEnd().getEpochSecond()))
                        .toList());
        members.put("refreshKey", Base64.getEncoder().encodeToString(state.families.key()));
        members.put(
                "families",
                state.families.all().stream().map(StoredState::family).toList());
        members.put("revoked", times(state.revocations.all()));
        members.put("spent", times(state.spentAssertions.all()));
        Map<String, Object> opaque = new LinkedHashMap<>();
        state.opaqueTokens.all().forEach((hash, token) -> opaque.put(hash, token(token)));
        members.put("opaqueTokens", opaque);
        members.put(
                "clients", state.clients.all().stream().map(StoredClient::write).toList());
        return members;
    }

    /** The keys of a stored state. */
    static KeyRing keys(Stored stored, AuthorizationSettings settings) {
        if (!stored.text("kind").equals(KIND)) {
            throw new IllegalArgumentException("another kind");
        }
        List<KeyRing.Kept> kept = stored.all("keys").stream()
                .map(one ->
                        new KeyRing.Kept(SigningKey.restore(one.object("key").members()), one.time("lastEnd")))
                .toList();
        return KeyRing.restore(settings.signingAlgorithm.jose(), settings.clock, settings.random, kept);
    }

    /** Everything but the keys. */
    static void restore(Stored stored, ServerState state) {
        state.families.restore(
                Base64.getDecoder().decode(stored.text("refreshKey")),
                stored.all("families").stream().map(StoredState::family).toList());
        state.revocations.restore(stored.object("revoked").times());
        state.spentAssertions.restore(stored.object("spent").times());
        Stored opaque = stored.object("opaqueTokens");
        for (String hash : opaque.members().keySet()) {
            TokenRecord token = token(opaque.object(hash));
            state.opaqueTokens.restore(hash, token, token.end());
        }
        state.clients.restore(
                stored.all("clients").stream().map(StoredClient::read).toList());
    }

    private static Map<String, Object> family(Family family) {
        UserGrant grant = family.grant();
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("id", family.id());
        members.put("number", family.number());
        members.put("end", family.end().getEpochSecond());
        if (family.since() != null) {
            members.put("since", family.since().getEpochSecond());
        }
        members.put("withheld", family.withheld());
        members.put("binding", family.binding().confirmation());
        members.put("client", grant.client());
        members.put("subject", grant.subject());
        members.put("scopes", grant.scopes());
        members.put("audiences", grant.audiences());
        put(members, "redirectUri", Optional.ofNullable(grant.redirectUri()).map(URI::toString));
        put(members, "nonce", Optional.ofNullable(grant.nonce()));
        members.put("authenticated", grant.authenticated().getEpochSecond());
        put(members, "session", Optional.ofNullable(grant.session()));
        return members;
    }

    private static Family family(Stored stored) {
        UserGrant grant = new UserGrant(
                stored.text("client"),
                stored.text("subject"),
                stored.texts("scopes"),
                stored.texts("audiences"),
                stored.optional("redirectUri").map(URI::create).orElse(null),
                null,
                null,
                stored.optional("nonce").orElse(null),
                stored.time("authenticated"),
                stored.optional("session").orElse(null));
        return new Family(
                stored.text("id"),
                grant,
                binding(stored.object("binding")),
                stored.time("end"),
                stored.number("number"),
                stored.has("since") ? stored.time("since") : null,
                stored.flag("withheld"));
    }

    private static Map<String, Object> token(TokenRecord token) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("id", token.id());
        members.put("subject", token.subject());
        members.put("client", token.client());
        members.put("audiences", token.audiences());
        members.put("scopes", token.scopes());
        members.put("binding", token.binding().confirmation());
        members.put("actor", token.actor());
        members.put("issued", token.issued().getEpochSecond());
        members.put("end", token.end().getEpochSecond());
        return members;
    }

    private static TokenRecord token(Stored stored) {
        return new TokenRecord(
                stored.text("id"),
                stored.text("subject"),
                stored.text("client"),
                stored.texts("audiences"),
                stored.texts("scopes"),
                binding(stored.object("binding")),
                stored.object("actor").members(),
                stored.time("issued"),
                stored.time("end"));
    }

    private static Binding binding(Stored stored) {
        return new Binding(
                stored.optional("jkt").orElse(null), stored.optional("x5t#S256").orElse(null));
    }

    private static Map<String, Object> times(Map<String, Instant> times) {
        Map<String, Object> seconds = new LinkedHashMap<>();
        // The next full second: what is remembered must not end too early.
        times.forEach((id, end) -> seconds.put(id, end.getEpochSecond() + 1));
        return seconds;
    }

    private static void put(Map<String, Object> members, String name, Optional<String> value) {
        value.ifPresent(text -> members.put(name, text));
    }
}
