package dev.lintel.mesh.lint;

import dev.lintel.mesh.Manifest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * PeerAuthentications that let plain text in where another one takes mutual TLS only. Of two with labels, and of two for
 * a namespace, the older counts; one with labels counts before that of its namespace, which is told where the latter is
 * ours: promises rest on it.
 */
final class PeerConflicts implements Rule {
    @Override
    public void check(Scene scene, Report report) {
        List<Peer> all = scene.all(Scene.PEERS).stream()
                .map(one -> new Peer(one, scene.scope(one)))
                .toList();
        Near<Peer> near = new Near<>(scene, all, peer -> peer.scope);
        Peers peers = new Peers(scene);
        for (Peer weak : all) {
            Part open = weak.open(peers);
            if (open != null) {
                near.of(weak).stream()
                        .filter(other -> other.mode.equals(Peers.STRICT) && weak.isInTheWayOf(other))
                        .findFirst()
                        .ifPresent(other -> report.add(
                                LintCode.PEERS_WEAKENED,
                                weak.manifest,
                                open.path(),
                                "lets callers in plain text, who have no identity, to workloads of which "
                                        + other.manifest.id() + " takes mutual TLS only: "
                                        + (weak.isLike(other)
                                                ? "of two for the same workloads the older counts"
                                                : "the narrower of them counts"),
                                "say STRICT here, or take it away"));
            }
        }
    }

    /** A PeerAuthentication with what is asked about it again and again; two are the same only where they are one. */
    private static final class Peer {
        private final Manifest manifest;
        private final Scope scope;
        private final String mode;

        private Peer(Manifest manifest, Scope scope) {
            this.manifest = manifest;
            this.scope = scope;
            this.mode = Part.of(manifest).get("mtls", "mode").text();
        }

        boolean isLike(Peer other) {
            return scope.namespace().equals(other.scope.namespace())
                    && scope.isForTheNamespace() == other.scope.isForTheNamespace();
        }

        boolean isInTheWayOf(Peer strict) {
            return this != strict
                    && (isLike(strict) || strict.scope.isForTheNamespace() && Scene.isOurs(strict.manifest));
        }

        /** What lets plain text in; null if nothing does. */
        @Nullable
        Part open(Peers peers) {
            Part spec = Part.of(manifest);
            Part said = spec.get("mtls", "mode");
            // What is not said is taken from what is wider.
            String counts = Peers.isSaid(mode) ? mode : peers.around(scope);
            if (!counts.equals(Peers.STRICT)) {
                return said.isThere() ? said : spec.get("mtls");
            }
            Part ports = spec.get("portLevelMtls");
            return ports.keys().stream()
                    .map(port -> ports.get(port, "mode"))
                    .filter(one -> Peers.isSaid(one.text()) && !one.text().equals(Peers.STRICT))
                    .findFirst()
                    .orElse(null);
        }
    }
}
