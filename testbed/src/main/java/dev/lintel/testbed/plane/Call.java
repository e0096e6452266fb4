package dev.lintel.testbed.plane;

import java.util.ArrayList;
import java.util.List;

/**
 * A request as it goes to the wire: nothing of it is changed on its way.
 *
 * @param address where it is sent, as {@code host:port}
 * @param method for example {@code GET}
 * @param target for example {@code /orders?all}
 * @param headers names and values, in order; one of them is the host
 * @param body may be empty
 */
public record Call(String address, String method, String target, List<List<String>> headers, String body) {
    /** A {@code GET} of a host. */
    public static Call get(String address, String host, String target) {
        return new Call(address, "GET", target, List.of(List.of("host", host)), "");
    }

    /** The same with one more header. */
    public Call with(String name, String value) {
        List<List<String>> more = new ArrayList<>(headers);
        more.add(List.of(name, value));
        return new Call(address, method, target, List.copyOf(more), body);
    }
}
