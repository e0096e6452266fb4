package dev.lintel.traffic.egress;

import dev.lintel.core.Names;
import java.util.List;

/** The applications that may call a host: said once, at least one. */
final class Applications {
    private Applications() {}

    static List<String> of(String host, List<String> before, String... applications) {
        if (!before.isEmpty()) {
            throw new IllegalArgumentException("onlyFor is said twice for '" + host
                    + "': say all applications at once, but was " + before + " and " + List.of(applications));
        }
        if (applications.length == 0) {
            throw new IllegalArgumentException(
                    "onlyFor needs at least one application; leave it out to let all of the namespace call '" + host
                            + "'");
        }
        for (String application : applications) {
            Names.label("an application that may call outside", application);
        }
        return List.of(applications);
    }
}
