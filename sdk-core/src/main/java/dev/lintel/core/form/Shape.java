package dev.lintel.core.form;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lintel.core.Origin;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How values of one type are stored: the same type knows both directions. */
interface Shape {
    /** The value that a document holds; null if it holds none, and then that is reported. */
    @Nullable
    Object read(Node node, Place place);

    JsonNode write(Object value);

    /** What a record gets where the field is missing; null leaves it to the record whether it can do without. */
    default @Nullable Object missing() {
        return null;
    }

    /** Whether a field with this value is left out. */
    default boolean isMissing(Object value) {
        return value.equals(missing());
    }

    /**
     * The shape of a type.
     *
     * @throws IllegalArgumentException if values of this type cannot be stored
     */
    static Shape of(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            if (generic.getRawType() == List.class) {
                return ListShape.list(of(arguments[0]));
            }
            if (generic.getRawType() == Set.class) {
                return ListShape.set(of(arguments[0]));
            }
            if (generic.getRawType() == Map.class && arguments[0] == String.class) {
                return new MapShape(of(arguments[1]));
            }
        }
        if (type instanceof Class<?> plain && plain != Origin.class) {
            if (NumberShape.isNumber(plain)) {
                return new NumberShape(plain);
            }
            if (plain == boolean.class || plain == Boolean.class) {
                return new BooleanShape(plain.isPrimitive());
            }
            if (TextShape.isText(plain)) {
                return new TextShape(plain);
            }
            if (plain.isRecord()) {
                return new RecordShape(plain.asSubclass(Record.class), Set.of());
            }
        }
        throw new IllegalArgumentException(
                "values of type " + type.getTypeName() + " cannot be stored; use text, numbers,"
                        + " booleans, enums, Duration, URI, records, types with a static parse(String), or List, Set and"
                        + " Map<String, …> of these");
    }
}
