package dev.lintel.mesh.kyma;

import dev.lintel.core.plan.Strength;
import dev.lintel.mesh.capability.Capability;
import dev.lintel.mesh.capability.Capability.Support;
import dev.lintel.mesh.capability.Feature;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What Kyma does with each feature: what an APIRule says, what Istio's objects say beside it, and what is as in Istio
 * because an API is then written by Istio's objects.
 */
final class KymaCapabilities {
    private static final String APIRULE = "APIRule";
    private static final String PLAIN = "Istio's objects instead of an APIRule: ";

    /** What Istio's objects say alike with an APIRule and without. */
    private static final Set<Feature> BESIDE =
            EnumSet.of(Feature.EXT_AUTHZ, Feature.AUTHORIZERS, Feature.EGRESS, Feature.EGRESS_GATEWAY);

    private final Map<Feature, Capability> own = new EnumMap<>(Feature.class);

    private KymaCapabilities() {}

    static List<Capability> of(KymaDialect dialect) {
        KymaCapabilities all = new KymaCapabilities();
        all.own();
        List<Capability> list = new ArrayList<>();
        dialect.istio().capabilities().forEach(istio -> list.add(all.of(istio, dialect.fallback())));
        return list;
    }

    private Capability of(Capability istio, boolean fallback) {
        Capability known = own.get(istio.feature());
        if (BESIDE.contains(istio.feature()) || istio.support() == Support.REFUSED) {
            return istio;
        }
        if (known != null) {
            return known;
        }
        return fallback
                ? noted(istio.feature(), PLAIN + istio.how())
                : new Capability(
                        istio.feature(),
                        Support.REFUSED,
                        Strength.NONE,
                        "let the dialect write Istio's objects instead of an APIRule",
                        "");
    }

    private void own() {
        enforced(APIRULE + ", with a certificate of its own", Feature.HOST);
        put("passed on; the service must not take them off", Feature.PATH_PARAMETERS);
        put("the selector of the Service", Feature.WORKLOADS);
        put(APIRULE + ", if the port of the Service says so", Feature.GRPC);
        put(APIRULE + " jwt, with PeerAuthentication STRICT beside it", Feature.TOKEN);
        put(APIRULE + " jwt authorizations", Feature.SCOPES);
        put(APIRULE + " noAuth, with AuthorizationPolicy DENY beside it", Feature.PUBLIC_PATHS);
        enforced(APIRULE + ", in whole seconds up to 3900", Feature.TIMEOUT);
        enforced(APIRULE + ", those of requests; others by Istio's objects instead", Feature.SET_HEADER);
        put("DestinationRule beside the APIRule", Feature.BREAKER);
        enforced("DestinationRule beside the APIRule", Feature.LOAD_BALANCING);
    }

    private void put(String how, Feature... features) {
        for (Feature feature : features) {
            own.put(feature, noted(feature, how));
        }
    }

    private void enforced(String how, Feature feature) {
        own.put(feature, new Capability(feature, Support.ENFORCED, Strength.PROXY, how, ""));
    }

    private static Capability noted(Feature feature, String how) {
        return new Capability(feature, Support.NOTED, Strength.PROXY, how, "");
    }
}
