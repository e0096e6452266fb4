package dev.lintel.mesh.imports;

import dev.lintel.core.Definition;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.model.MeshModel;
import dev.lintel.mesh.istio.IstioDialect;
import java.util.Collection;

/** What definitions mean in a mesh below {@code example.com}. */
final class Definitions {
    private Definitions() {}

    static MeshModel model(Collection<? extends Definition> definitions) {
        return new ModelCompiler(Kinds.installed())
                .compile(definitions, IstioDialect.istio().domain("example.com").world())
                .model();
    }
}
