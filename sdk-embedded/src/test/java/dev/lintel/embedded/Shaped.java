package dev.lintel.embedded;

import dev.lintel.core.Policy;
import dev.lintel.core.spi.ApiDraft;
import java.util.function.Consumer;

/** Whatever a test wants a model to say, without a verb for it. */
record Shaped(Consumer<ApiDraft> shape) implements Policy {
    static final String KIND = "test.shaped/v1";

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String key() {
        return Integer.toHexString(System.identityHashCode(shape));
    }
}
