package dev.lintel.mesh.admission;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The lists of which guard rails are made; limited, because every request is compared with them. */
record Said(Map<Said.Topic, List<String>> lists) {
    static final Said NOTHING = new Said(Map.of());

    private static final int MOST = 200;
    private static final int LONGEST = 253;

    /** What may be said. */
    enum Topic {
        DOMAIN,
        HOST,
        PUBLIC,
        PUBLIC_PATH,
        PUBLIC_HOST,
        PUBLIC_NAMESPACE,
        WIDENING,
        IMAGE,
        GATEWAY,
        ACCOUNT,
        CONTROLLER,
        ROOT,
        ONLY,
        EXCEPT
    }

    Said {
        Map<Topic, List<String>> copy = new EnumMap<>(Topic.class);
        lists.forEach((topic, list) -> copy.put(topic, List.copyOf(list)));
        lists = Collections.unmodifiableMap(copy);
    }

    boolean has(Topic topic) {
        return lists.containsKey(topic);
    }

    List<String> list(Topic topic) {
        return lists.getOrDefault(topic, List.of());
    }

    /** More of a list, each item checked. */
    Said and(Topic topic, UnaryOperator<String> check, String... more) {
        Set<String> all = new LinkedHashSet<>(list(topic));
        for (String item : more) {
            if (item.length() > LONGEST) {
                throw new IllegalArgumentException("what is listed must have at most " + LONGEST
                        + " characters, but one begins with '" + item.substring(0, 40) + "'");
            }
            all.add(check.apply(item));
        }
        if (all.size() > MOST) {
            throw new IllegalArgumentException("a list of a guard rail must have at most " + MOST + " items, but has "
                    + all.size() + ": say it in patterns");
        }
        Map<Topic, List<String>> copy = new EnumMap<>(Topic.class);
        copy.putAll(lists);
        copy.put(topic, new ArrayList<>(all));
        return new Said(copy);
    }
}
