package dev.lintel.examples.quota;

import dev.lintel.auth.AuthVerbs;
import dev.lintel.core.ApiDefinition;
import dev.lintel.core.ServiceRef;
import dev.lintel.core.fluent.Chain;
import dev.lintel.core.policy.EntryVerbs;
import dev.lintel.traffic.TrafficVerbs;

/** A chain of a stranger's own: the verbs of Lintel, and {@link QuotaVerbs}. */
public final class AcmeExposure extends Chain<AcmeExposure>
        implements EntryVerbs<AcmeExposure>,
                AuthVerbs<AcmeExposure>,
                TrafficVerbs<AcmeExposure>,
                QuotaVerbs<AcmeExposure> {
    private AcmeExposure(ServiceRef service, String namespace) {
        super(service, namespace);
    }

    private AcmeExposure(ApiDefinition said) {
        super(said);
    }

    /**
     * Begins to expose a service.
     *
     * @param service the service's name
     * @param namespace where it lives
     * @return the chain
     */
    public static AcmeExposure expose(String service, String namespace) {
        return new AcmeExposure(ServiceRef.service(service), namespace);
    }

    @Override
    protected AcmeExposure chain(ApiDefinition said) {
        return new AcmeExposure(said);
    }
}
