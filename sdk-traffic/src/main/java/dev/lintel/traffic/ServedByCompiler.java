package dev.lintel.traffic;

import dev.lintel.core.model.Elsewhere;
import dev.lintel.core.spi.ApiDraft;
import dev.lintel.core.spi.Phase;
import dev.lintel.core.spi.PolicyCompiler;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives {@link ServedBy} its meaning. */
public final class ServedByCompiler implements PolicyCompiler<ServedBy> {
    /** For the service loader. */
    public ServedByCompiler() {}

    @Override
    public Class<ServedBy> policy() {
        return ServedBy.class;
    }

    @Override
    public String kind() {
        return ServedBy.KIND;
    }

    @Override
    public Phase phase() {
        return Phase.TRAFFIC;
    }

    @Override
    public void compile(ServedBy policy, ApiDraft draft) {
        URI address = policy.address();
        String authority = authority(policy, address, draft);
        Elsewhere.Tls tls = address != null && ServiceAddress.isTls(address) ? tls(policy, authority, draft) : null;
        if (address == null && policy.tls() != null) {
            draft.problem(
                    "elsewhere.bound",
                    "says TLS for a service that is called where it is bound",
                    "say through(\"https://…\"), or leave TLS to what is bound");
        }
        checkSecrets(policy, address, draft);
        draft.elsewhere(new Elsewhere(
                kind(policy.place()),
                address == null ? null : ServiceAddress.withPort(address),
                authority,
                tls,
                policy.connectTimeout(),
                credential(policy),
                draft.origin()));
    }

    private static String authority(ServedBy policy, @Nullable URI address, ApiDraft draft) {
        if (policy.authority() != null) {
            return policy.authority();
        }
        if (policy.place() == ServedBy.Place.KNATIVE || address == null) {
            return policy.name() + "." + draft.namespace() + ".svc.cluster.local";
        }
        return ServiceAddress.authorityOf(address);
    }

    private static Elsewhere.Tls tls(ServedBy policy, String authority, ApiDraft draft) {
        TlsOrigination said = TlsOrigination.orUsual(policy.tls());
        String sni = said.sni() == null ? ServiceAddress.hostOf(authority) : said.sni();
        if (!ServiceAddress.isName(sni)) {
            draft.problem(
                    "elsewhere.server-name",
                    "begins TLS to " + sni + ", which cannot be a server name",
                    "say sni(…) with the name that stands in the certificate");
        }
        List<String> names = said.subjectAltNames().isEmpty() ? List.of(sni) : said.subjectAltNames();
        return new Elsewhere.Tls(sni, names, said.ca(), said.certificate(), said.key());
    }

    /** A secret that travels without TLS is one no more; inside a cluster the mesh may see to that. */
    private static void checkSecrets(ServedBy policy, @Nullable URI address, ApiDraft draft) {
        boolean secret = policy.token() != null || policy.header() != null;
        if (!secret || address == null || ServiceAddress.isTls(address) || ServiceAddress.isLoopback(address)) {
            return;
        }
        String message = "sends a secret to " + address + " without TLS";
        if (policy.place() == ServedBy.Place.KNATIVE) {
            draft.warning("elsewhere.clear", message, "make sure that the mesh encrypts it, or say an https address");
        } else {
            draft.problem("elsewhere.clear", message, "say an https address");
        }
    }

    private static Elsewhere.@Nullable Credential credential(ServedBy policy) {
        ClientToken token = policy.token();
        if (token != null) {
            return new Elsewhere.ClientToken(token.issuer(), token.clientId(), token.secret(), token.scopes());
        }
        SecretHeader header = policy.header();
        return header == null ? null : new Elsewhere.SecretHeader(header.name(), header.prefix(), header.value());
    }

    private static Elsewhere.Kind kind(ServedBy.Place place) {
        return switch (place) {
            case EXTERNAL -> Elsewhere.Kind.EXTERNAL;
            case CLOUD_FOUNDRY -> Elsewhere.Kind.CLOUD_FOUNDRY;
            case KNATIVE -> Elsewhere.Kind.KNATIVE;
            case REMOTE_CLUSTER -> Elsewhere.Kind.REMOTE_CLUSTER;
        };
    }
}
