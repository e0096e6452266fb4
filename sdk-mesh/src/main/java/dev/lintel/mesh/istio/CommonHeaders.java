package dev.lintel.mesh.istio;

import dev.lintel.core.model.HeaderChanges;
import dev.lintel.core.model.MoreHeaders;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What all routes that go on change in headers: a model says it of every call, so that what some change alone is left out. */
final class CommonHeaders {
    private CommonHeaders() {}

    /**
     * What is said of every call.
     *
     * @param read what the first route says
     * @param place takes what is left out
     */
    static HeaderChanges of(HeaderChanges read, List<HttpRule> rules, Fields place) {
        HeaderChanges common = read;
        for (HttpRule rule : rules) {
            common = rule.action().goesOn() ? both(common, rule.action().headers()) : common;
        }
        Set<String> left = names(read);
        left.removeAll(names(common));
        if (!common.equals(read)) {
            place.problem("changes " + String.join(", ", left)
                    + " at some of its routes alone, or in several ways; left out");
        }
        return common;
    }

    private static Set<String> names(HeaderChanges changes) {
        Set<String> names = new TreeSet<>(changes.request().keySet());
        names.addAll(changes.response().keySet());
        names.addAll(changes.more().addToRequest().keySet());
        names.addAll(changes.more().addToResponse().keySet());
        names.addAll(changes.more().removeFromRequest());
        names.addAll(changes.more().removeFromResponse());
        return names;
    }

    private static HeaderChanges both(HeaderChanges one, HeaderChanges other) {
        MoreHeaders more = one.more();
        MoreHeaders others = other.more();
        return new HeaderChanges(
                both(one.request(), other.request()),
                both(one.response(), other.response()),
                new MoreHeaders(
                        both(more.addToRequest(), others.addToRequest()),
                        both(more.addToResponse(), others.addToResponse()),
                        both(more.removeFromRequest(), others.removeFromRequest()),
                        both(more.removeFromResponse(), others.removeFromResponse())));
    }

    private static Map<String, String> both(Map<String, String> one, Map<String, String> other) {
        Map<String, String> both = new LinkedHashMap<>(one);
        both.entrySet().retainAll(other.entrySet());
        return both;
    }

    private static List<String> both(List<String> one, List<String> other) {
        return one.stream().filter(other::contains).toList();
    }
}
