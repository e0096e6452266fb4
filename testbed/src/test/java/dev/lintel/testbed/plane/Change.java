package dev.lintel.testbed.plane;

import static dev.lintel.auth.OAuth2.oauth2;
import static dev.lintel.auth.caller.Callers.callers;
import static dev.lintel.traffic.Split.split;

import dev.lintel.auth.OAuth2;
import dev.lintel.core.Definition;
import dev.lintel.sdk.Api;
import dev.lintel.sdk.Exposure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * One of some changes in a row.
 *
 * @param what it is, for people
 * @param definitions all that hold from then on
 */
record Change(String what, List<Definition> definitions) {
    /** The account that may call from inside when not everybody may. */
    static final String LISTED = "listed";

    static final String ORDERS = "orders";
    static final String STOCK = "stock";

    /** What holds first, and then ten changes: each takes over all that was said before it. */
    static List<Change> all(String namespace, String issuer) {
        OAuth2 token = oauth2(issuer).audience(ORDERS);
        OAuth2 read = token.scope("/orders/**", "orders.read");
        OAuth2 open = token.scope("/orders/**", "orders.write").publicPaths("/health");
        OAuth2 narrow = open.deny("/orders/internal/**");
        UnaryOperator<Exposure> shares = api -> api.split("v2", 40, "v3", 60);
        UnaryOperator<Exposure> some = api ->
                shares.apply(api).onlyFrom(callers(LISTED).at("/orders/**").orEntering());
        UnaryOperator<Exposure> moved = api -> some.apply(api).atHost("shop." + namespace + ".example.com");
        Definition stock = Api.expose(STOCK)
                .inNamespace(namespace)
                .withOAuth2(token.scope("/orders/**", "orders.write"))
                .define();
        Orders orders = new Orders(namespace);
        List<Change> all = new ArrayList<>();
        all.add(new Change("the beginning", orders.of(read, api -> api.split("v1", 50, "v2", 50))));
        all.add(new Change("other weights", orders.of(read, api -> api.split("v1", 80, "v2", 20))));
        all.add(new Change(
                "a version more", orders.of(read, api -> api.split(split(Map.of("v1", 20, "v2", 20, "v3", 60))))));
        all.add(new Change("a version less", orders.of(read, shares)));
        all.add(new Change("a policy more", orders.of(read, some)));
        all.add(new Change("another scope", orders.of(token.scope("/orders/**", "orders.write"), some)));
        all.add(new Change("a public path", orders.of(open, some)));
        all.add(new Change("a denied path", orders.of(narrow, some)));
        all.add(new Change("another host", orders.of(narrow, moved)));
        all.add(new Change("an API more", orders.of(narrow, moved, stock)));
        all.add(new Change("an API less", orders.of(narrow, moved)));
        return List.copyOf(all);
    }

    /** The API that changes. */
    private record Orders(String namespace) {
        List<Definition> of(OAuth2 access, UnaryOperator<Exposure> more, Definition... others) {
            List<Definition> all = new ArrayList<>(List.of(others));
            all.add(more.apply(Api.expose(ORDERS).inNamespace(namespace).withOAuth2(access))
                    .define());
            return List.copyOf(all);
        }
    }
}
