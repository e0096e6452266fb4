package dev.lintel.core.plan;

import dev.lintel.core.Peer;
import dev.lintel.core.evaluate.Caller;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Callers in a few words. The last workload of a namespace among all callers stands for those that nobody names. */
final class CallerWords {
    private CallerWords() {}

    /** Some of all callers, for example {@code frontend.web, *.monitoring}. */
    static String of(List<Caller> some, List<Caller> all) {
        Map<String, List<String>> named = byNamespace(all);
        Map<String, List<String>> chosen = byNamespace(some);
        List<String> words = new ArrayList<>();
        String stranger = new ArrayList<>(named.keySet()).get(Math.max(0, named.size() - 1));
        chosen.forEach((namespace, names) -> {
            List<String> known = named.getOrDefault(namespace, List.of());
            if (namespace.isEmpty() || namespace.equals(stranger)) {
                return;
            }
            if (names.size() == known.size()) {
                words.add("*." + namespace);
                return;
            }
            String unnamed = known.get(known.size() - 1);
            names.stream().filter(name -> !name.equals(unnamed)).forEach(name -> words.add(name + "." + namespace));
            if (names.contains(unnamed)) {
                words.add("everything else in " + namespace);
            }
        });
        boolean strangers = chosen.containsKey(stranger) && !stranger.isEmpty();
        boolean nobody = chosen.containsKey("");
        if (strangers && nobody) {
            words.add(words.isEmpty() ? "every caller" : "every other caller");
        } else if (strangers) {
            words.add("every other workload");
        } else if (nobody) {
            words.add("who proves no identity");
        }
        return String.join(", ", words);
    }

    private static Map<String, List<String>> byNamespace(List<Caller> callers) {
        Map<String, List<String>> named = new LinkedHashMap<>();
        for (Caller caller : callers) {
            if (caller instanceof Caller.Workload workload) {
                named.computeIfAbsent(workload.namespace(), n -> new ArrayList<>())
                        .add(workload.serviceAccount());
            } else {
                named.computeIfAbsent("", n -> new ArrayList<>()).add("");
            }
        }
        return named;
    }

    static String of(List<Peer> peers) {
        return peers.stream().map(Peer::toString).collect(Collectors.joining(", "));
    }
}
