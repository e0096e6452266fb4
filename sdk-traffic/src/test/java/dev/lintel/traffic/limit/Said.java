package dev.lintel.traffic.limit;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.ServiceRef;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.engine.World;
import dev.lintel.core.fluent.Chain;
import dev.lintel.core.model.MeshModel;
import dev.lintel.traffic.Trusting;
import java.util.List;

/** The smallest chain with the verb of limits. */
final class Said extends Chain<Said> implements LimitVerbs<Said> {
    private Said(ApiDefinition said) {
        super(said);
    }

    private Said(ServiceRef service, String namespace) {
        super(service, namespace);
    }

    static Said orders() {
        return new Said(ServiceRef.service("orders"), "shop");
    }

    /** Accepts tokens, so that callers and claims can be told apart. */
    Said trusting() {
        return with(new Trusting());
    }

    @Override
    protected Said chain(ApiDefinition said) {
        return new Said(said);
    }

    MeshModel world() {
        ModelCompiler.Compiled compiled =
                new ModelCompiler(Kinds.installed()).compile(List.of(define()), new World("localhost"));
        assert compiled.problems().isEmpty() : compiled.problems();
        return compiled.model();
    }
}
