package dev.lintel.mesh.kyma;

import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.core.plan.Guarantee;
import dev.lintel.core.plan.Strength;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.List;

/** What the objects of an API promise about requests. All of it is kept by proxies. */
final class Promises {
    private final ApiModel api;
    private final List<Guarantee> all = new ArrayList<>();

    Promises(ApiModel api) {
        this.api = api;
    }

    List<Guarantee> ofApiRule(List<Manifest> denied) {
        if (api.entry().access().isRestricted()) {
            add(
                    "access is asked at the workload",
                    "the policies that Kyma makes of APIRule " + api.namespace() + "/" + api.name()
                            + ", with STRICT mutual TLS");
        }
        AuthorizerRule asked = api.entry().authorizer();
        if (asked != null) {
            add(
                    asked.describe() + " is asked about every request that enters",
                    Beside.POLICY + " CUSTOM at the gateway, beside the APIRule");
        }
        denied.forEach(policy -> add("what is denied stays denied", policy.id()));
        add(
                "callers inside the mesh go on as before, although the APIRule alone would shut them out",
                Beside.POLICY + " " + api.namespace() + "/" + new Beside(api).name(Beside.INSIDE));
        return all;
    }

    private void add(String what, String how) {
        all.add(new Guarantee(api.id(), what, Strength.PROXY, how, api.origin()));
    }
}
