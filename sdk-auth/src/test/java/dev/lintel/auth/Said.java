package dev.lintel.auth;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.ServiceRef;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.engine.World;
import dev.lintel.core.fluent.Chain;
import dev.lintel.core.model.Access;
import java.util.List;

/** The smallest chain with the verbs of access. */
final class Said extends Chain<Said> implements AuthVerbs<Said> {
    private Said(ApiDefinition said) {
        super(said);
    }

    private Said(ServiceRef service, String namespace) {
        super(service, namespace);
    }

    static Said orders() {
        return new Said(ServiceRef.service("orders"), "shop");
    }

    @Override
    protected Said chain(ApiDefinition said) {
        return new Said(said);
    }

    Access access() {
        ModelCompiler.Compiled compiled =
                new ModelCompiler(Kinds.installed()).compile(List.of(define()), new World("localhost"));
        assert compiled.problems().isEmpty() : compiled.problems();
        return compiled.model().apis().get(0).entry().access();
    }
}
