package dev.lintel.core.engine;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.ApiDefinition.Said;
import dev.lintel.core.Origin;
import dev.lintel.core.Policy;
import dev.lintel.core.ServiceRef;
import dev.lintel.core.policy.AtHostCompiler;
import dev.lintel.core.spi.ApiDraft;
import dev.lintel.core.spi.Phase;
import dev.lintel.core.spi.PolicyCompiler;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * A policy whose meaning a test writes itself.
 *
 * @param kind any kind
 * @param key any key
 */
record Scripted(String kind, String key) implements Policy {
    /** A compiler that does what it is told. */
    record Compiler(String kind, Phase phase, BiConsumer<Scripted, ApiDraft> script)
            implements PolicyCompiler<Scripted> {
        @Override
        public Class<Scripted> policy() {
            return Scripted.class;
        }

        @Override
        public void compile(Scripted policy, ApiDraft draft) {
            script.accept(policy, draft);
        }
    }

    static Kinds kinds(BiConsumer<Scripted, ApiDraft> script) {
        return Kinds.of(List.of(new Compiler("test.scripted/v1", Phase.ROUTE, script), new AtHostCompiler()));
    }

    /** One definition, begun on line 1; its policies stand on lines 2 and on. */
    static ApiDefinition api(String service, String namespace, Policy... policies) {
        List<Said> said = new ArrayList<>();
        for (Policy policy : policies) {
            said.add(new Said(policy, Origin.at(service + ".java", said.size() + 2)));
        }
        return new ApiDefinition(ServiceRef.parse(service), namespace, said, Origin.at(service + ".java", 1));
    }
}
