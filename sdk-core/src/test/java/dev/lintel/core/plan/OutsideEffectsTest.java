package dev.lintel.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Origin;
import dev.lintel.core.SecretRef;
import dev.lintel.core.match.Match;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.HeaderChanges;
import dev.lintel.core.model.LoginRule;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.model.Route;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever is said about an authorizer or a login is told when it changes, and nothing of it can be forgotten. */
class OutsideEffectsTest {
    private static final Access READ = Fixture.access(
            List.of("https://id.example"), List.of("orders"), Fixture.rule(10, "/**", Fixture.scope("orders.read")));
    private static final Access NOBODY = Fixture.access(
            List.of("https://id.example"), List.of("orders"), Fixture.rule(10, "/**", Requirement.DENIED));

    /** Another value for each component, and whether that may let somebody through. */
    private static Map<String, Object> otherLogin() {
        Map<String, Object> other = new LinkedHashMap<>();
        other.put("issuer", "https://other.example");
        other.put("clientId", "other");
        other.put("clientSecret", new SecretRef("shop", "other", "secret"));
        other.put("scopes", List.of("openid", "mail"));
        other.put("keys", new SecretRef("shop", "other", "key"));
        other.put("prefix", "/other");
        other.put("cookie", "__Host-other");
        other.put("lifetime", Duration.ofHours(9));
        other.put("idle", Duration.ofHours(2));
        other.put("afterLogout", "/bye");
        other.put("passToken", true);
        other.put("groupsClaim", "roles");
        return other;
    }

    private static Map<String, Object> otherAuthorizer() {
        Map<String, Object> other = new LinkedHashMap<>();
        other.put("protocol", AuthorizerRule.Protocol.EXT_AUTHZ_GRPC);
        other.put("address", URI.create("http://127.0.0.1:9191"));
        other.put("decision", "other/allow");
        other.put("timeout", Duration.ofSeconds(1));
        other.put("failOpen", true);
        other.put("statusOnError", 503);
        other.put("body", new AuthorizerRule.Body(1024, false, false));
        return other;
    }

    private static final LoginRule LOGIN = new LoginRule(
            "https://id.example",
            "web",
            null,
            List.of("openid"),
            new SecretRef("shop", "keys", "key"),
            "/oauth2",
            "__Host-session",
            Duration.ofHours(8),
            Duration.ofHours(1),
            "/",
            false,
            "groups",
            Origin.unknown());
    private static final AuthorizerRule OPA = new AuthorizerRule(
            AuthorizerRule.Protocol.OPA_REST,
            URI.create("http://127.0.0.1:8181"),
            "shop/allow",
            Duration.ofMillis(200),
            false,
            403,
            null,
            Origin.unknown());

    @Test
    void everythingAboutALoginIsTold() throws ReflectiveOperationException {
        List<String> widening = new ArrayList<>();
        for (RecordComponent component : LoginRule.class.getRecordComponents()) {
            if (component.getType() != Origin.class) {
                LoginRule changed = (LoginRule) changed(LOGIN, component, otherLogin());
                note(component, api(READ, null, LOGIN), api(READ, null, changed), widening);
                assertThat(Effects.between(
                                Fixture.world(api(NOBODY, null, LOGIN)), Fixture.world(api(NOBODY, null, changed))))
                        .as("nobody gets through anyway")
                        .noneMatch(Effect::widens);
            }
        }
        assertThat(widening)
                .containsExactly("issuer", "clientId", "scopes", "keys", "prefix", "lifetime", "idle", "groupsClaim");
    }

    @Test
    void everythingAboutAnAuthorizerIsTold() throws ReflectiveOperationException {
        List<String> widening = new ArrayList<>();
        for (RecordComponent component : AuthorizerRule.class.getRecordComponents()) {
            if (component.getType() != Origin.class) {
                AuthorizerRule changed = (AuthorizerRule) changed(OPA, component, otherAuthorizer());
                note(component, api(READ, OPA, null), api(READ, changed, null), widening);
            }
        }
        assertThat(widening).containsExactly("protocol", "address", "decision", "timeout", "failOpen", "body");
    }

    @Test
    void aSessionThatIsShorterWidensNothing() throws ReflectiveOperationException {
        RecordComponent idle = Arrays.stream(LoginRule.class.getRecordComponents())
                .filter(component -> component.getName().equals("idle"))
                .findFirst()
                .orElseThrow();
        LoginRule shorter = (LoginRule) changed(LOGIN, idle, Map.of("idle", Duration.ofMinutes(5)));
        assertThat(Effects.between(Fixture.world(api(READ, null, LOGIN)), Fixture.world(api(READ, null, shorter))))
                .hasSize(1)
                .noneMatch(Effect::widens);
    }

    private static void note(RecordComponent component, ApiModel before, ApiModel now, List<String> widening) {
        List<Effect> effects = Effects.between(Fixture.world(before), Fixture.world(now));
        assertThat(effects).as(component.getName()).hasSize(1);
        assertThat(ModelText.of(now)).as(component.getName()).isNotEqualTo(ModelText.of(before));
        if (effects.get(0).widens()) {
            widening.add(component.getName());
        }
    }

    private static Record changed(Record rule, RecordComponent changed, Map<String, Object> other)
            throws ReflectiveOperationException {
        RecordComponent[] components = rule.getClass().getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        @Nullable Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = components[i].getAccessor().invoke(rule);
            if (components[i].getName().equals(changed.getName())) {
                assertThat(other).as("another value is missing in this test").containsKey(changed.getName());
                values[i] = other.get(changed.getName());
            }
        }
        return rule.getClass().getDeclaredConstructor(types).newInstance(values);
    }

    private static ApiModel api(Access access, @Nullable AuthorizerRule authorizer, @Nullable LoginRule login) {
        Entry entry = new Entry(
                List.of("orders.shop.localhost"),
                access,
                List.of(new Route(Match.any(), null, Origin.unknown())),
                List.of(),
                HeaderChanges.NONE,
                false,
                List.of(),
                authorizer,
                login);
        return new ApiModel("orders", "shop", entry, Fixture.service("orders"), List.of(), Origin.unknown());
    }
}
