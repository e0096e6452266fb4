package dev.lintel.mesh.verify;

import dev.lintel.core.Secret;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.Grant;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The tokens of probes, each made or asked for once. */
final class TokenStore {
    private final ProbeTokens source;
    private final Instant now;
    private final ForgedToken forged = new ForgedToken();
    private final Map<ProbeTokens.Wish, Optional<Secret>> issued = new HashMap<>();
    private final Map<ProbeTokens.Wish, Secret> made = new HashMap<>();
    private final Map<ProbeKind, Set<String>> missing = new LinkedHashMap<>();

    TokenStore(ProbeTokens source, Instant now) {
        this.source = source;
        this.now = now;
    }

    /** A token of some kind; null if there is none. */
    @Nullable
    Secret token(ProbeKind kind, String api, Access access, Grant grant) {
        if (kind == ProbeKind.MALFORMED) {
            return Secret.of(ProbePaths.NAME + ".is-no.token");
        }
        ProbeTokens.Wish wish = new ProbeTokens.Wish(
                kind, api, access.issuers().get(0).issuer(), access.audiences(), grant.scopes(), claims(grant));
        if (!kind.isIssued()) {
            return made.computeIfAbsent(
                    wish, w -> forged.of(access.issuers().get(0), access.audiences(), grant.scopes(), now));
        }
        Optional<Secret> found = issued.computeIfAbsent(wish, source::token);
        if (found.isEmpty()) {
            missing.computeIfAbsent(kind, k -> new TreeSet<>()).add(api);
        }
        return found.orElse(null);
    }

    /** Claims that do for a grant. */
    static Map<String, String> claims(Grant grant) {
        Map<String, String> claims = new LinkedHashMap<>();
        grant.claims().forEach(rule -> claims.put(rule.name(), rule.anyOf().get(0)));
        return claims;
    }

    /** What was not supplied, for people, one line a kind. */
    List<String> missing() {
        return missing.entrySet().stream()
                .map(each -> {
                    Set<String> apis = each.getValue();
                    return "what is asked " + each.getKey() + ", which no issuer has supplied: "
                            + apis.iterator().next()
                            + (apis.size() == 1 ? "" : " and " + (apis.size() - 1) + " more");
                })
                .toList();
    }
}
