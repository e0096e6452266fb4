package dev.lintel.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Maps of objects: whatever their size they are like any other map, in their order, and nobody changes them. */
class SmallMapTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 8, 9, 1_000})
    void aCopyIsLikeTheMapItWasMadeOf(int size) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = size; i > 0; i--) {
            map.put("key" + i + "x".repeat(i % 100), i);
        }

        Map<String, Object> copy = SmallMap.copy(map, Function.identity());

        assertThat(copy).hasSize(size).isEqualTo(map).hasSameHashCodeAs(map).hasToString(map.toString());
        assertThat(map).isEqualTo(copy);
        assertThat(List.copyOf(copy.keySet())).isEqualTo(List.copyOf(map.keySet()));
        assertThat(List.copyOf(copy.values())).isEqualTo(List.copyOf(map.values()));
        map.forEach((key, value) -> {
            assertThat(copy.get(key)).isEqualTo(value);
            assertThat(copy.containsKey(key)).isTrue();
        });
        assertThat(copy.containsKey("other")).isFalse();
        assertThat(copy.containsKey(null)).isFalse();
        map.put("other", 1);
        assertThat(copy).hasSize(size);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 9})
    void nobodyChangesIt(int size) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            map.put("key" + i, i);
        }
        Map<String, Object> copy = SmallMap.copy(map, Function.identity());

        assertThatThrownBy(() -> copy.put("a", 1)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> copy.remove("key0")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(copy::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> copy.keySet().removeAll(Set.of("key0")))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> copy.entrySet().iterator().next().setValue(2))
                .isInstanceOf(UnsupportedOperationException.class);
    }
}
