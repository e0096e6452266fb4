package dev.lintel.testbed;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The store of a control plane; it is never told to wait for the disk. */
final class Etcd {
    private Etcd() {}

    static Spawned start(Programs programs, Path folder, int port, int peers) {
        String client = "http://127.0.0.1:" + port;
        String peer = "http://127.0.0.1:" + peers;
        return Spawned.start(
                "etcd",
                folder,
                Map.of(),
                List.of(
                        programs.program("etcd").toString(),
                        "--data-dir=" + folder.resolve("etcd"),
                        "--unsafe-no-fsync",
                        "--log-level=warn",
                        "--listen-client-urls=" + client,
                        "--advertise-client-urls=" + client,
                        "--listen-peer-urls=" + peer,
                        "--initial-advertise-peer-urls=" + peer,
                        "--initial-cluster=default=" + peer));
    }
}
