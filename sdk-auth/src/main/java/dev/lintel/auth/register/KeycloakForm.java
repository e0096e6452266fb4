package dev.lintel.auth.register;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A client in the words of Keycloak's {@code ClientRepresentation}, which knows flows and switches instead of grants. */
final class KeycloakForm {
    private static final String OWNER = "lintel.owner";
    private static final String PLACE = "lintel.secret";
    private static final String STAMP = "lintel.stamp";
    private static final String METHOD = "lintel.token_endpoint_auth_method";
    private static final String DEVICE = "oauth2.device.authorization.grant.enabled";
    private static final String EXCHANGE = "standard.token.exchange.enabled";
    private static final String CIBA = "oidc.ciba.grant.enabled";
    private static final String REFRESH = "use.refresh.tokens";
    private static final String KEYS = "jwks.url";
    private static final String AUDIENCE = "included.custom.audience";
    private static final String MAPPER = "oidc-audience-mapper";

    private KeycloakForm() {}

    /** Puts what is managed here into an object that may hold more. Scopes and audiences have addresses of their own. */
    static void write(ClientSpec client, String owner, @Nullable String stamp, Map<String, Object> into) {
        boolean signs = client.proof() == ClientProof.PRIVATE_KEY_JWT;
        into.put("clientId", client.id());
        into.put("protocol", "openid-connect");
        into.put("enabled", true);
        into.put("publicClient", client.proof() == ClientProof.NONE);
        into.put("bearerOnly", false);
        into.put("clientAuthenticatorType", signs ? "client-jwt" : "client-secret");
        into.put("serviceAccountsEnabled", client.grants().contains(ClientGrant.CLIENT_CREDENTIALS));
        into.put("standardFlowEnabled", client.grants().contains(ClientGrant.AUTHORIZATION_CODE));
        into.put("implicitFlowEnabled", false);
        into.put("directAccessGrantsEnabled", false);
        into.put("redirectUris", client.redirects().stream().map(URI::toString).toList());
        Map<String, Object> attributes = new LinkedHashMap<>(attributes(into));
        attributes.put(OWNER, owner);
        // Keycloak takes an empty value for none.
        attributes.put(STAMP, stamp == null ? "" : stamp);
        if (client.proof().hasSecret()) {
            attributes.put(PLACE, client.placeFor(owner).toString());
        }
        attributes.put(METHOD, client.proof().method());
        attributes.put(DEVICE, said(client, ClientGrant.DEVICE_CODE));
        attributes.put(EXCHANGE, said(client, ClientGrant.TOKEN_EXCHANGE));
        attributes.put(REFRESH, said(client, ClientGrant.REFRESH_TOKEN));
        attributes.put(CIBA, "false");
        attributes.put("use.jwks.url", String.valueOf(signs));
        attributes.put(KEYS, client.keys() == null ? "" : client.keys().toString());
        into.put("attributes", attributes);
    }

    private static String said(ClientSpec client, ClientGrant grant) {
        return String.valueOf(client.grants().contains(grant));
    }

    /** What makes tokens name an audience: Keycloak takes no parameter for that. */
    static Map<String, Object> mapper(String audience) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put(AUDIENCE, audience);
        config.put("access.token.claim", "true");
        config.put("id.token.claim", "false");
        config.put("introspection.token.claim", "true");
        Map<String, Object> mapper = new LinkedHashMap<>();
        mapper.put("name", "audience " + audience);
        mapper.put("protocol", "openid-connect");
        mapper.put("protocolMapper", MAPPER);
        mapper.put("config", config);
        return mapper;
    }

    /** What makes tokens name a scope that was asked for. */
    static Map<String, Object> scope(String name) {
        Map<String, Object> scope = new LinkedHashMap<>();
        scope.put("name", name);
        scope.put("protocol", "openid-connect");
        scope.put("attributes", Map.of("include.in.token.scope", "true"));
        return scope;
    }

    /**
     * What an object says.
     *
     * @param usual the scopes that every client of the realm has
     */
    static KnownClient read(Map<String, Object> form, Collection<String> usual) {
        String id = ClientForm.text(form, "clientId");
        Map<String, Object> attributes = attributes(form);
        List<String> scopes = new ArrayList<>(ClientForm.texts(form.get("optionalClientScopes")));
        ClientForm.texts(form.get("defaultClientScopes")).stream()
                .filter(scope -> !usual.contains(scope))
                .forEach(scopes::add);
        String keys = ClientForm.text(attributes, KEYS);
        return new KnownClient(
                id,
                id,
                attributes.get(OWNER) instanceof String owner ? owner : null,
                ClientForm.place(attributes.get(PLACE)),
                attributes.get(STAMP) instanceof String stamp && !stamp.isEmpty() ? stamp : null,
                new ClientFacts(
                        grants(form, attributes),
                        scopes,
                        List.copyOf(audiences(form).keySet()),
                        ClientForm.texts(form.get("redirectUris")),
                        proof(form, attributes),
                        yes(attributes.get("use.jwks.url")) ? keys : null,
                        ClientFacts.JWT));
    }

    private static List<String> grants(Map<String, Object> form, Map<String, Object> attributes) {
        List<String> grants = new ArrayList<>();
        boolean code = yes(form.get("standardFlowEnabled"));
        boolean device = yes(attributes.get(DEVICE));
        add(grants, code, ClientGrant.AUTHORIZATION_CODE.type());
        add(grants, device, ClientGrant.DEVICE_CODE.type());
        add(grants, (code || device) && !"false".equals(attributes.get(REFRESH)), ClientGrant.REFRESH_TOKEN.type());
        add(grants, yes(form.get("serviceAccountsEnabled")), ClientGrant.CLIENT_CREDENTIALS.type());
        add(grants, yes(attributes.get(EXCHANGE)), ClientGrant.TOKEN_EXCHANGE.type());
        add(grants, yes(form.get("implicitFlowEnabled")), "implicit");
        add(grants, yes(form.get("directAccessGrantsEnabled")), "password");
        add(grants, yes(attributes.get(CIBA)), "urn:openid:params:grant-type:ciba");
        return grants;
    }

    private static void add(List<String> grants, boolean allowed, String grant) {
        if (allowed) {
            grants.add(grant);
        }
    }

    /** Keycloak takes a secret in the header and in the form alike; which one was meant is written beside it. */
    private static String proof(Map<String, Object> form, Map<String, Object> attributes) {
        if (yes(form.get("publicClient"))) {
            return ClientProof.NONE.method();
        }
        String type = ClientForm.text(form, "clientAuthenticatorType");
        String meant = ClientForm.text(attributes, METHOD);
        return switch (type) {
            case "client-jwt" -> ClientProof.PRIVATE_KEY_JWT.method();
            case "client-secret" ->
                meant.equals(ClientProof.CLIENT_SECRET_POST.method())
                        ? meant
                        : ClientProof.CLIENT_SECRET_BASIC.method();
            default -> type;
        };
    }

    /** The audiences of a client's own mappers, and the identifiers of these. */
    static Map<String, String> audiences(Map<String, Object> form) {
        Map<String, String> audiences = new LinkedHashMap<>();
        if (form.get("protocolMappers") instanceof List<?> mappers) {
            for (Object entry : mappers) {
                if (entry instanceof Map<?, ?> mapper
                        && MAPPER.equals(mapper.get("protocolMapper"))
                        && mapper.get("id") instanceof String id
                        && mapper.get("config") instanceof Map<?, ?> config
                        && config.get(AUDIENCE) instanceof String audience) {
                    audiences.put(audience, id);
                }
            }
        }
        return audiences;
    }

    private static Map<String, Object> attributes(Map<String, Object> form) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        if (form.get("attributes") instanceof Map<?, ?> map) {
            map.forEach((name, value) -> attributes.put(String.valueOf(name), value));
        }
        return attributes;
    }

    private static boolean yes(@Nullable Object value) {
        return Boolean.TRUE.equals(value) || "true".equals(value);
    }
}
