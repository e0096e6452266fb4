package dev.lintel.core.form;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lintel.core.Durations;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is written as text: strings, durations, URIs, the constants of enums in lower-case words, and every type that has
 * {@code public static parse(String)}, the inverse of its {@code toString()}.
 */
record TextShape(Class<?> type) implements Shape {
    static boolean isText(Class<?> type) {
        return type == String.class
                || type == Duration.class
                || type == URI.class
                || type.isEnum()
                || parse(type) != null;
    }

    @Override
    public @Nullable Object read(Node node, Place place) {
        if (!(node instanceof Node.Scalar scalar) || !scalar.tree().isTextual()) {
            boolean value = node instanceof Node.Scalar;
            place.wrongType(node, "text", value ? "put it in quotes" : "");
            return null;
        }
        try {
            return read(scalar.tree().textValue());
        } catch (IllegalArgumentException e) {
            place.problem("form.value", node.line(), String.valueOf(e.getMessage()), "");
            return null;
        }
    }

    private Object read(String text) {
        if (type == String.class) {
            return text;
        }
        if (type == Duration.class) {
            return Durations.parse(text);
        }
        if (type == URI.class) {
            return URI.create(text);
        }
        return type.isEnum() ? constant(text) : parsed(text);
    }

    private Object constant(String text) {
        List<String> words = new ArrayList<>();
        for (Object constant : type.getEnumConstants()) {
            if (word((Enum<?>) constant).equals(text)) {
                return constant;
            }
            words.add(word((Enum<?>) constant));
        }
        throw new IllegalArgumentException("must be one of " + String.join(", ", words) + ", but was '" + text + "'");
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private Object parsed(String text) {
        Method parse = parse(type);
        try {
            return parse == null ? text : parse.invoke(null, text);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException refused) {
                throw new IllegalArgumentException(refused.getMessage(), refused);
            }
            throw new IllegalStateException(parse + " failed", e.getCause());
        } catch (IllegalAccessException e) {
            throw RecordShape.hidden(type, e);
        }
    }

    @Override
    public JsonNode write(Object value) {
        if (value instanceof Duration duration) {
            return TextNode.valueOf(Durations.write(duration));
        }
        if (value instanceof Enum<?> constant) {
            return TextNode.valueOf(word(constant));
        }
        String text = value.toString();
        if (!read(text).equals(value)) {
            throw new IllegalArgumentException(
                    type.getName() + " cannot be stored: '" + text + "' reads as another value");
        }
        return TextNode.valueOf(text);
    }

    private static @Nullable Method parse(Class<?> type) {
        try {
            Method parse = type.getMethod("parse", String.class);
            return Modifier.isStatic(parse.getModifiers()) && parse.getReturnType() == type ? parse : null;
        } catch (NoSuchMethodException e) {
            return null;
        }
    }
}
