package dev.lintel.kubernetes.preflight;

import dev.lintel.core.model.MeshModel;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.YamlTrees;
import java.net.URI;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The keys of issuers, as far as this program can get at them. The mesh gets them itself, so that it is a warning where they
 * cannot be got; what the keys themselves say is so for the mesh as well.
 */
final class IssuerCheck {
    private static final String DISCOVERY = "/.well-known/openid-configuration";
    /** More issuers are not asked: each of them may take some seconds. */
    private static final int MOST = 20;

    private final Fetch fetch;
    private final Findings findings;
    private final Set<String> seen = new LinkedHashSet<>();

    IssuerCheck(Fetch fetch, Findings findings) {
        this.fetch = fetch;
        this.findings = findings;
    }

    void check(Collection<Manifest> manifests, MeshModel model) {
        Map<String, Set<String>> allowed = new LinkedHashMap<>();
        model.apis().stream()
                .flatMap(api -> api.entry().access().issuers().stream())
                .forEach(issuer -> allowed.computeIfAbsent(issuer.issuer(), i -> new TreeSet<>())
                        .addAll(issuer.algorithms()));
        for (Manifest each : manifests) {
            List<Map<?, ?>> rules = switch (each.kind()) {
                case "RequestAuthentication" -> Docs.maps(each.spec(), "jwtRules");
                case "SecurityPolicy" -> Docs.maps(each.spec(), "jwt", "providers");
                default -> List.of();
            };
            for (Map<?, ?> rule : rules) {
                String issuer = Docs.text(rule, "issuer");
                String address = Docs.text(rule, "jwksUri") + Docs.text(rule, "remoteJWKS", "uri");
                boolean inline = !Docs.text(rule, "jwks").isEmpty() || Docs.at(rule, "localJWKS") != null;
                if (!inline && seen.add(issuer + " " + address)) {
                    issuer(each, issuer, address, allowed.getOrDefault(issuer, Set.of()));
                }
            }
        }
    }

    private void issuer(Manifest by, String issuer, String keys, Set<String> allowed) {
        if (seen.size() > MOST) {
            findings.unchecked(by.id(), "more than " + MOST + " issuers are not asked", "ask them by hand");
            return;
        }
        String address = keys;
        try {
            if (address.isEmpty()) {
                address = issuer.replaceAll("/$", "") + DISCOVERY;
                address = Docs.text(document(address), "jwks_uri");
                if (address.isEmpty()) {
                    throw new IllegalArgumentException("the discovery document has no jwks_uri");
                }
            }
            PublishedKeys published = new PublishedKeys(Docs.maps(document(address), "keys"));
            keys(by, "the keys of '" + issuer + "' at " + address, published, allowed);
        } catch (Exception e) {
            findings.warning(
                    "issuer",
                    by.id(),
                    "the keys of '" + issuer + "' cannot be got from here, at " + address + ": " + reason(e),
                    "see whether the control plane can; without keys every token is refused");
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void keys(Manifest by, String which, PublishedKeys published, Set<String> allowed) {
        if (published.symmetric() > 0) {
            findings.problem(
                    "issuer-keys",
                    by.id(),
                    which + " hold " + published.symmetric()
                            + " symmetric ones: whoever reads them can make tokens that are taken for good",
                    "let the issuer publish public keys alone, and replace these");
        }
        Set<String> good = published.algorithms();
        if (published.anyPublic() && !allowed.isEmpty() && good.stream().noneMatch(allowed::contains)) {
            findings.problem(
                    "issuer-keys",
                    by.id(),
                    which + " are for " + (good.isEmpty() ? "no signature (" + published.words() + ")" : good)
                            + ", and the definitions take tokens by " + allowed + ": none is ever good",
                    good.isEmpty()
                            ? "let the issuer publish keys whose kty, crv and alg belong together (RFC 7518, 3.1)"
                            : "let the issuer sign by one of these, or say algorithms(…) of the issuer in the definitions");
        } else if (!published.anyPublic()) {
            findings.warning(
                    "issuer",
                    by.id(),
                    which + " are " + published.keys().size() + ", none of which is public: no token is ever good",
                    "look at what the issuer publishes");
        } else if (!allowed.isEmpty() && !published.besides(allowed).isEmpty()) {
            findings.warning(
                    "issuer-keys",
                    by.id(),
                    which + " hold some for other algorithms than " + allowed
                            + ", and proxies take tokens by each of them: " + published.besides(allowed),
                    "say algorithms(…) of the issuer if that is meant, or let it publish no such keys");
        }
    }

    private static String reason(Exception e) {
        String said = e.getClass().getSimpleName() + " " + (e.getMessage() == null ? "" : e.getMessage());
        return said.length() > 200 ? said.substring(0, 200) : said;
    }

    private Map<?, ?> document(String address) throws Exception {
        URI uri = URI.create(address);
        String host = String.valueOf(uri.getHost());
        boolean loopback = host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
        if (!"https".equals(uri.getScheme()) && !("http".equals(uri.getScheme()) && loopback)) {
            throw new IllegalArgumentException("only https is asked");
        }
        String text = fetch.get(uri);
        if (text.length() > Fetch.LIMIT) {
            throw new IllegalArgumentException("is longer than " + Fetch.LIMIT + " bytes");
        }
        List<Object> documents = YamlTrees.read(text);
        return documents.isEmpty() ? Map.of() : Docs.map(documents.get(0));
    }
}
