package dev.lintel.mesh.gatewayapi;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A rule of an HTTPRoute, as it was read: what happens, in the words of a VirtualService, which has no order but that of its
 * list.
 *
 * @param action what happens, but for the path
 * @param replaced what takes the place of the whole path or of the prefix; null for nothing
 * @param prefix whether the prefix is replaced
 * @param access what is asked at the gateway; null for nothing
 */
record SeenRule(
        Map<String, Object> action,
        @Nullable String replaced,
        boolean prefix,
        @Nullable SeenAccess access) {}
