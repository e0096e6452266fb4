package dev.lintel.core.plan;

import dev.lintel.core.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Gathers differences that do not widen access. */
final class Tale {
    private final Origin here;
    private final List<Effect> effects = new ArrayList<>();

    Tale(Origin here) {
        this.here = here;
    }

    List<Effect> effects() {
        return effects;
    }

    /** The line of the definition, for what has no line of its own. */
    Origin here() {
        return here;
    }

    /** The line of what is there now; where nothing is, that of the definition. */
    <T> Origin origin(@Nullable T now, Function<T, Origin> origin) {
        return now == null ? here : origin.apply(now);
    }

    void tell(String text, Origin origin) {
        effects.add(new Effect(text, false, origin));
    }

    /** Tells a difference that shows in words; what is not there is told as such. */
    <T> void compare(
            String text, @Nullable T before, @Nullable T now, Function<T, @Nullable String> words, Origin origin) {
        String was = before == null ? null : words.apply(before);
        String is = now == null ? null : words.apply(now);
        if (is == null && was != null) {
            tell("no longer: " + text + was, origin);
        } else if (is != null && !Objects.equals(was, is)) {
            tell(text + is + (was == null ? "" : " (was: " + was + ")"), origin);
        }
    }

    void values(String text, String verb, Map<String, String> before, Map<String, String> now) {
        for (Two<String> value : Two.of(before, now)) {
            compare(text + value.name() + verb, value.was(), value.is(), v -> v, here);
        }
    }
}
