package dev.lintel.embedded.authorization;

import dev.lintel.embedded.authorization.DeviceCodes.Polled;

/** A device asks whether its user has let it in (RFC 8628, 3.4). */
final class DeviceGrant implements Grant {
    private final ServerState state;
    private final UserTokens tokens;

    DeviceGrant(ServerState state, UserTokens tokens) {
        this.state = state;
        this.tokens = tokens;
    }

    @Override
    public String type() {
        return GrantTypes.DEVICE_CODE;
    }

    @Override
    public Issued issue(GrantRequest request) throws OAuthError {
        Polled polled = state.deviceCodes.poll(
                request.form().require("device_code"), request.client().id());
        UserGrant grant = polled.grant();
        if (grant == null) {
            throw refusal(polled.progress());
        }
        return tokens.first(request, grant, grant.audiences(), TokenIds.random(state.random));
    }

    private static OAuthError refusal(DeviceCodes.Progress progress) {
        return switch (progress) {
            case PENDING -> OAuthError.of(ErrorCode.AUTHORIZATION_PENDING, "the user has not decided yet");
            case TOO_FAST -> OAuthError.of(ErrorCode.SLOW_DOWN, "asked too soon: from now on wait 5 seconds longer");
            case DENIED -> OAuthError.of(ErrorCode.ACCESS_DENIED, "the user has refused");
            case EXPIRED -> OAuthError.of(ErrorCode.EXPIRED_TOKEN, "the user has not decided in time: begin again");
            case UNKNOWN, ALLOWED ->
                OAuthError.of(ErrorCode.INVALID_GRANT, "the device code is not known, or has been redeemed");
        };
    }
}
