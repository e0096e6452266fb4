package dev.lintel.benchmarks.evaluator;

import dev.lintel.core.evaluate.Request;
import dev.lintel.core.evaluate.Token;
import org.jspecify.annotations.Nullable;

/**
 * A request that is there already, as a gateway has it when it asks.
 *
 * @param host the authority
 * @param path the path
 * @param token what came of its token
 */
record LiveRequest(String host, String path, Token token) implements Request {
    @Override
    public String method() {
        return "GET";
    }

    @Override
    public @Nullable String query() {
        return null;
    }

    @Override
    public @Nullable String header(String name) {
        return name.equals("x-user") ? host : null;
    }

    @Override
    public @Nullable String cookie(String name) {
        return null;
    }
}
