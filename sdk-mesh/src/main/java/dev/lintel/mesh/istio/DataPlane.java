package dev.lintel.mesh.istio;

/** Where a mesh enforces what is said: in a proxy beside each workload, or in one for a namespace. */
public enum DataPlane {
    /** A sidecar beside each workload; policies find workloads by their labels. */
    SIDECAR,
    /**
     * A node's ztunnel and a waypoint of the namespace; policies name the {@code Service} that they are about.
     *
     * @see <a href="https://istio.io/latest/docs/ambient/usage/l7-features/">Istio, Use Layer 7 features</a>
     */
    AMBIENT
}
