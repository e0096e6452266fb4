package dev.lintel.mesh.property;

import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.model.MeshModel;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Calls that leave: by whom, from where, to which host and port. */
final class EgressQuestions implements Questions {
    private static final List<String> NAMESPACES = List.of("money", "shop", "stock", "web");
    private static final List<String> APPLICATIONS = List.of("carts", "orders", "others");
    private static final List<String> LABELS = List.of("a", "b", "api", "eu", "psp", "EU", "x");
    private static final List<String> ENDS =
            List.of("psp.example", "eu.psp.example", "psp.example", "example", "xpsp.example", "psp.example.org");
    private static final List<Integer> PORTS = List.of(80, 443, 8443, 22);

    private final Random random;
    private final Evaluator one;
    private final Evaluator other;

    EgressQuestions(long seed, MeshModel meant, MeshModel made) {
        this.random = new Random(seed);
        this.one = Evaluator.of(meant);
        this.other = Evaluator.of(made);
    }

    /** A call that leaves. */
    record Call(String namespace, String application, String host, int port) {
        /** By which gaps may tell of it: the host, and those above it with a star. */
        Set<String> names() {
            Set<String> names = new HashSet<>(Set.of(host + " from " + namespace));
            for (int dot = host.indexOf('.'); dot > 0; dot = host.indexOf('.', dot + 1)) {
                names.add("*" + host.substring(dot) + " from " + namespace);
            }
            return names;
        }

        String answer(Evaluator evaluator) {
            return evaluator.egress(namespace, application, host, port).reason().toString();
        }
    }

    @Override
    public Object next() {
        StringBuilder host = new StringBuilder();
        int labels = random.nextInt(4);
        for (int i = 0; i < labels; i++) {
            host.append(one(LABELS)).append('.');
        }
        host.append(random.nextInt(50) == 0 ? "10.0.0.1" : one(ENDS));
        return new Call(one(NAMESPACES), one(APPLICATIONS), host.toString(), one(PORTS));
    }

    private <T> T one(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    @Override
    public boolean isListed(Object question) {
        return false;
    }

    @Override
    public String meant(Object question, long luck) {
        return ((Call) question).answer(one);
    }

    @Override
    public String made(Object question, long luck) {
        return ((Call) question).answer(other);
    }
}
