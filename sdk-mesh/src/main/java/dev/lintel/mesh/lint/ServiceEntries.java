package dev.lintel.mesh.lint;

import dev.lintel.mesh.Manifest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** ServiceEntries that take more than they say, or say what another one says otherwise. */
final class ServiceEntries implements Rule {
    private record Said(Manifest entry, String protocol) {}

    @Override
    public void check(Scene scene, Report report) {
        Map<List<String>, Said> seen = new LinkedHashMap<>();
        for (Manifest entry : scene.all(Scene.SERVICE_ENTRY)) {
            Part spec = Part.of(entry);
            for (Part port : spec.get("ports").items()) {
                String protocol = port.get("protocol").text().toUpperCase(Locale.ROOT);
                String number = port.get("number").text();
                if (Set.of("", "TCP").contains(protocol)
                        && spec.get("addresses").items().isEmpty()) {
                    report.add(
                            LintCode.TCP_WITHOUT_ADDRESS,
                            entry,
                            port.path(),
                            "port " + number + " is TCP and has no address: it takes every call to that port, whatever"
                                    + " its host",
                            "say addresses, or a protocol that names its host (TLS, HTTP)");
                }
                for (String host : spec.get("hosts").texts()) {
                    Said other = seen.putIfAbsent(List.of(host, number, visible(entry)), new Said(entry, protocol));
                    if (other != null && !other.entry().equals(entry)) {
                        twice(entry, port, host, protocol, other, report);
                    }
                }
            }
        }
    }

    /** What is exported nowhere else meets only its neighbours. */
    private static String visible(Manifest entry) {
        return Part.of(entry).get("exportTo").texts().contains(".") ? entry.namespace() : "";
    }

    private static void twice(Manifest entry, Part port, String host, String protocol, Said other, Report report) {
        boolean same = protocol.equals(other.protocol());
        report.add(
                same ? LintCode.ENTRY_HOST_TWICE : LintCode.ENTRY_CONFLICT,
                entry,
                port.path(),
                "'" + host + "' at port " + port.get("number").text() + " is also in "
                        + other.entry().id() + (same ? "" : ", there as " + other.protocol() + ", here as " + protocol),
                "keep one of the two");
    }
}
