package dev.lintel.kubernetes;

import dev.lintel.kubernetes.Istiods.Proxy;
import dev.lintel.mesh.verify.Rejections;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What proxies have rejected, as istiod keeps it for each of them until they take something again ({@code /debug/syncz}).
 * Istiod answers to whoever comes from its own loopback, as {@code kubectl port-forward} does.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/api-docs/xds_protocol">Envoy: xDS, ACK and NACK</a>
 */
public final class IstiodRejections implements Rejections {
    private final Istiods istiods;

    private IstiodRejections(List<URI> places) {
        this.istiods = new Istiods(places, new Json(), Pauses.REAL);
    }

    /**
     * Asks some istiods; each knows the proxies that it serves, and no others.
     *
     * @param istiods for example {@code http://127.0.0.1:15014}, one for each instance
     * @return what asks them
     * @throws IllegalArgumentException if there is none, or one is no address of HTTP with a host
     */
    public static IstiodRejections at(URI... istiods) {
        if (istiods.length == 0) {
            throw new IllegalArgumentException("rejections need the address of an istiod");
        }
        List<URI> places = List.of(istiods);
        places.forEach(Istiods::check);
        return new IstiodRejections(places);
    }

    @Override
    public List<Rejection> ask() {
        List<Rejection> all = new ArrayList<>();
        try {
            for (Map.Entry<String, Proxy> each :
                    istiods.look(istiods.patience()).proxies().entrySet()) {
                String name = each.getKey();
                String namespace = name.substring(name.lastIndexOf('.') + 1);
                boolean gateway = each.getValue().type().equals("router");
                each.getValue()
                        .errors()
                        .forEach((type, text) -> all.add(new Rejection(name, namespace, gateway, type, text)));
            }
        } catch (IOException e) {
            throw new IllegalStateException("istiod: " + e.getMessage(), e);
        }
        return all;
    }
}
