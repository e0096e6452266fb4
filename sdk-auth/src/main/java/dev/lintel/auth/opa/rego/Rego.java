package dev.lintel.auth.opa.rego;

import com.nimbusds.jose.jwk.JWKSet;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Issuer;
import dev.lintel.core.model.MeshModel;
import java.text.ParseException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A Rego v1 policy that decides about requests that enter as the evaluator does: hosts, paths, methods, tokens, scopes, claims
 * and callers, with the same statuses. It reads the input document of OPA's Envoy plugin, and answers its result object.
 *
 * <p>An external authorizer is asked before the token is verified, so the policy verifies the token itself, by keys that are
 * given as data; it never fetches anything. {@link #decodedOnly()} leaves that to whoever comes after. Where it differs from
 * the evaluator it is stricter: a path that is not in normal form is refused with 400, because proxies bring it into that form
 * before they ask, and a numeric claim with an exponent is equal to no value.
 *
 * @param model what decides
 * @param pack the Rego package
 * @param trustDomain the trust domain that callers must be of
 * @param decodes whether tokens are only decoded, because somebody else verifies them
 * @param jwks the public keys of each issuer, a JSON Web Key Set
 * @see <a href="https://www.openpolicyagent.org/docs/envoy">OPA, Envoy</a>
 */
public record Rego(MeshModel model, String pack, String trustDomain, boolean decodes, Map<String, String> jwks) {
    /** The package of the decision that OPA's Envoy plugin asks for unless another one is said. */
    public static final String DEFAULT_PACKAGE = "envoy.authz";

    private static final Pattern PACKAGE = Pattern.compile("[a-z_][a-z0-9_]*(\\.[a-z_][a-z0-9_]*)*");
    private static final Pattern DOMAIN = Pattern.compile("[a-z0-9._-]{1,255}");
    private static final List<String> RESERVED = List.of(
            "as",
            "contains",
            "data",
            "default",
            "else",
            "every",
            "false",
            "if",
            "import",
            "in",
            "input",
            "not",
            "null",
            "package",
            "some",
            "true",
            "with");

    /** Checks the names, that Rego can say what the model says, and that the keys are public. */
    public Rego {
        if (pack.length() > 128
                || !PACKAGE.matcher(pack).matches()
                || List.of(pack.split("\\.")).stream().anyMatch(RESERVED::contains)) {
            throw new IllegalArgumentException("a Rego package must be names of lower-case letters, digits and '_',"
                    + " joined by '.', none of them a word of Rego, as in 'envoy.authz', but was '" + pack + "'");
        }
        if (!DOMAIN.matcher(trustDomain).matches()) {
            throw new IllegalArgumentException(
                    "a trust domain must be lower-case letters, digits, '.', '-' and '_', but was '" + trustDomain
                            + "'");
        }
        for (ApiModel api : model.apis()) {
            if (api.entry().login() != null) {
                throw new IllegalArgumentException(
                        "'" + api.id() + "' lets people log in, and Rego cannot see a session:"
                                + " leave the decision about it to the gateway");
            }
        }
        jwks = Collections.unmodifiableMap(new LinkedHashMap<>(jwks));
    }

    /**
     * A policy for one API.
     *
     * @param api what decides
     * @return in the package {@value #DEFAULT_PACKAGE}, verifying tokens, without keys yet
     */
    public static Rego of(ApiModel api) {
        return of(new MeshModel(List.of(api)));
    }

    /**
     * A policy for all APIs of a world.
     *
     * @param model what decides
     * @return in the package {@value #DEFAULT_PACKAGE}, verifying tokens, without keys yet but those that the model says
     * @throws IllegalArgumentException if Rego cannot say what the model says
     */
    public static Rego of(MeshModel model) {
        Rego rego = new Rego(model, DEFAULT_PACKAGE, "cluster.local", false, Map.of());
        for (ApiModel api : model.apis()) {
            for (Issuer issuer : api.entry().access().issuers()) {
                rego = issuer.jwks() == null ? rego : rego.keys(issuer.issuer(), issuer.jwks());
            }
        }
        return rego;
    }

    /**
     * The same policy in another package.
     *
     * @param name for example {@code orders.authz}
     * @return a new value
     */
    public Rego inPackage(String name) {
        return new Rego(model, name, trustDomain, decodes, jwks);
    }

    /**
     * The same policy for callers of another trust domain than {@code cluster.local}.
     *
     * @param name for example {@code prod.example}
     * @return a new value
     */
    public Rego trustDomain(String name) {
        return new Rego(model, pack, name, decodes, jwks);
    }

    /**
     * The same policy, believing what tokens say <em>without looking at their signatures</em>. Safe only where whoever asks for
     * the decision verifies every token afterwards by the same rules, as our gateway does and Istio's
     * {@code RequestAuthentication}.
     *
     * @return a new value
     */
    public Rego decodedOnly() {
        return new Rego(model, pack, trustDomain, true, jwks);
    }

    /**
     * The same policy with the keys of an issuer. Private parts and shared secrets are left out.
     *
     * @param issuer exactly as it stands in the tokens
     * @param keySet a JSON Web Key Set (RFC 7517, 5)
     * @return a new value
     * @throws IllegalArgumentException if that is none, or holds no public key
     */
    public Rego keys(String issuer, String keySet) {
        Map<String, String> more = new LinkedHashMap<>(jwks);
        try {
            JWKSet keys = JWKSet.parse(keySet).toPublicJWKSet();
            if (keys.isEmpty()) {
                throw new IllegalArgumentException("the keys of issuer '" + issuer + "' must hold a public one");
            }
            more.put(issuer, keys.toString(true));
        } catch (ParseException e) {
            // The cause could quote a private key.
            throw new IllegalArgumentException("the keys of issuer '" + issuer + "' must be a JSON Web Key Set");
        }
        return new Rego(model, pack, trustDomain, decodes, more);
    }

    /**
     * The decision's path, as {@code withOpa(…)} and OPA's Envoy plugin take it.
     *
     * @return for example {@code envoy/authz/allow}
     */
    public String decision() {
        return folder() + "/allow";
    }

    /**
     * The policy.
     *
     * @return a Rego v1 module, laid out as {@code opa fmt} does
     */
    public String module() {
        return RegoText.module(this);
    }

    /**
     * What {@code opa test} runs: one case for each class of requests that the rules tell apart.
     *
     * @return a Rego v1 module
     * @throws IllegalArgumentException if there are more than 20000 classes
     */
    public String tests() {
        return RegoText.tests(this);
    }

    /**
     * What is not decided by the policy although the model says it, and what must be known about the policy.
     *
     * @return in the order of the model
     */
    public List<String> notes() {
        return Notes.of(this);
    }

    /**
     * The policy with its data, as {@code Bundle.of} takes it.
     *
     * @return contents by path
     */
    public Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put(folder() + "/policy.rego", module());
        if (!jwks.isEmpty()) {
            StringBuilder data = new StringBuilder("{\"jwks\": {");
            String before = "";
            for (Map.Entry<String, String> keys : jwks.entrySet()) {
                data.append(before)
                        .append(Literal.of(keys.getKey()))
                        .append(": ")
                        .append(keys.getValue());
                before = ", ";
            }
            files.put(folder() + "/data.json", data.append("}}\n").toString());
        }
        return Collections.unmodifiableMap(files);
    }

    private String folder() {
        return pack.replace('.', '/');
    }

    /** Which APIs it is about. */
    @Override
    public String toString() {
        return "Rego package " + pack + " for "
                + model.apis().stream().map(ApiModel::id).toList();
    }
}
