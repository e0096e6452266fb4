package dev.lintel.mesh.imports;

import static dev.lintel.mesh.Trees.map;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Where a route of Spring Cloud Gateway goes: a service of the namespace by its name; anything else is named after the
 * route. The path of an address does not count there, nor here.
 *
 * @param name of the service
 * @param port of the service
 * @param called whether anything is called at all
 */
record SpringDestination(String name, int port, boolean called) {
    private static final List<String> PLAIN = List.of("http", "lb", "ws");
    private static final List<String> SECURE = List.of("https", "wss");

    static SpringDestination of(String text, String id, Consumer<String> problems) {
        String address = text.replaceFirst("^lb:(http|https|ws|wss)://", "$1://");
        String scheme = address.replaceFirst(":.*", "").toLowerCase(Locale.ROOT);
        boolean secure = SECURE.contains(scheme);
        String host = address.replaceFirst("^[A-Za-z]{1,8}://([^@/]*@)?", "").replaceFirst("[/?#].*", "");
        int colon = host.indexOf(':');
        String bare = colon < 0 ? host : host.substring(0, colon);
        int port = port(text, colon < 0 ? "" : host.substring(colon + 1), secure ? 443 : 80, problems);
        boolean called = secure || PLAIN.contains(scheme);
        String name = bare.toLowerCase(Locale.ROOT).replace('_', '-');
        boolean service = name.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?") && !name.equals("localhost");
        if (called && !service) {
            String own = id.replaceFirst("^route ", "")
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^a-z0-9]+", "-")
                    .replaceAll("^-+|-+$", "");
            name = own.isEmpty() || own.length() > 63 ? "service" : own;
            problems.accept("goes to '" + text + "', which is no service by its name alone; read as the service '"
                    + name + "'");
        } else if (called && !name.equals(bare)) {
            problems.accept("goes to '" + text + "'; read as the service '" + name + "'");
        }
        if (secure) {
            problems.accept("calls '" + text + "' by TLS, which is not carried over");
        }
        return new SpringDestination(name, port, called);
    }

    private static int port(String text, String said, int usual, Consumer<String> problems) {
        if (said.isEmpty()) {
            return usual;
        }
        if (said.matches("[0-9]{1,5}") && Integer.parseInt(said) > 0 && Integer.parseInt(said) < 65_536) {
            return Integer.parseInt(said);
        }
        problems.accept("goes to '" + text + "', whose port is no number; read as " + usual);
        return usual;
    }

    Map<String, Object> share(int weight) {
        return map("destination", map("host", name, "port", map("number", port)), "weight", weight);
    }

    static boolean isAddress(String text) {
        try {
            return URI.create(text).isAbsolute();
        } catch (IllegalArgumentException e) {
            return text.matches("[a-z:]{1,8}://.*");
        }
    }
}
