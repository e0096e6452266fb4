package dev.lintel.graphql.name;

import java.util.Locale;

/** Words of documents as words of GraphQL. */
public final class Words {
    private Words() {}

    /**
     * All words together, each with a capital.
     *
     * @param text such as {@code pet-store/owner}
     * @return such as {@code PetStoreOwner}; empty if there is no letter and no digit of ASCII
     */
    public static String pascal(String text) {
        StringBuilder name = new StringBuilder(text.length());
        boolean start = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (letter(c) || digit(c)) {
                name.append(start ? upper(c) : c);
                start = false;
            } else {
                start = true;
            }
        }
        return name.toString();
    }

    /**
     * The same with a small letter first.
     *
     * @param text such as {@code pet-store/owner}
     * @return such as {@code petStoreOwner}
     */
    public static String camel(String text) {
        String name = pascal(text);
        return name.isEmpty() ? name : name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    /**
     * Whether a text is a GraphQL name that is not reserved: October 2021, 2.1.9 and 3.
     *
     * @param text any
     * @return whether it can be used as it is
     */
    public static boolean isName(String text) {
        if (text.isEmpty() || digit(text.charAt(0)) || text.startsWith("__")) {
            return false;
        }
        return text.chars().allMatch(c -> c == '_' || letter((char) c) || digit((char) c));
    }

    /**
     * The nearest name to a text: other characters become {@code _}.
     *
     * @param text any
     * @return a name
     */
    public static String name(String text) {
        if (isName(text)) {
            return text;
        }
        StringBuilder name = new StringBuilder(text.length() + 1);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            name.append(letter(c) || digit(c) ? c : '_');
        }
        int first = 0;
        while (first + 1 < name.length() && name.charAt(first) == '_' && name.charAt(first + 1) == '_') {
            first++;
        }
        String rest = name.substring(first);
        return rest.isEmpty() || digit(rest.charAt(0)) ? "_" + rest : rest;
    }

    private static boolean letter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    private static char upper(char c) {
        return c >= 'a' && c <= 'z' ? (char) (c - 'a' + 'A') : c;
    }
}
