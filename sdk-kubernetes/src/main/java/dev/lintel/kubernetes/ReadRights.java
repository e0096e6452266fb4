package dev.lintel.kubernetes;

import dev.lintel.core.model.MeshModel;
import dev.lintel.kubernetes.preflight.ClusterReader;
import dev.lintel.kubernetes.preflight.Preflight;
import dev.lintel.kubernetes.preflight.PreflightReport;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.Target.Wanted;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was read takes these rights: each document {@code get} by its name, each collection {@code list}. */
final class ReadRights implements ClusterReader {
    private static final String NAMESPACES = "namespaces";

    private final ClusterReader reader;
    private final Needs needs = new Needs();

    ReadRights(ClusterReader reader) {
        this.reader = reader;
    }

    /** Told by looking: which documents a preflight reads depends on what it finds. */
    static Needs of(ClusterReader reader, @Nullable Preflight preflight, List<Manifest> manifests) {
        ReadRights reads = new ReadRights(reader);
        if (preflight != null) {
            PreflightReport unused = new Preflight(
                            preflight.rootNamespace(), preflight.revision(), preflight.clock(), null)
                    .check(reads, new Wanted(manifests, MeshModel.EMPTY), List.of());
        }
        return reads.needs;
    }

    @Override
    public List<Got> get(List<String> paths) {
        paths.forEach(this::read);
        return reader.get(paths);
    }

    /** Of {@code /api/v1/…} and {@code /apis/group/version/…}, with a namespace or without. */
    private void read(String path) {
        int query = path.indexOf('?');
        List<String> all = List.of(
                (query < 0 ? path : path.substring(0, query)).substring(1).split("/"));
        boolean core = all.get(0).equals("api");
        String group = core ? "" : all.get(1);
        List<String> rest = all.subList(core ? 2 : 3, all.size());
        String namespace = "";
        if (rest.get(0).equals(NAMESPACES) && rest.size() > 2) {
            namespace = rest.get(1);
            rest = rest.subList(2, rest.size());
        }
        boolean one = rest.size() == 2;
        needs.add(namespace, group, rest.get(0), one ? rest.get(1) : "", List.of(one ? "get" : "list"));
    }
}
