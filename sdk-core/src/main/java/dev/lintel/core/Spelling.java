package dev.lintel.core;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Which of some names was probably meant by one that is none of them. */
public final class Spelling {
    /** Longer ones are not looked at: nobody misspells them by a letter or two. */
    private static final int LONGEST = 40;

    private Spelling() {}

    /**
     * The nearest name: one in another case, or a letter or two away. One letter is added, left out, changed, or exchanged
     * with its neighbour; names below four letters may differ by one.
     *
     * @param said what is none of the names
     * @param names those that there are
     * @return the first by the alphabet of those that are nearest; empty if none is near
     */
    public static Optional<String> near(String said, Collection<String> names) {
        if (said.length() > LONGEST) {
            return Optional.empty();
        }
        int far = said.length() < 4 ? 1 : 2;
        return names.stream()
                .filter(name -> distance(said, name) <= far)
                .min(Comparator.<String>comparingInt(name -> distance(said, name))
                        .thenComparing(name -> name));
    }

    /** How many letters are to be added, left out, changed, or exchanged with their neighbour; cases count for nothing. */
    private static int distance(String one, String other) {
        String a = letters(one);
        String b = letters(other);
        int[] older = new int[b.length() + 1];
        int[] old = new int[b.length() + 1];
        int[] now = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            now[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] free = older;
            older = old;
            old = now;
            now = free;
            now[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                now[j] = Math.min(Math.min(old[j] + 1, now[j - 1] + 1), old[j - 1] + change);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    now[j] = Math.min(now[j], older[j - 2] + 1);
                }
            }
        }
        return now[b.length()];
    }

    private static String letters(String name) {
        return name.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
    }
}
