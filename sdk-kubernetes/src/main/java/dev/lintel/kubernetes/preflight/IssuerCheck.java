package dev.lintel.kubernetes.preflight;

import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.YamlTrees;
import java.net.URI;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The keys of issuers, as far as this program can get at them. The mesh gets them itself, so that all that is found is a
 * warning.
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

    void check(Collection<Manifest> manifests) {
        for (Manifest each : manifests) {
            if (!each.kind().equals("RequestAuthentication")) {
                continue;
            }
            for (Map<?, ?> rule : Docs.maps(each.spec(), "jwtRules")) {
                String issuer = Docs.text(rule, "issuer");
                if (Docs.text(rule, "jwks").isEmpty() && seen.add(issuer + " " + Docs.text(rule, "jwksUri"))) {
                    issuer(each, issuer, Docs.text(rule, "jwksUri"));
                }
            }
        }
    }

    private void issuer(Manifest by, String issuer, String keys) {
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
            List<Map<?, ?>> all = Docs.maps(document(address), "keys");
            boolean any =
                    all.stream().anyMatch(key -> Set.of("RSA", "EC", "OKP").contains(Docs.text(key, "kty")));
            if (!any) {
                findings.warning(
                        "issuer",
                        by.id(),
                        "the keys of '" + issuer + "' at " + address + " are " + all.size()
                                + ", none of which is public: no token is ever good",
                        "look at what the issuer publishes");
            }
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
