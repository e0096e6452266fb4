package dev.lintel.embedded.login;

import dev.lintel.core.evaluate.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One value in as many cookies as it needs: {@code name}, {@code name_1} and so on. Browsers keep 4096 bytes of one cookie (RFC
 * 6265bis, 5.6). The first part says how many there are; parts of different values do not fit together, because the value is
 * authenticated as a whole.
 */
final class CookieParts {
    /** So many at most; a header of 32 KiB has room for them. */
    static final int MOST = 5;

    private static final int PART = 3800;
    private static final String ATTRIBUTES = "; Path=/; HttpOnly; Secure; SameSite=Lax";

    private final String name;

    CookieParts(String name) {
        this.name = name;
    }

    /** Null if there is none, or not what was written. */
    @Nullable
    String read(Request request) {
        String first = request.cookie(name);
        if (first == null || first.length() < 2 || first.length() > PART + 1) {
            return null;
        }
        int count = first.charAt(0) - '0';
        if (count < 1 || count > MOST) {
            return null;
        }
        if (count == 1) {
            return first.substring(1);
        }
        StringBuilder whole = new StringBuilder(count * PART).append(first, 1, first.length());
        for (int i = 1; i < count; i++) {
            String part = request.cookie(part(i));
            if (part == null || part.isEmpty() || part.length() > PART) {
                return null;
            }
            whole.append(part);
        }
        return whole.toString();
    }

    /**
     * What sets a value, and removes parts of an earlier one that are not needed any more.
     *
     * @return null if it is too long
     */
    @Nullable
    List<String> write(String value, Duration age, Request request) {
        int count = (value.length() + PART - 1) / PART;
        if (count > MOST) {
            return null;
        }
        List<String> cookies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String part = value.substring(i * PART, Math.min(value.length(), (i + 1) * PART));
            cookies.add(set(part(i), i == 0 ? count + part : part, age));
        }
        for (int i = count; i < MOST; i++) {
            if (request.cookie(part(i)) != null) {
                cookies.add(remove(part(i)));
            }
        }
        return cookies;
    }

    /** What removes all parts that a request brought. */
    List<String> remove(Request request) {
        List<String> cookies = new ArrayList<>();
        for (int i = 0; i < MOST; i++) {
            if (request.cookie(part(i)) != null) {
                cookies.add(remove(part(i)));
            }
        }
        return cookies;
    }

    private String part(int number) {
        return number == 0 ? name : name + "_" + number;
    }

    static String set(String name, String value, Duration age) {
        return name + "=" + value + "; Max-Age=" + Math.max(1, age.toSeconds()) + ATTRIBUTES;
    }

    static String remove(String name) {
        return name + "=; Max-Age=0" + ATTRIBUTES;
    }
}
