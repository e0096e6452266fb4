package dev.lintel.core.plan;

import dev.lintel.core.Names;
import dev.lintel.core.Origin;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.FrontRule;
import dev.lintel.core.model.Grant;
import dev.lintel.core.model.Requirement;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** What changes about an API that Lintel serves itself. A part that is new widens nothing; one that asks for less does. */
final class FrontEffects {
    private static final int DIGITS = 12;

    private FrontEffects() {}

    static List<Effect> between(ApiModel before, ApiModel now) {
        FrontRule was = before.front();
        FrontRule is = now.front();
        List<Effect> effects = new ArrayList<>();
        if (was == null || is == null) {
            if (was != null || is != null) {
                String text = is == null ? "is served by its service" : "is served by Lintel itself: " + is;
                effects.add(new Effect(text, true, is == null ? now.origin() : is.origin()));
            }
            return effects;
        }
        Origin origin = is.origin();
        if (!was.kind().equals(is.kind())) {
            effects.add(new Effect("is served as " + is.kind() + " (was: " + was.kind() + ")", true, origin));
        }
        if (!was.services().equals(is.services())) {
            String text = "calls " + is.services() + " (was: " + was.services() + ")";
            effects.add(new Effect(text, false, origin));
        }
        List<String> gone = new ArrayList<>();
        List<String> fresh = new ArrayList<>();
        for (Two<Requirement> part : Two.of(was.parts(), is.parts())) {
            Requirement asked = part.was();
            Requirement asks = part.is();
            if (asks == null) {
                gone.add(part.name());
            } else if (asked == null) {
                fresh.add(part.name() + (asks.equals(Requirement.PUBLIC) ? "" : " (" + asks + ")"));
            } else if (!asks.equals(asked)) {
                String text = part.name() + ": " + asks + " (was: " + asked + ")";
                effects.add(new Effect(text, widens(asked, asks), origin));
            }
        }
        if (!fresh.isEmpty()) {
            effects.add(new Effect("newly has " + Names.few(fresh), false, origin));
        }
        if (!gone.isEmpty()) {
            effects.add(new Effect("no longer has " + Names.few(gone), false, origin));
        }
        if (!was.files().equals(is.files()) && effects.isEmpty()) {
            effects.add(new Effect("is served otherwise: its " + is.kind() + " has changed", false, origin));
        }
        return effects;
    }

    /** Whether somebody may pass who might not. */
    private static boolean widens(Requirement was, Requirement is) {
        if (is.equals(Requirement.DENIED) || was.equals(Requirement.PUBLIC)) {
            return false;
        }
        return !(was instanceof Requirement.Token asked && is instanceof Requirement.Token asks)
                || !asks.anyOf().stream()
                        .allMatch(grant -> asked.anyOf().stream().anyMatch(less -> covers(less, grant)));
    }

    /** Whether whoever has all of one grant has all of another. */
    private static boolean covers(Grant less, Grant more) {
        return more.scopes().containsAll(less.scopes()) && more.claims().containsAll(less.claims());
    }

    /** What tells a text from another without showing it, for people and diffs. */
    static String digest(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return bytes.length + " bytes, sha256 "
                    + HexFormat.of().formatHex(digest).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
