package dev.lintel.auth.opa.rego;

import dev.lintel.core.evaluate.Caller;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.evaluate.Token;

/** One request that stands for its class. */
record Case(String note, String method, String host, String path, Caller caller, Token token) {
    RequestValue request() {
        return RequestValue.of(method, host, path, null).caller(caller).token(token);
    }

    /** What the connection proves, as a proxy says it. */
    String principal() {
        if (caller instanceof Caller.Workload workload) {
            return workload.spiffeId();
        }
        return caller instanceof Caller.None ? "" : "spiffe://elsewhere.example/ns/shop/sa/frontend";
    }
}
