package dev.lintel.mesh.verify;

import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.CallerRule;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.Grant;
import dev.lintel.core.model.Issuer;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.model.Service;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an apply changes of one API. An API that is new is compared with one at its hosts that lets everybody in. */
final class ApiStatements {
    private final @Nullable ApiModel was;
    private final ApiModel is;
    private final List<ApiModel> beside;
    private final Access before;
    private final Instead now;
    private final List<Statement> all = new ArrayList<>();

    ApiStatements(@Nullable ApiModel was, ApiModel is, List<ApiModel> beside) {
        this.was = was;
        this.is = is;
        this.beside = beside;
        this.before = was == null ? Access.OPEN : was.entry().access();
        this.now = new Instead(beside, is);
    }

    /** Of an API that is taken out: at none of its hosts it is there any more. */
    static List<Statement> gone(ApiModel was, List<ApiModel> beside) {
        Instead now = new Instead(beside, null);
        return was.entry().hosts().stream()
                .map(host -> new Statement(
                        was.id(),
                        "no longer exposed at " + host,
                        was.origin(),
                        now,
                        List.of(new Instead(beside, at(was, List.of(host)))),
                        null,
                        Withheld.ALIKE))
                .toList();
    }

    /** All of them, in the order of the model. */
    List<Statement> all() {
        hosts();
        Entry old = was == null ? null : was.entry();
        if (!(old == null ? List.of() : old.paths()).equals(is.entry().paths())) {
            add(
                    "has "
                            + (is.entry().paths().isEmpty()
                                    ? "all paths"
                                    : texts(is.entry().paths())) + " of its hosts",
                    null,
                    List.of(with(new Entry(
                            is.entry().hosts(),
                            is.entry().access(),
                            is.entry().routes(),
                            is.entry().rewrites(),
                            is.entry().headers(),
                            is.entry().pathParameters(),
                            old == null ? List.of() : old.paths(),
                            is.entry().authorizer(),
                            is.entry().login()))));
        }
        access();
        outside(old);
        return all;
    }

    private void hosts() {
        Set<String> added = new LinkedHashSet<>(is.entry().hosts());
        if (was != null) {
            added.removeAll(was.entry().hosts());
        }
        for (String host : added) {
            List<String> others = is.entry().hosts().stream()
                    .filter(other -> !other.equals(host))
                    .toList();
            add("exposed at " + host, null, List.of(new Instead(beside, others.isEmpty() ? null : at(is, others))));
        }
        if (was != null) {
            Set<String> gone = new LinkedHashSet<>(was.entry().hosts());
            gone.removeAll(is.entry().hosts());
            for (String host : gone) {
                add("no longer exposed at " + host, null, List.of(new Instead(beside, at(was, List.of(host)))));
            }
        }
    }

    private void access() {
        Access wanted = is.entry().access();
        if (!before.issuers().equals(wanted.issuers())) {
            add(
                    wanted.issuers().isEmpty()
                            ? "no issuer any more"
                            : "issuer "
                                    + wanted.issuers().stream()
                                            .map(Issuer::issuer)
                                            .collect(Collectors.joining(", ")),
                    null,
                    List.of(by(new Access(before.issuers(), wanted.audiences(), wanted.rules()))));
        }
        if (!before.audiences().equals(wanted.audiences())) {
            add(
                    wanted.audiences().isEmpty()
                            ? "no audience any more"
                            : "audience " + String.join(", ", wanted.audiences()),
                    null,
                    List.of(by(new Access(wanted.issuers(), before.audiences(), wanted.rules()))));
        }
        Instead old = by(
                before.isRestricted() && wanted.isRestricted()
                        ? new Access(wanted.issuers(), wanted.audiences(), before.rules())
                        : before);
        wanted.rules().stream().filter(rule -> !before.rules().contains(rule)).forEach(rule -> rule(rule, old));
        before.rules().stream()
                .filter(rule -> wanted.rules().stream()
                        .noneMatch(other -> other.endpoint().equals(rule.endpoint())))
                .forEach(rule -> add("no rule for " + rule.endpoint() + " any more", rule.endpoint(), List.of(old)));
    }

    private void rule(AccessRule rule, Instead old) {
        // Where a rule has been, that one is what would still hold: that none does is seen by less than what it asks
        // for now.
        boolean changed =
                before.rules().stream().anyMatch(other -> other.endpoint().equals(rule.endpoint()));
        add(
                rule.endpoint() + " is " + rule.requirement(),
                rule.endpoint(),
                changed ? List.of(old) : List.of(old, by(rules(rule, null))));
        if (rule.requirement() instanceof Requirement.Token token
                && !token.anyOf().contains(Grant.NONE)) {
            add(
                    rule.endpoint() + " takes more than any token",
                    rule.endpoint(),
                    List.of(by(rules(rule, Requirement.TOKEN))));
        }
    }

    /** The same rules, one of them gone or with another requirement. */
    private Access rules(AccessRule one, @Nullable Requirement other) {
        Access wanted = is.entry().access();
        List<AccessRule> rules = new ArrayList<>(wanted.rules());
        int place = rules.indexOf(one);
        if (other == null) {
            rules.remove(place);
        } else {
            rules.set(place, new AccessRule(one.endpoint(), other, one.origin()));
        }
        return new Access(wanted.issuers(), wanted.audiences(), rules);
    }

    /** What does not show, or not alone, in who gets through a gateway. */
    private void outside(@Nullable Entry old) {
        Entry entry = is.entry();
        if (!same(old == null ? null : old.authorizer(), entry.authorizer())) {
            untold("its external authorizer", Withheld.FORWARDING);
        }
        if (!same(old == null ? null : old.login(), entry.login())) {
            untold("its login", Withheld.FORWARDING);
        }
        if (!(was == null ? List.of() : was.guards()).equals(is.guards())) {
            untold("its guards", Withheld.FORWARDING);
        }
        List<CallerRule> callers = was == null ? List.of() : was.service().callers();
        if (!callers.equals(is.service().callers())) {
            untold("who may call it inside the mesh", Withheld.INSIDE);
        }
        if (old == null
                ? entry.routes().size() > 1 || is.service().split() != null
                : !old.routes().equals(entry.routes())
                        || !old.rewrites().equals(entry.rewrites())
                        || !old.headers().equals(entry.headers())
                        || old.pathParameters() != entry.pathParameters()
                        || was != null && !traffic(was).equals(traffic(is))) {
            untold("where requests go, and what is changed in them", Withheld.FORWARDING);
        }
    }

    private static Service traffic(ApiModel api) {
        Service of = api.service();
        return new Service(
                of.name(),
                of.port(),
                of.labels(),
                of.versions(),
                of.split(),
                of.retry(),
                of.timeout(),
                of.traffic(),
                List.of(),
                of.grpc());
    }

    private static boolean same(@Nullable Object one, @Nullable Object other) {
        return Objects.equals(one, other);
    }

    private void add(String text, @Nullable Endpoint at, List<Instead> instead) {
        all.add(new Statement(is.id(), text, is.origin(), now, instead, at, Withheld.ALIKE));
    }

    private void untold(String text, Withheld why) {
        all.add(Statement.untold(is.id(), text, is.origin(), why));
    }

    private Instead by(Access access) {
        Entry entry = is.entry();
        return with(new Entry(
                entry.hosts(),
                access,
                entry.routes(),
                entry.rewrites(),
                entry.headers(),
                entry.pathParameters(),
                entry.paths(),
                entry.authorizer(),
                entry.login()));
    }

    private Instead with(Entry entry) {
        return new Instead(
                beside,
                new ApiModel(is.name(), is.namespace(), entry, is.service(), is.guards(), is.origin(), is.front()));
    }

    private static ApiModel at(ApiModel api, List<String> hosts) {
        Entry entry = api.entry();
        return new ApiModel(
                api.name(),
                api.namespace(),
                new Entry(
                        hosts,
                        entry.access(),
                        entry.routes(),
                        entry.rewrites(),
                        entry.headers(),
                        entry.pathParameters(),
                        entry.paths(),
                        entry.authorizer(),
                        entry.login()),
                api.service(),
                api.guards(),
                api.origin(),
                api.front());
    }

    private static String texts(List<PathPattern> paths) {
        return paths.stream().map(PathPattern::toString).collect(Collectors.joining(", "));
    }
}
