package dev.lintel.mesh.target;

import dev.lintel.mesh.Manifest;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Which objects share a file. */
public enum DirectoryLayout {
    /** All objects of an API in one file, {@code shop/orders.yaml}, in an order in which they can be applied. */
    FILE_PER_API,
    /** Each object in a file of its own, {@code shop/virtualservice.orders-entry.yaml}. */
    FILE_PER_OBJECT;

    private static final Pattern PART = Pattern.compile("[a-z0-9][-a-z0-9.]*");

    /** The file of an object, below the directory. */
    Path file(Manifest manifest) {
        String name = this == FILE_PER_API
                ? manifest.labels().getOrDefault(Manifest.API, manifest.name())
                : manifest.kind().toLowerCase(Locale.ROOT) + "." + manifest.name();
        for (String part : List.of(manifest.namespace(), name)) {
            if (!PART.matcher(part).matches()) {
                throw new IllegalArgumentException("cannot be the name of a file: '" + part + "'");
            }
        }
        return Path.of(manifest.namespace(), name + ".yaml");
    }
}
