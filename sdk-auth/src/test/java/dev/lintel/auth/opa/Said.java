package dev.lintel.auth.opa;

import dev.lintel.auth.AuthVerbs;
import dev.lintel.core.ApiDefinition;
import dev.lintel.core.ServiceRef;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.engine.World;
import dev.lintel.core.fluent.Chain;
import dev.lintel.core.model.AuthorizerRule;
import java.util.List;
import java.util.Objects;

/** The smallest chain with the verbs of external authorizers. */
final class Said extends Chain<Said> implements AuthVerbs<Said>, OpaVerbs<Said> {
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

    ModelCompiler.Compiled compiled() {
        return new ModelCompiler(Kinds.installed()).compile(List.of(define()), new World("localhost"));
    }

    AuthorizerRule rule() {
        ModelCompiler.Compiled compiled = compiled();
        assert compiled.problems().isEmpty() : compiled.problems();
        return Objects.requireNonNull(compiled.model().apis().get(0).entry().authorizer());
    }
}
