package dev.lintel.testbed.plane;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request as it goes to the wire: nothing of it is changed on its way.
 *
 * @param address where it is sent, as {@code host:port}
 * @param method for example {@code GET}
 * @param target for example {@code /orders?all}
 * @param headers names and values, in order; one of them is the host
 * @param body may be empty
 * @param tls the server's name if it goes by TLS, else null
 * @param roots who may vouch for the server, in PEM; may be empty
 */
public record Call(
        String address,
        String method,
        String target,
        List<List<String>> headers,
        String body,
        @Nullable String tls,
        String roots) {
    /** One that does not go by TLS. */
    public Call(String address, String method, String target, List<List<String>> headers, String body) {
        this(address, method, target, headers, body, null, "");
    }

    /** A {@code GET} of a host. */
    public static Call get(String address, String host, String target) {
        return new Call(address, "GET", target, List.of(List.of("host", host)), "");
    }

    /** The same with one more header. */
    public Call with(String name, String value) {
        List<List<String>> more = new ArrayList<>(headers);
        more.add(List.of(name, value));
        return new Call(address, method, target, List.copyOf(more), body, tls, roots);
    }

    /** The same by TLS, to a server of that name for which somebody vouches. */
    public Call secure(String server, String authority) {
        return new Call(address, method, target, headers, body, server, authority);
    }
}
