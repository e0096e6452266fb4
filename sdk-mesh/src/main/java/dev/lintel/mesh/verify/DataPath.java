package dev.lintel.mesh.verify;

/**
 * The way by which requests reach the APIs of a mesh, for example a gateway's address. Eight threads at most send by it at
 * the same time.
 */
@FunctionalInterface
public interface DataPath {
    /**
     * Sends a request once, follows no redirect, and gives up after some seconds.
     *
     * @param request to be sent as it is
     * @return what came back; {@link ProbeAnswer#none} if nothing did
     */
    ProbeAnswer send(ProbeRequest request);
}
