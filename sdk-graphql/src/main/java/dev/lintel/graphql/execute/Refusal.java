package dev.lintel.graphql.execute;

import java.util.ArrayList;
import java.util.List;

/** A request that is not executed, and why. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int MOST = 20;

    private final transient List<Fault> faults;

    Refusal(List<Fault> faults) {
        super(faults.isEmpty() ? "" : faults.get(0).message(), null, false, false);
        this.faults = List.copyOf(faults);
    }

    Refusal(Code code, String message) {
        this(List.of(Fault.of(code, message)));
    }

    GraphAnswer answer() {
        JsonOut out = new JsonOut();
        List<String> codes = new ArrayList<>();
        out.ascii("{\"errors\":[");
        for (Fault fault : faults.subList(0, Math.min(MOST, faults.size()))) {
            if (!codes.isEmpty()) {
                out.raw(',');
            }
            fault.write(out);
            codes.add(fault.code());
        }
        out.ascii("]}");
        return new GraphAnswer(out.toBytes(), false, codes);
    }
}
