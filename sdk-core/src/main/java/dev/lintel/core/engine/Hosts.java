package dev.lintel.core.engine;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.MeshModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rules of host names: a namespace binds only hosts below its own label, and no host is claimed twice. */
final class Hosts {
    private Hosts() {}

    /**
     * What is wrong with a host that an API asks for, if anything. Below the world's own domain a host is exactly {@code
     * name.namespace.domain}, because {@code *.billing.domain} would also match {@code x.shop.billing.domain}.
     */
    static Optional<Problem> foreign(String id, String namespace, String host, Optional<World> world, Origin origin) {
        String[] labels = host.split("\\.", 3);
        boolean own = labels.length == 3 && labels[1].equals(namespace);
        boolean elsewhere = world.isEmpty() || !host.endsWith("." + world.get().domain());
        if (own && (elsewhere || labels[2].equals(world.get().domain()))) {
            return Optional.empty();
        }
        String domain = world.map(World::domain).orElse("example.com");
        return Optional.of(new Problem(
                "host.foreign",
                id + " entry.host/v1",
                "host '" + host + "' is not below the namespace's own label '" + namespace + "'",
                "a namespace can bind only {name}." + namespace + ".{domain}, for example " + labels[0] + "."
                        + namespace + "." + domain,
                origin));
    }

    static List<Problem> collisions(MeshModel model) {
        List<Problem> problems = new ArrayList<>();
        Map<String, ApiModel> owners = new HashMap<>();
        for (ApiModel api : model.apis()) {
            for (String host : api.entry().hosts()) {
                ApiModel other = owners.putIfAbsent(host, api);
                if (other != null) {
                    problems.add(new Problem(
                            "host.twice",
                            api.id(),
                            "claims the host '" + host + "', which " + other.id() + " claims"
                                    + other.origin().after(" at "),
                            "give one of them another host by atHost(…)",
                            api.origin()));
                }
            }
        }
        return problems;
    }
}
