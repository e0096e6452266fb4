package dev.lintel.embedded.authorization;

import dev.lintel.embedded.authorization.http.Received;
import dev.lintel.embedded.authorization.http.Reply;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where a device without a browser begins (RFC 8628, 3.1). */
final class DeviceEndpoint implements ClientEndpoint.Work {
    private final ClientAuthentication authentication;
    private final ServerState state;
    private final Audiences audiences;
    private final URI issuer;

    DeviceEndpoint(ClientAuthentication authentication, ServerState state, Audiences audiences, URI issuer) {
        this.authentication = authentication;
        this.state = state;
        this.audiences = audiences;
        this.issuer = issuer;
    }

    @Override
    public Reply answer(Received request, ClientEndpoint.Attempt attempt) throws OAuthError {
        Form form = Form.of(request);
        Client client = authentication.client(request, form);
        attempt.client = client.id();
        if (!client.grants().contains(GrantTypes.DEVICE_CODE)) {
            throw OAuthError.of(ErrorCode.UNAUTHORIZED_CLIENT, "this client may not use this grant_type");
        }
        List<String> scopes = Scopes.within(client.scopes(), form.get("scope"));
        DeviceCodes.Codes codes = state.deviceCodes
                .issue(new DeviceCodes.Asked(client.id(), scopes, audiences.of(client, form)))
                .orElseThrow(() -> OAuthError.of(
                        ErrorCode.TEMPORARILY_UNAVAILABLE, "too many devices wait for their users, try later"));
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("device_code", codes.deviceCode());
        members.put("user_code", codes.userCode());
        members.put("verification_uri", issuer + Paths.DEVICE);
        members.put("verification_uri_complete", issuer + Paths.DEVICE + "?user_code=" + codes.userCode());
        members.put("expires_in", codes.lifetime().toSeconds());
        members.put("interval", codes.interval().toSeconds());
        return Reply.json(200, members);
    }
}
