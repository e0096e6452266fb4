package dev.lintel.mesh.admission;

import dev.lintel.core.Names;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What may stand in lists of what is allowed, and the expressions in RE2's syntax that are made of it. */
final class Patterns {
    static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    /** Before a host of a server of Istio's gateways: whose routes may bind it. */
    static final String FOR_WHOM = "([-a-z0-9*.]+/)?";

    /** Groups are repeated a limited number of times: Java's engine goes deeper for each of them. */
    private static final String BELOW = "(/[A-Za-z0-9._~/*-]*(\\{\\*\\*?\\}[A-Za-z0-9._~/*-]*){0,20})?";

    private static final String COMPONENTS = "(/[a-z0-9]([a-z0-9._-]*[a-z0-9])?){1,20}";
    private static final Pattern PART = Pattern.compile("[a-z0-9]([a-z0-9._-]*[a-z0-9])?");
    private static final Pattern REGISTRY = Pattern.compile("[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?");
    private static final Pattern PATH_PART = Pattern.compile("[A-Za-z0-9._~-]+");

    private Patterns() {}

    /** A host, or all below one. */
    static String host(String host) {
        String below = host.startsWith("*.") ? host.substring(2) : host;
        if (!host.equals("*") && !Names.isHost(below)) {
            throw new IllegalArgumentException(
                    "a listed host must be a lower-case name, or one after '*.', or '*' for all, but was '" + host
                            + "'");
        }
        return host;
    }

    /** A path, or all below one. */
    static String path(String path) {
        List<String> parts = List.of(path.split("/", -1));
        List<String> named = parts.subList(1, parts.size() - (path.endsWith("/**") ? 1 : 0));
        if (!parts.get(0).isEmpty()
                || named.isEmpty()
                || !named.stream().allMatch(part -> PATH_PART.matcher(part).matches() && !part.startsWith(".."))) {
            throw new IllegalArgumentException(
                    "a public path must be as /health, or /assets/** for all below it, of letters,"
                            + " digits, '.', '_', '~' and '-', but was '" + path + "'");
        }
        return path;
    }

    /** A repository of images with its registry, or all below one. */
    static String image(String image) {
        List<String> parts = List.of(image.split("/", -1));
        String registry = parts.get(0);
        boolean whole = image.endsWith("/*");
        if (parts.size() < 2
                || !REGISTRY.matcher(registry).matches()
                || !registry.equals("localhost") && registry.indexOf('.') < 0 && registry.indexOf(':') < 0
                || !parts.subList(1, parts.size() - (whole ? 1 : 0)).stream()
                        .allMatch(part -> PART.matcher(part).matches())) {
            throw new IllegalArgumentException("an image must be a repository with its registry, as"
                    + " ghcr.io/acme/orders, or ghcr.io/acme/* for all below it, but was '" + image + "'");
        }
        return image;
    }

    /** A gateway, or all of a namespace. */
    static String gateway(String gateway) {
        List<String> parts = List.of(gateway.split("/", -1));
        if (parts.size() != 2
                || !PART.matcher(parts.get(0)).matches()
                || parts.get(0).indexOf('.') >= 0
                || !PART.matcher(parts.get(1)).matches() && !parts.get(1).equals("*")) {
            throw new IllegalArgumentException(
                    "a gateway must be namespace/name, or namespace/* for all of a namespace," + " but was '" + gateway
                            + "'");
        }
        return gateway;
    }

    /** For texts {@code namespace host}. */
    static String listed(String namespace, String host) {
        String hosts = host.equals("*")
                ? "[-a-z0-9.*]+"
                : host.startsWith("*.") ? "(\\*|[-a-z0-9.]+)" + quoted(host.substring(1)) : quoted(host);
        return "^" + namespace + " " + FOR_WHOM + hosts + "$";
    }

    static String hosts(List<String> hosts) {
        return any(hosts.stream()
                .map(host -> host.equals("*")
                        ? "[-a-z0-9.*]+"
                        : host.startsWith("*.") ? "(\\*|[-a-z0-9.]+)" + quoted(host.substring(1)) : quoted(host))
                .map(host -> host + "(:[0-9]+|:\\*)?")
                .toList());
    }

    static String paths(List<String> paths) {
        return any(paths.stream()
                .map(path -> path.endsWith("/**") ? quoted(path.substring(0, path.length() - 3)) + BELOW : quoted(path))
                .toList());
    }

    static String images(List<String> images) {
        return any(images.stream()
                .map(image -> (image.endsWith("/*")
                                ? quoted(image.substring(0, image.length() - 2)) + COMPONENTS
                                : quoted(image))
                        + "(:[A-Za-z0-9_][A-Za-z0-9_.-]*)?(@sha256:[a-f0-9]{64})?")
                .toList());
    }

    static String gateways(List<String> gateways) {
        return any(gateways.stream()
                .map(gateway -> gateway.endsWith("/*")
                        ? quoted(gateway.substring(0, gateway.length() - 1)) + "[-a-z0-9.]+"
                        : quoted(gateway))
                .toList());
    }

    /** Of no text at all where there is nothing to choose from. */
    private static String any(List<String> expressions) {
        return expressions.isEmpty() ? "^\\b\\B$" : expressions.stream().collect(Collectors.joining("|", "^(", ")$"));
    }

    static String quoted(String text) {
        return text.replace(".", "\\.").replace("*", "\\*");
    }
}
