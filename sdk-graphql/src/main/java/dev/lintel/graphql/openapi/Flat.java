package dev.lintel.graphql.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** All that one schema says together with the parts that it takes in by {@code allOf}. */
final class Flat {
    final SortedSet<String> types = new TreeSet<>();
    final SortedMap<String, List<At>> properties = new TreeMap<>();
    final SortedSet<String> required = new TreeSet<>();
    final List<At> variants = new ArrayList<>();
    String choice = "";
    String format = "";
    String description = "";
    boolean nullable;
    boolean open;
    boolean closed;

    @Nullable
    List<JsonNode> values;

    @Nullable
    At items;

    @Nullable
    At additional;

    @Nullable
    At discriminator;

    @Nullable
    BigDecimal least;

    @Nullable
    BigDecimal most;

    /** Whether it only narrows what another schema says. */
    boolean trivial() {
        return types.stream().allMatch("object"::equals)
                && properties.isEmpty()
                && variants.isEmpty()
                && values == null
                && items == null
                && additional == null;
    }

    String type() {
        if (types.size() == 1) {
            return types.first();
        }
        if (types.size() == 2 && types.contains("integer") && types.contains("number")) {
            return "number";
        }
        if (!types.isEmpty()) {
            return "several";
        }
        if (!properties.isEmpty() || additional != null || closed || open) {
            return "object";
        }
        if (items != null) {
            return "array";
        }
        return "";
    }
}
