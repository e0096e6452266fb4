package dev.lintel.mesh.kyma;

import java.util.List;

/** The methods that a rule of an APIRule may name, in the order of its schema. */
final class Methods {
    /** All of them; a rule must name each that it is about. */
    static final List<String> ALL =
            List.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");

    private Methods() {}
}
