package dev.lintel.mesh.istio;

import dev.lintel.core.model.MeshModel;
import dev.lintel.mesh.Dialect.Read;
import dev.lintel.mesh.Manifest;
import java.util.Collection;
import java.util.List;

final class ModelReader {
    ModelReader(IstioDialect dialect) {}

    Read read(Collection<Manifest> manifests) {
        return new Read(MeshModel.EMPTY, List.of());
    }
}
