package dev.lintel.sdk;

import dev.lintel.auth.AuthVerbs;
import dev.lintel.auth.caller.CallerVerbs;
import dev.lintel.auth.opa.OpaVerbs;
import dev.lintel.core.ApiDefinition;
import dev.lintel.core.ServiceRef;
import dev.lintel.core.fluent.Chain;
import dev.lintel.core.policy.EntryVerbs;
import dev.lintel.traffic.TrafficVerbs;
import dev.lintel.traffic.limit.LimitVerbs;

/** An exposed service while it is being defined, with the verbs of every module. */
public final class Exposure extends Chain<Exposure>
        implements EntryVerbs<Exposure>,
                AuthVerbs<Exposure>,
                CallerVerbs<Exposure>,
                OpaVerbs<Exposure>,
                TrafficVerbs<Exposure>,
                LimitVerbs<Exposure> {
    Exposure(ServiceRef service, String namespace) {
        super(service, namespace);
    }

    private Exposure(ApiDefinition said) {
        super(said);
    }

    @Override
    protected Exposure chain(ApiDefinition said) {
        return new Exposure(said);
    }
}
