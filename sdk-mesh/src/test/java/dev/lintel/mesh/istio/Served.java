package dev.lintel.mesh.istio;

import dev.lintel.core.Policy;
import dev.lintel.core.ServiceRef;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.engine.ModelCompiler.Compiled;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.core.model.FrontRule;
import dev.lintel.core.model.Grant;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.spi.ApiDraft;
import dev.lintel.core.spi.Phase;
import dev.lintel.core.spi.PolicyCompiler;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * A policy whose API Lintel serves itself, as a stranger to this module writes one.
 *
 * @param services what it calls
 * @param size how many characters its file has
 */
public record Served(List<String> services, int size) implements Policy {
    static final String KIND = "test.served/v1";

    @Override
    public String kind() {
        return KIND;
    }

    /** What definitions mean, this kind known. */
    static Compiled compile(String text, String name) {
        List<PolicyCompiler<?>> compilers = new ArrayList<>(List.of(new Meaning()));
        ServiceLoader.load(PolicyCompiler.class).forEach(compilers::add);
        Kinds kinds = Kinds.of(compilers);
        return new ModelCompiler(kinds)
                .compile(
                        DefinitionFormat.yaml(kinds).readAll(text, name),
                        IstioDialect.istio().domain("example.com").world());
    }

    private static final class Meaning implements PolicyCompiler<Served> {
        @Override
        public Class<Served> policy() {
            return Served.class;
        }

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public Phase phase() {
            return Phase.ROUTE;
        }

        @Override
        public void compile(Served policy, ApiDraft draft) {
            TreeMap<String, String> files = new TreeMap<>();
            files.put("served.yaml", "name: served\n" + "#".repeat(policy.size()) + "\n");
            TreeMap<String, Requirement> parts = new TreeMap<>();
            parts.put("Query.pets", Requirement.PUBLIC);
            parts.put("Mutation.refund", new Requirement.Token(List.of(new Grant(List.of("orders.admin"), List.of()))));
            List<ServiceRef> services = policy.services().stream().map(ServiceRef::parse).toList();
            draft.front(new FrontRule(KIND, services, parts, files, draft.origin()));
        }
    }
}
