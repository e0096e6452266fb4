package dev.lintel.auth.oauth.wire;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.lintel.core.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The parameters of a request, in the order in which they were said; prints their names alone. */
public final class Form {
    private final List<Pair> pairs = new ArrayList<>();

    private record Pair(String name, String value) {}

    /**
     * Adds a parameter.
     *
     * @param name its name
     * @param value its value; null or empty to leave it out
     * @return the same form
     */
    @CanIgnoreReturnValue
    public Form put(String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            pairs.add(new Pair(name, value));
        }
        return this;
    }

    /**
     * Adds a parameter that must not be printed.
     *
     * @param name its name
     * @param value its value
     * @return the same form
     */
    @CanIgnoreReturnValue
    public Form put(String name, Secret value) {
        return put(name, value.reveal());
    }

    /**
     * Adds a parameter once for each value, as {@code resource} has it (RFC 8707, 2).
     *
     * @param name its name
     * @param values its values
     * @return the same form
     */
    @CanIgnoreReturnValue
    public Form each(String name, Collection<?> values) {
        values.forEach(value -> put(name, value.toString()));
        return this;
    }

    /**
     * Adds the scopes that are asked for.
     *
     * @param scopes none to leave the parameter out
     * @return the same form
     */
    @CanIgnoreReturnValue
    public Form scopes(List<String> scopes) {
        return put("scope", String.join(" ", scopes));
    }

    /**
     * A form that has more at its end. What is there already stays alone: a parameter must not be sent twice (RFC 6749,
     * 3.2).
     *
     * @param more names and values
     * @return a new form
     */
    public Form plus(Map<String, Secret> more) {
        Form longer = new Form();
        longer.pairs.addAll(pairs);
        more.forEach((name, value) -> {
            if (pairs.stream().noneMatch(pair -> pair.name().equals(name))) {
                longer.put(name, value);
            }
        });
        return longer;
    }

    /**
     * The form as it is sent.
     *
     * @return {@code application/x-www-form-urlencoded}
     */
    public String encoded() {
        return pairs.stream()
                .map(pair -> encode(pair.name()) + "=" + encode(pair.value()))
                .collect(Collectors.joining("&"));
    }

    /**
     * A text in the encoding of forms.
     *
     * @param text any
     * @return the text with everything but letters, digits and {@code .-*_} escaped
     */
    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return pairs.stream().map(Pair::name).collect(Collectors.joining(", ", "form of ", ""));
    }
}
