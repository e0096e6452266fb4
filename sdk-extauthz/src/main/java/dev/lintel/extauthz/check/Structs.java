package dev.lintel.extauthz.check;

import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Protobuf's values without types, as maps and lists, and back. */
final class Structs {
    private Structs() {}

    static Map<String, Object> map(Struct struct) {
        Map<String, Object> map = new LinkedHashMap<>();
        struct.getFieldsMap().forEach((name, value) -> map.put(name, object(value)));
        return map;
    }

    @SuppressWarnings("NullAway") // JSON has null, in maps and in lists
    private static @Nullable Object object(Value value) {
        return switch (value.getKindCase()) {
            case STRUCT_VALUE -> map(value.getStructValue());
            case LIST_VALUE -> {
                List<Object> list = new ArrayList<>();
                value.getListValue().getValuesList().forEach(one -> list.add(object(one)));
                yield list;
            }
            case STRING_VALUE -> value.getStringValue();
            case NUMBER_VALUE -> value.getNumberValue();
            case BOOL_VALUE -> value.getBoolValue();
            case NULL_VALUE, KIND_NOT_SET -> null;
        };
    }

    static Struct struct(Map<?, ?> map) {
        Struct.Builder struct = Struct.newBuilder();
        map.forEach((name, value) -> struct.putFields(String.valueOf(name), value(value)));
        return struct.build();
    }

    private static Value value(@Nullable Object value) {
        Value.Builder built = Value.newBuilder();
        if (value instanceof Map<?, ?> map) {
            return built.setStructValue(struct(map)).build();
        }
        if (value instanceof List<?> list) {
            ListValue.Builder values = ListValue.newBuilder();
            list.forEach(one -> values.addValues(value(one)));
            return built.setListValue(values).build();
        }
        if (value instanceof Number number) {
            return built.setNumberValue(number.doubleValue()).build();
        }
        if (value instanceof Boolean is) {
            return built.setBoolValue(is).build();
        }
        return value == null
                ? built.setNullValue(NullValue.NULL_VALUE).build()
                : built.setStringValue(String.valueOf(value)).build();
    }
}
