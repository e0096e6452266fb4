package dev.lintel.embedded.balance;

import dev.lintel.core.evaluate.Draw;
import dev.lintel.core.model.BalanceRule.Algorithm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Sets of workloads for tests. */
final class Fleets {
    private Fleets() {}

    static HostSet of(int size, Algorithm algorithm, Draw draw) {
        return at(Locality.UNKNOWN, algorithm, draw, new String[size]);
    }

    /** One for each locality; null for one of which it is not known. */
    static HostSet at(Locality here, Algorithm algorithm, Draw draw, String... localities) {
        List<Host> hosts = new ArrayList<>();
        Arrays.stream(localities)
                .map(text -> text == null ? Locality.UNKNOWN : Locality.of(text))
                .forEach(where -> hosts.add(new Host(hosts.size(), "http://10.0.0." + hosts.size() + ":8080", where)));
        return new HostSet(hosts, algorithm, here, draw);
    }
}
