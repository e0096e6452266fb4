package dev.lintel.embedded;

import dev.lintel.auth.AuthVerbs;
import dev.lintel.core.ApiDefinition;
import dev.lintel.core.ServiceRef;
import dev.lintel.core.fluent.Chain;
import dev.lintel.core.policy.EntryVerbs;
import dev.lintel.core.spi.ApiDraft;
import dev.lintel.traffic.TrafficVerbs;
import java.util.function.Consumer;

/** A chain with the verbs that the gateway's tests need. */
final class Said extends Chain<Said> implements TrafficVerbs<Said>, AuthVerbs<Said>, EntryVerbs<Said> {
    private Said(ApiDefinition said) {
        super(said);
    }

    private Said(ServiceRef service, String namespace) {
        super(service, namespace);
    }

    static Said orders() {
        return new Said(ServiceRef.service("orders"), "shop");
    }

    static Said named(String name) {
        return new Said(ServiceRef.service(name), "shop");
    }

    /** Says to the model what has no verb here. */
    Said shaped(Consumer<ApiDraft> shape) {
        return with(new Shaped(shape));
    }

    @Override
    protected Said chain(ApiDefinition said) {
        return new Said(said);
    }
}
