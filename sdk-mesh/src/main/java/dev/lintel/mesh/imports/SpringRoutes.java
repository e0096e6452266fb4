package dev.lintel.mesh.imports;

import dev.lintel.core.engine.World;
import dev.lintel.mesh.Dialect;

final class SpringRoutes {
    private SpringRoutes() {}

    static Dialect.Read read(String text, String namespace, World world) {
        throw new IllegalArgumentException("not yet");
    }
}
