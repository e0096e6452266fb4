package dev.lintel.mesh.istio;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one part of an object while it is read. Whatever nobody takes is a problem, so that nothing is missed. A
 * field without a value, or with a list without entries, says what one that is left out says.
 */
final class Fields {
    /** The code of what was not understood. */
    static final String UNREAD = "istio.unread";

    /** The code of what is about how calls travel alone. */
    static final String TRAVELS = "istio.travels";

    /** The code of what calls from inside meet alone; requests that enter are decided alike. */
    static final String INSIDE = "istio.unread-inside";

    /** The code of what an authorizer decides that is not known; it is read as denied. */
    static final String AUTHORIZER = "istio.ext-auth";

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,3})?s");

    private final String object;
    private final String path;
    private final Map<String, Object> left;
    private final List<Problem> problems;

    Fields(String object, String path, Map<String, Object> fields, List<Problem> problems) {
        this.object = object;
        this.path = path;
        this.left = new LinkedHashMap<>(fields);
        this.left.values().removeIf(Objects::isNull);
        this.problems = problems;
    }

    /** The object and the field, as in {@code VirtualService shop/web spec.http[2]}. */
    String place() {
        return object + " " + path;
    }

    boolean has(String name) {
        return left.containsKey(name) && !isBare(name);
    }

    /** Whether it is there without a value, or as a list without entries. */
    boolean isBare(String name) {
        return isNothing(left.get(name));
    }

    /** An empty text is what a field without a value is in YAML. */
    private static boolean isNothing(@Nullable Object value) {
        return "".equals(value) || value instanceof List<?> list && list.isEmpty();
    }

    boolean isEmpty() {
        return left.isEmpty();
    }

    /** The same part, for a look at it that takes nothing. */
    Fields copy() {
        return new Fields(object, path, left, problems);
    }

    /** Passes over a field that changes nothing. */
    void skip(String name) {
        left.remove(name);
    }

    /** Passes over the fields without values and lists without entries. */
    void skipBare() {
        left.values().removeIf(Fields::isNothing);
    }

    /** Takes everything that is left, as it was said. */
    Map<String, Object> rest() {
        Map<String, Object> rest = new LinkedHashMap<>(left);
        rest.values().removeIf(List.of()::equals);
        left.clear();
        return rest;
    }

    /** Whether the object lives in a namespace. */
    boolean isIn(String namespace) {
        return object.contains(" " + namespace + "/");
    }

    /** The names that nobody has taken yet. */
    List<String> names() {
        return new ArrayList<>(left.keySet());
    }

    @Nullable
    @CanIgnoreReturnValue
    String text(String name) {
        Object value = left.remove(name);
        if (value != null && !(value instanceof String)) {
            problem(name + " is no text");
        }
        return value instanceof String text ? text : null;
    }

    @CanIgnoreReturnValue
    int number(String name, int otherwise) {
        Object value = left.remove(name);
        if (value != null && !(value instanceof Integer)) {
            problem(name + " is no number");
        }
        return value instanceof Integer number ? number : otherwise;
    }

    /** A number of seconds with at most three decimals, as in {@code 1.5s}; null if it is missing or none. */
    @Nullable
    Duration seconds(String name) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        if (!SECONDS.matcher(text).matches()) {
            problem(name + " is no number of seconds: " + text);
            return null;
        }
        BigDecimal seconds = new BigDecimal(text.substring(0, text.length() - 1));
        return Duration.ofMillis(seconds.movePointRight(3).longValueExact());
    }

    /** An address; null if it is missing or none. */
    @Nullable
    URI uri(String name) {
        String text = text(name);
        try {
            return text == null ? null : new URI(text);
        } catch (URISyntaxException e) {
            problem(name + " is no address");
            return null;
        }
    }

    boolean flag(String name) {
        Object value = left.remove(name);
        if (value != null && !(value instanceof Boolean)) {
            problem(name + " is neither true nor false");
        }
        return Boolean.TRUE.equals(value);
    }

    @CanIgnoreReturnValue
    List<String> texts(String name) {
        Object value = left.remove(name);
        List<String> texts = new ArrayList<>();
        if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
            list.forEach(each -> texts.add(String.valueOf(each)));
        } else if (value != null && !isNothing(value)) {
            problem(name + " is no list of texts");
        }
        return texts;
    }

    /** A map of texts to texts. */
    Map<String, String> pairs(String name) {
        Fields map = map(name);
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String key : map.names()) {
            String value = map.text(key);
            if (value != null) {
                pairs.put(key, value);
            }
        }
        return Collections.unmodifiableMap(pairs);
    }

    /** A part; one without fields if it is missing. */
    Fields map(String name) {
        return part(left.remove(name), name);
    }

    List<Fields> maps(String name) {
        Object value = left.remove(name);
        List<Fields> maps = new ArrayList<>();
        if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                maps.add(part(list.get(i), name + "[" + i + "]"));
            }
        } else if (value != null && !isNothing(value)) {
            problem(name + " is no list");
        }
        return maps;
    }

    private Fields part(@Nullable Object value, String name) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, each) -> {
                if (each != null) {
                    fields.put(String.valueOf(key), each);
                }
            });
        } else if (value != null) {
            problem(name + " is no map");
        }
        return new Fields(object, path + "." + name, fields, problems);
    }

    /** Ends this part: what is left is not understood. */
    void end() {
        left.keySet().forEach(name -> problem(name + " is not read"));
    }

    void problem(String message) {
        problems.add(unread(object, path + ": " + message));
    }

    /** An authorizer that is in none of the objects, so that what it is asked about is closed. */
    void authorizer(String message) {
        problems.add(new Problem(
                AUTHORIZER,
                object,
                path + ": " + message,
                "say withAuthorizer(extAuthz(...)) with the address that the mesh has for it, and leave out what refuses"
                        + " these requests",
                Origin.unknown()));
    }

    /** How calls travel otherwise, without another decision. */
    void travels(String message) {
        problems.add(travels(object, path + ": " + message));
    }

    /** Something that only calls from inside meet. */
    void inside(String message) {
        problems.add(inside(object, path + ": " + message));
    }

    /** How calls travel otherwise, without another decision about any request. */
    static Problem travels(String object, String message) {
        return new Problem(
                TRAVELS,
                object,
                message,
                "say it by hand if it matters; every request is decided alike",
                Origin.unknown());
    }

    /** What calls from inside meet and requests that enter do not. */
    static Problem inside(String object, String message) {
        return new Problem(
                INSIDE,
                object,
                message,
                "say it by hand if it matters to calls from inside; this changes nothing for requests that enter",
                Origin.unknown());
    }

    static Problem unread(String object, String message) {
        return new Problem(UNREAD, object, message, ForeignHints.of(message), Origin.unknown());
    }
}
