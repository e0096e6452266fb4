package dev.lintel.kubernetes;

import dev.lintel.kubernetes.Transport.Call;
import dev.lintel.kubernetes.preflight.ClusterReader;
import java.util.List;
import java.util.Map;

/** Reads documents for a preflight by the client of the target. */
record TransportReader(Transport transport, Json json) implements ClusterReader {
    @Override
    public List<Got> get(List<String> paths) {
        return transport.sendAll(paths.stream().map(Call::get).toList()).stream()
                .map(reply -> new Got(
                        reply.status(),
                        reply.succeeded() && json.read(reply.body()) instanceof Map<?, ?> map ? map : Map.of()))
                .toList();
    }
}
